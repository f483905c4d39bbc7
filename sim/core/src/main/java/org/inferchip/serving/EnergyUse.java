package org.inferchip.serving;

import java.util.List;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.energy.SystemPower;

/**
 * Energy of a run.
 *
 * @param chips joules of the allocated chips from the first arrival to the end, idle time included
 * @param watts averages at four boundaries
 * @param outputTokensPerSecond generated tokens a second
 * @param overTime watts of the chips by stretch of the run
 */
public record EnergyUse(
    EnergyBreakdown chips,
    SystemPower watts,
    double outputTokensPerSecond,
    List<PowerSample> overTime) {

  /** Takes a copy of the list. */
  public EnergyUse {
    overTime = List.copyOf(overTime);
  }

  /**
   * Generated tokens per joule = generated tokens a second per watt, at the system boundary (the
   * plug of the box: chips, boards, host, fans, supply losses; no cooling of the building).
   */
  public double tokensPerJoule() {
    return outputTokensPerSecond / watts.system();
  }

  /** Generated tokens per joule of the chips with their memory alone. */
  public double tokensPerChipJoule() {
    return outputTokensPerSecond / watts.chip();
  }
}
