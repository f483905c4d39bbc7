package org.inferchip.explore.sweep;

import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.model.LoadedModel;
import org.inferchip.simulation.Plan;

/**
 * A point, ready to be simulated.
 *
 * @param system with the point's values set
 * @param model that it runs
 * @param wishes split and formats
 * @param work with the point's values set
 */
record Design(
    Described<SystemDescription> system, LoadedModel model, Plan.Wishes wishes, Work work) {
  Plan plan() {
    return Plan.of(system.value(), model.model(), wishes);
  }
}
