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
  void shouldFindAllNamesOfWhichTheFirstWordWasWritten() {
    final List<String> names = List.of("a10", "h100-pcie", "h100-sxm", "dgx-h100");
    assertEquals("h100-pcie or h100-sxm", Nearest.of("h100", names));
    assertEquals("a10", Nearest.of("h10", names));
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
