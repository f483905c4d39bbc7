package org.inferchip.arch.lint;

import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.arch.SystemDescription;

/** Checks a system's parts against each other. */
public final class SystemLint {
  private SystemLint() {}

  /** What does not fit, the chip's findings first; key paths are the system's. */
  public static List<Finding> check(final SystemDescription system) {
    final Findings findings = new Findings();
    ChipLint.check(system.chip())
        .forEach(finding -> findings.warn("chip." + finding.keyPath(), "%s", finding.message()));
    final Chip chip = system.chip();
    if (system.stack().hostInTheLoop() && chip.host().isEmpty()) {
      findings.warn("stack", "it has a host in the loop, but the chip has no link to one");
    }
    if (system.count() > 1 && chip.scaleUp().isEmpty()) {
      findings.warn("count", "%d chips, but they have no links to each other", system.count());
    }
    placement(system, findings);
    return findings.list();
  }

  private static void placement(final SystemDescription system, final Findings findings) {
    final int tensor = system.placement().tensorParallel().orElse(1);
    final int pipeline = system.placement().pipelineParallel().orElse(1);
    if ((long) tensor * pipeline > system.count()) {
      findings.warn(
          "placement",
          "it takes %d x %d chips, but there are %d",
          tensor,
          pipeline,
          system.count());
    }
    final int reach = system.chip().reach();
    if (tensor > reach) {
      findings.warn(
          "placement.tensor_parallel",
          "a layer lies over %d chips, but a domain of links has %d",
          tensor,
          reach);
    }
  }
}
