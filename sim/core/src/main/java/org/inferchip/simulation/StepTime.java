package org.inferchip.simulation;

import org.inferchip.energy.EnergyBreakdown;

/** What a step costs: set by a {@link StepCost}, read and reused by the serving loop. */
public final class StepTime {
  private long latencyPicos;
  private long intervalPicos;
  private double prefillShare;
  private EnergyBreakdown energy = EnergyBreakdown.ZERO;

  /**
   * Sets everything.
   *
   * @param newLatencyPicos from the step's start until its tokens are delivered, more than 0
   * @param newIntervalPicos from the step's start until the replica can start another one, more
   *     than 0 and at most the latency; equal to it without pipeline parallelism
   * @param newPrefillShare share of the step's time and energy that its prefill chunks cause, 0 to
   *     1: 0 without any, 1 with nothing else; between, attention counts for its own kind and every
   *     other operator by tokens ({@link StepBatch#prefillTokenShare()})
   * @param newEnergy joules of all chips of the replica. Its {@code idle} part is not used: the run
   *     counts idle power once over its whole time, so that gaps between steps and steps that
   *     overlap in a pipeline come out right
   */
  public void set(
      final long newLatencyPicos,
      final long newIntervalPicos,
      final double newPrefillShare,
      final EnergyBreakdown newEnergy) {
    if (newIntervalPicos <= 0 || newIntervalPicos > newLatencyPicos) {
      throw new IllegalArgumentException(
          "interval " + newIntervalPicos + " ps, latency " + newLatencyPicos + " ps");
    }
    if (!(newPrefillShare >= 0 && newPrefillShare <= 1)) {
      throw new IllegalArgumentException("prefill share " + newPrefillShare);
    }
    latencyPicos = newLatencyPicos;
    intervalPicos = newIntervalPicos;
    prefillShare = newPrefillShare;
    energy = newEnergy;
  }

  /** From the step's start until its tokens are delivered. */
  public long latencyPicos() {
    return latencyPicos;
  }

  /** From the step's start until another can start. */
  public long intervalPicos() {
    return intervalPicos;
  }

  /** Share of time and energy caused by prefill chunks. */
  public double prefillShare() {
    return prefillShare;
  }

  /** Joules of all chips of the replica; the idle part is not used. */
  public EnergyBreakdown energy() {
    return energy;
  }
}
