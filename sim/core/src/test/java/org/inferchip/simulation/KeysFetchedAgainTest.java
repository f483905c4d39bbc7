package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.engine.Detail;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;
import org.junit.jupiter.api.Test;

/** Prompts whose tiles start across all heads, against what the cache holds of these. */
class KeysFetchedAgainTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));
  private static final Warmth COLD =
      new Warmth(Map.of(Role.INPUT, 0.0, Role.KEY, 0.0, Role.VALUE, 0.0, Role.OUTPUT, 0.0));
  private static final int WIDTH = 128;

  private static Attention prompt(final int tokens, final int heads, final int kvHeads) {
    return new Attention(
        "attention_prefill",
        List.of(new Attention.Sequence(tokens, tokens)),
        heads,
        kvHeads,
        WIDTH,
        WIDTH,
        0,
        true,
        Format.FP16,
        Format.FP16);
  }

  private static double read(final String stack, final Attention prompt) {
    final Chip chip = SHIPPED.chip("jetson-orin").value();
    return new OperatorSimulator(chip, SHIPPED.stack(stack).value(), Detail.FULL, Map.of())
        .simulate(prompt, COLD)
        .timing()
        .counters()
        .memoryReadBytes();
  }

  @Test
  void shouldReadEveryWaveAnewWhereKeysOfAllHeadsOverflowTheCache() {
    // 1,536 tokens: 48 tiles of 32 tokens for each of 8 heads of keys, 4 of a head in each of 12
    // waves. Wave w sees 1 - w / 12 of the keys; the cache of 4 MiB keeps 90 %, less 2 MiB of
    // queries and results, which is under the last three waves' keys and values of all heads.
    final Attention prompt = prompt(1536, 32, 8);
    final double keys = prompt.kvHeads() * 2.0 * WIDTH * 2 * 1536;
    final double queries = prompt.heads() * 2.0 * WIDTH * 1536;
    double visits = 0;
    for (int wave = 0; wave < 12; wave++) {
      final double seen = (1 - wave / 12.0) * keys;
      visits += wave == 0 || seen + 2 * 1024 * 1024 > 0.9 * 4 * 1024 * 1024 ? seen : 0;
    }
    assertEquals(visits + queries, read("cutlass-fa3", prompt), 0.1 * (visits + queries));
  }

  @Test
  void shouldReadOnceWhereTheyFit() {
    final Attention prompt = prompt(512, 16, 4);
    final double once = prompt.compulsoryReadBytes();
    assertEquals(once, read("cutlass-fa3", prompt), 0.09 * once);
  }

  @Test
  void shouldReadLessHeadByHead() {
    final Attention prompt = prompt(1536, 32, 8);
    assertTrue(read("cutlass", prompt) < 0.7 * read("cutlass-fa3", prompt));
  }
}
