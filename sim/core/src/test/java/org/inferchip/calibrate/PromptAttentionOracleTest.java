package org.inferchip.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Stack;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.operator.Attention;
import org.inferchip.simulation.AttentionOracle;
import org.junit.jupiter.api.Test;

/**
 * Tile programs of the prompt kernels of TensorRT-LLM on H100 against a closed form that was
 * fitted, apart from any program, to its measured prompts (held-out error 7.3 %). Times in
 * microseconds, rates in work a microsecond.
 */
class PromptAttentionOracleTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));
  private static final int[][] HEADS = {
    {4, 1}, {8, 1}, {8, 2}, {16, 2}, {24, 4}, {32, 8}, {32, 4}, {16, 16}, {40, 8}
  };
  private static final int[] HEAD_DIMS = {64, 128, 128, 256};

  private static final double LAUNCH = 12.4;
  private static final double START = 1.6;
  private static final double CORES = 132;
  private static final double FLOPS = 0.76 * 989e6;
  private static final double EXPONENTIALS = 0.72 * 16 * 1830;
  private static final double NORM = 1.5;
  private static final double MEMORY = 3.35e6;
  private static final double PASSES = 2.3;
  private static final int ROWS = 128;

  private static double closedForm(final Attention op) {
    final int tokens = op.longestChunk();
    final int keyTile = op.headDim() > 128 ? 64 : 128;
    final double multiply = 4.0 * ROWS * keyTile * op.headDim() / (FLOPS / CORES);
    final double exponential = ROWS * keyTile / EXPONENTIALS;
    final double block = Math.pow(Math.pow(multiply, NORM) + Math.pow(exponential, NORM), 1 / NORM);
    final int tiles = -Math.floorDiv(-tokens, ROWS);
    final List<Double> lengths = new ArrayList<>();
    for (int tile = tiles; tile > 0; tile--) {
      final int keys = Math.min(tile * ROWS, tokens);
      lengths.add(START - Math.floorDiv(-keys, keyTile));
    }
    final double copies = (double) op.sequences().size() * op.heads();
    final double total = copies * lengths.stream().mapToDouble(Double::doubleValue).sum();
    final double items = copies * tiles;
    double longest = items > CORES ? total / CORES : 0;
    for (int k = 1; k <= 4; k++) {
      final long place = (long) ((k - 1) * CORES / copies);
      if (place < tiles) {
        longest = Math.max(longest, k * lengths.get((int) place));
      }
    }
    if (tiles == 1) {
      longest = Math.ceil(items / CORES) * lengths.get(0);
    }
    final double bytes = 2.0 * op.queryRows() * op.headDim() * (2 * op.heads() + 2 * op.kvHeads());
    return LAUNCH + longest * block + PASSES * bytes / MEMORY;
  }

  @Test
  void shouldAgreeWithTheClosedFormOnSeededShapes() {
    final Chip chip = SHIPPED.chip("h100-sxm").value();
    final Stack stack = SHIPPED.stack("trtllm").value();
    final Target target = TestTargets.of(chip, stack);
    AttentionOracle.assertAgree(
        11,
        PromptAttentionOracleTest::prompts,
        op -> AttentionRows.predict(target, op, AttentionProtocol.USUAL, Rotation.NONE).value(),
        PromptAttentionOracleTest::closedForm);
  }

  private static Optional<Attention> prompts(final Random random) {
    final int batch = 1 << random.nextInt(8);
    final int tokens = (int) ((16 << random.nextInt(10)) * (1 - 0.4 * random.nextDouble()));
    final int[] heads = HEADS[random.nextInt(HEADS.length)];
    final int headDim = HEAD_DIMS[random.nextInt(HEAD_DIMS.length)];
    return (double) batch * tokens * heads[0] * headDim > 2e8
        ? Optional.empty()
        : Optional.of(
            AttentionOracle.attention(
                "attention_prefill",
                batch,
                new Attention.Sequence(tokens, tokens),
                heads,
                headDim));
  }
}
