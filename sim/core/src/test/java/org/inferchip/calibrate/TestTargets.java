package org.inferchip.calibrate;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.simulation.OperatorSimulator;

/** Chips with software for tests of rows. */
final class TestTargets {
  private TestTargets() {}

  /** A shipped system with a stack, in which some values are set. */
  static Target shipped(final String system, final String stack, final Overrides set) {
    final SystemDescription described =
        new Descriptions(new Catalog(Path.of("target", "no-such-folder")))
            .system(system, Optional.of(stack), set)
            .value();
    return of(described.chip(), described.stack());
  }

  static Target of(final Chip chip, final Stack stack) {
    return new Target(chip, stack, new OperatorSimulator(chip, stack, Detail.FOLDED, Map.of()));
  }
}
