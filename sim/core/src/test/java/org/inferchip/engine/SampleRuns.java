package org.inferchip.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.mapping.AttentionMapping;
import org.inferchip.mapping.CollectiveMapping;
import org.inferchip.mapping.ElementwiseMapping;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.Mapping;
import org.inferchip.mapping.MatMulMapping;
import org.inferchip.mapping.TestChips;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.TileProgram;

/** Varied programs of the project's own mappings: even and odd sizes, decode and prefill. */
final class SampleRuns {
  private static final int[][] DECODE_TILES = {{16, 64}, {16, 128}, {64, 64}, {64, 128}};
  private static final int[][] PREFILL_TILES = {{128, 256}, {128, 128}, {64, 256}, {256, 128}};

  private final SplittableRandom random;

  SampleRuns(final long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * One program.
   *
   * @param operator what it computes
   * @param mapping how
   */
  record Sample(Operator operator, Mapping mapping) {
    TileProgram on(final Chip chip) {
      return Mapper.lower(operator, mapping, chip);
    }

    @Override
    public String toString() {
      return mapping.text() + " of " + operator;
    }
  }

  /** Between two sizes, uniform in the logarithm. */
  private int between(final int low, final int high) {
    return (int) Math.round(low * Math.pow((double) high / low, random.nextDouble()));
  }

  private int round(final int size, final int multiple, final boolean odd) {
    return odd ? size : Math.max(multiple, size / multiple * multiple);
  }

  /** A matrix product with up to a few hundred thousand tasks on a GPU. */
  Sample matMul() {
    final boolean decode = random.nextBoolean();
    final boolean odd = random.nextBoolean();
    final Format format = random.nextBoolean() ? Format.BF16 : Format.FP8_E4M3;
    final int[][] menu = decode ? DECODE_TILES : PREFILL_TILES;
    final int[] tile = menu[random.nextInt(menu.length)];
    return new Sample(
        MatMul.dense(
            "gemm",
            decode ? between(1, 256) : round(between(256, 4096), 64, odd),
            round(between(1024, 16384), 128, odd),
            round(between(1024, 8192), 64, odd),
            format),
        new MatMulMapping(
            tile[0],
            tile[1],
            format == Format.BF16 ? 64 : 128,
            decode ? 1 << random.nextInt(4) : 1,
            3 + random.nextInt(2),
            8,
            1 + random.nextInt(2),
            1 + random.nextInt(2),
            1 + random.nextInt(2)));
  }

  /** Decode attention of many sequences or of one, or causal prefill. */
  Sample attention() {
    final boolean odd = random.nextBoolean();
    final int shape = random.nextInt(3);
    final List<Attention.Sequence> sequences = new ArrayList<>();
    if (shape == 0) {
      final int batch = between(8, 128);
      for (int i = 0; i < batch; i++) {
        sequences.add(new Attention.Sequence(1, odd ? between(256, 8192) : 2048));
      }
    } else if (shape == 1) {
      sequences.add(new Attention.Sequence(1, between(16_384, 131_072)));
    } else {
      final int queries = between(512, 3000);
      final int count = 1 + random.nextInt(2);
      for (int i = 0; i < count; i++) {
        sequences.add(new Attention.Sequence(queries, queries + (odd ? between(1, 2048) : 0)));
      }
    }
    return new Sample(
        new Attention("attention", sequences, 32, 8, 128, 128, 0, true, Format.BF16, Format.BF16),
        shape == 2
            ? new AttentionMapping(128, 64, 1, 1, 2, 2, 1)
            : new AttentionMapping(
                16, 128, 4, shape == 1 ? 16 << random.nextInt(3) : 1 + random.nextInt(4), 3, 2, 1));
  }

  /** Element-wise work on some rows. */
  Sample elementwise() {
    final Elementwise.Kind[] kinds = {
      Elementwise.Kind.RMS_NORM,
      Elementwise.Kind.ADD_RMS_NORM,
      Elementwise.Kind.SILU_MUL,
      Elementwise.Kind.GELU,
      Elementwise.Kind.SOFTMAX
    };
    return new Sample(
        new Elementwise(
            "elementwise",
            kinds[random.nextInt(kinds.length)],
            between(1, 8192),
            4096,
            0,
            Format.BF16,
            Format.BF16),
        new ElementwiseMapping(1 + random.nextInt(4), 4096, 2, 1));
  }

  /** An all-reduce among eight devices. */
  Sample collective() {
    final CollectiveAlgorithm[] ways = CollectiveAlgorithm.values();
    return new Sample(
        new Collective(
            "all_reduce", Collective.Kind.ALL_REDUCE, between(1024, 1 << 24), Format.BF16, 8),
        new CollectiveMapping(
            ways[random.nextInt(ways.length)], 1 + random.nextInt(4), 1 << random.nextInt(5)));
  }

  /** A program of any kind. */
  Sample any() {
    return switch (random.nextInt(8)) {
      case 0 -> elementwise();
      case 1 -> collective();
      case 2, 3, 4 -> attention();
      default -> matMul();
    };
  }

  /** A GPU, a machine of systolic arrays or one of SRAM only. */
  Chip chip() {
    return TestChips.all().get(random.nextInt(3));
  }
}
