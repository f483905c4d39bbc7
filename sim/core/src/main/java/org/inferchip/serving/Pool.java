package org.inferchip.serving;

import org.inferchip.arch.SystemDescription;
import org.inferchip.energy.EnergyModel;
import org.inferchip.simulation.StepCost;

/**
 * Equal instances of a system.
 *
 * @param system the box: for idle power and for what stands around the chips
 * @param chips allocated to an instance, at most the system's count
 * @param config how an instance serves
 * @param cost of a step on these chips
 * @param instances how many
 */
public record Pool(
    SystemDescription system, int chips, ServingConfig config, StepCost cost, int instances) {

  /** Checks the range. */
  public Pool {
    if (instances < 1) {
      throw new IllegalArgumentException(instances + " instances");
    }
  }

  double idleJoules(final long picos) {
    return EnergyModel.of(system.chip()).idleJoules(picos, chips);
  }

  double idleWatts() {
    return chips * system.chip().power().idle();
  }
}
