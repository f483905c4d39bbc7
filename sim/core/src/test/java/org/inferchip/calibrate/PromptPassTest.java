package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.junit.jupiter.api.Test;

/** The pass over queries that stands before a library's prompt kernel in its timed region. */
class PromptPassTest {
  private static final String KERNEL = "stack.attention.kernels.prompt-8bit.";
  private static final int TOKENS = 8192;
  private static final int HEADS = 32;
  private static final int WIDTH = 128;

  private static final Map<String, String> NO_PASS =
      Map.of("pass_traffic", "0", "pass_rate", "1e9", "pass_row", "0");

  private static double micros(final Map<String, String> changes) {
    Overrides set = Overrides.none();
    for (final Map.Entry<String, String> change : changes.entrySet()) {
      set = set.with(KERNEL + change.getKey(), change.getValue());
    }
    final Target target = TestTargets.shipped("b200-sxm", "trtllm-blackwell", set);
    final Attention prompt =
        new Attention(
            "attention_prefill",
            List.of(new Attention.Sequence(TOKENS, TOKENS)),
            HEADS,
            8,
            WIDTH,
            WIDTH,
            0,
            true,
            Format.BF16,
            Format.FP8_E4M3);
    return AttentionRows.predict(target, prompt, AttentionProtocol.USUAL, Rotation.NONE).value();
  }

  @Test
  void shouldTakeElementsOfQueriesThroughThePassAtItsRate() {
    final double bare = micros(NO_PASS);
    final double slow = micros(Map.of("pass_traffic", "0", "pass_rate", "0.5", "pass_row", "0"));
    // 148 cores at 1.85 GHz take half an element a cycle each.
    final double pass = (double) TOKENS * HEADS * WIDTH / (0.5 * 148 * 1850);
    assertEquals(bare + pass, slow, 0.01 * pass);
  }

  @Test
  void shouldCountTheHeadsOfATokenForTheirPlaceToo() {
    final double bare = micros(NO_PASS);
    final double slow = micros(Map.of("pass_traffic", "0", "pass_rate", "1", "pass_row", "128"));
    final double pass = TOKENS * HEADS * 256.0 / (148 * 1850);
    assertEquals(bare + pass, slow, 0.01 * pass);
  }

  @Test
  void shouldTakeInstructionsAfterTraffic() {
    final double bare = micros(NO_PASS);
    final double traffic = micros(Map.of("pass_traffic", "8", "pass_rate", "1e9", "pass_row", "0"));
    final double both = micros(Map.of("pass_traffic", "8", "pass_rate", "0.5", "pass_row", "0"));
    // Eight times 16 bits in and 8 out of 48 heads, over 7.7 TB/s at most.
    final double moved = 8.0 * TOKENS * 48 * WIDTH * 3 / 7.7e6;
    assertTrue(traffic - bare > moved && traffic - bare < 1.4 * moved, traffic - bare + " us");
    assertEquals((double) TOKENS * HEADS * WIDTH / (0.5 * 148 * 1850), both - traffic, 0.01 * both);
  }

  @Test
  void shouldStartNoMoreThanABlockOfThePassACycle() {
    final double bare = micros(NO_PASS);
    final Map<String, String> blocks = new HashMap<>(NO_PASS);
    blocks.put("pass_block", "1 ns");
    assertEquals(TOKENS / 1850.0, micros(blocks) - bare, 0.01);
  }

  @Test
  void shouldMultiplyNarrowQueriesAtTheRateOfTheCache() {
    final double narrow = micros(Map.of("narrow_queries", "true"));
    final double wide = micros(Map.of("narrow_queries", "false"));
    // Eight bits multiply twice as fast, but exponentials and the pass do not.
    assertTrue(wide > 1.1 * narrow && wide < 2 * narrow, wide + " and " + narrow);
  }
}
