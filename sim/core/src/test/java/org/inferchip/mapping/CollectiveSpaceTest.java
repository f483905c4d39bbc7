package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectiveSpaceTest {
  @ParameterizedTest
  @CsvSource({
    // Pairs of cards below a switch of one box; two boxes; within a box.
    "rtx-pro-6000-server, 8, false",
    "dgx-h100-pair, 16, true",
    "dgx-h100-pair, 8, false"
  })
  void shouldSumInLevelsOverBoxesOnly(
      final String name, final int devices, final boolean inLevels) {
    final SystemDescription system =
        Descriptions.here().system(name, Optional.empty(), Overrides.none()).value();
    final Collective op =
        new Collective("all_reduce", Collective.Kind.ALL_REDUCE, 64 << 20, Format.BF16, devices);

    assertEquals(
        inLevels,
        new CollectiveSpace(op, system.chip(), system.stack())
            .candidates().stream()
                .map(one -> (CollectiveMapping) one.mapping())
                .anyMatch(way -> way.algorithm() == CollectiveAlgorithm.TWO_LEVEL));
  }
}
