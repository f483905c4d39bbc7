package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.model.LoadedModel;
import org.inferchip.model.Models;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped chip runs a step of a small model; the engine and the step check their laws. */
class EveryChipTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("../..").toAbsolutePath().normalize()));
  private static final LoadedModel MODEL = new Models(SHIPPED).read("stories15m");

  static Stream<String> chips() {
    return SHIPPED.catalog().names(Kind.CHIP.folder(), Catalog.YAML).stream();
  }

  @ParameterizedTest
  @MethodSource("chips")
  void shouldRunAStepOfPromptAndNewTokensWithinItsPowerLimit(final String chip) {
    final SystemDescription system =
        SHIPPED.system(chip, Optional.empty(), Overrides.none()).value();
    final boolean digital =
        system.chip().cores().stream()
            .anyMatch(cores -> !(cores.matrix() instanceof MatrixUnit.Analog));
    if (!digital) {
      // Nothing there multiplies keys with queries; the weights do not fit either.
      assertThrows(
          InvalidInputException.class, () -> Plan.of(system, MODEL.model(), Plan.Wishes.NONE));
      return;
    }
    final Plan plan = Plan.of(system, MODEL.model(), Plan.Wishes.NONE);
    final StepSimulator simulator =
        new StepSimulator(
            plan, new OperatorSimulator(system.chip(), system.stack(), Detail.FOLDED, Map.of()));
    final StepBatch batch = new StepBatch();
    batch.addPrefill(96, 0, true);
    batch.addDecode(64);
    final StepTime time = new StepTime();
    simulator.cost(batch, time);
    final double seconds = time.latencyPicos() * 1e-12;
    // 15 million weights in two bytes cannot be read faster than the shared or external memory.
    assertTrue(seconds > 1e-7 && seconds < 0.1, chip + " takes " + seconds + " s");
    final double limit = system.chip().power().tdp() * plan.chips();
    assertTrue(time.energy().total() <= 1.001 * limit * seconds, chip + " " + time.energy());
  }
}
