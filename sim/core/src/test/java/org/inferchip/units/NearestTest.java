package org.inferchip.units;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES = List.of("a100-sxm-80g", "h100-sxm", "h200-sxm");

  @Test
  void shouldFindANameOneSlipAway() {
    assertEquals("h100-sxm", Nearest.of("h100-smx", NAMES));
    assertEquals("h200-sxm", Nearest.of("H200-SXM", NAMES));
  }

  @Test
  void shouldFindTheNameThatBeginsLikeThat() {
    assertEquals("a100-sxm-80g", Nearest.of("a100", NAMES));
  }

  @Test
  void shouldNameNothingThatIsFar() {
    assertEquals("", Nearest.of("tpu-v5e", NAMES));
  }

  @Test
  void shouldCountASwapOfNeighboursAsOne() {
    assertEquals(1, Nearest.distance("sxm", "smx"));
    assertEquals(3, Nearest.distance("kitten", "sitting"));
  }
}
