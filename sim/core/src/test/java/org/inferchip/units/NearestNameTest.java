package org.inferchip.units;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
  private static final List<String> NAMES = List.of("a100-sxm-80g", "h100-sxm", "h200-sxm");

  @Test
  void shouldFindANameOneSlipAway() {
    assertEquals("h100-sxm", NearestName.of("h100-smx", NAMES));
    assertEquals("h200-sxm", NearestName.of("H200-SXM", NAMES));
  }

  @Test
  void shouldFindTheNameThatBeginsLikeThat() {
    assertEquals("a100-sxm-80g", NearestName.of("a100", NAMES));
  }

  @Test
  void shouldNameNothingThatIsFar() {
    assertEquals("", NearestName.of("tpu-v5e", NAMES));
  }

  @Test
  void shouldCountASwapOfNeighboursAsOne() {
    assertEquals(1, NearestName.distance("sxm", "smx"));
    assertEquals(3, NearestName.distance("kitten", "sitting"));
  }
}
