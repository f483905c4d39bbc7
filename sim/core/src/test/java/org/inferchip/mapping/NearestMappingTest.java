package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.Warmth;
import org.junit.jupiter.api.Test;

class NearestMappingTest {
  private static final MatMul PRODUCT = MatMul.dense("o_proj", 512, 4096, 4096, Format.BF16);

  @Test
  void shouldFindItselfAndTheNeighbourOfWhatIsTwiceAsLarge() {
    final SystemDescription system =
        Descriptions.here()
            .system(
                "h100-sxm", java.util.Optional.empty(), org.inferchip.arch.yaml.Overrides.none())
            .value();
    for (final Candidate one :
        MappingSpace.of(PRODUCT, system.chip(), system.stack(), Warmth.COLD)) {
      assertEquals(
          one.mapping().text(),
          NearestMapping.of(PRODUCT, one.mapping(), system.chip(), system.stack())
              .orElseThrow()
              .text());
    }
    // Nothing is larger than the largest tile of the menu, so 2048 rows are nearest to it.
    final int rows =
        MappingSpace.of(PRODUCT, system.chip(), system.stack(), Warmth.COLD).stream()
            .map(one -> Integer.parseInt(one.mapping().text().split("x")[0]))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    final Mapping large = Mapping.parse(PRODUCT, "2048x128x64 split 1 stages 4");
    assertEquals(
        rows,
        Integer.parseInt(
            NearestMapping.of(PRODUCT, large, system.chip(), system.stack())
                .orElseThrow()
                .text()
                .split("x")[0]));
  }
}
