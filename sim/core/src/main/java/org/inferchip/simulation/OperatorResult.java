package org.inferchip.simulation;

import org.inferchip.arch.Chip;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.energy.EnergyModel;
import org.inferchip.energy.Throttle;
import org.inferchip.engine.Bounds;
import org.inferchip.engine.Timing;
import org.inferchip.mapping.Mapping;
import org.inferchip.operator.Operator;

/**
 * One operator on one chip, or on all chips of a group for a collective.
 *
 * @param operator what was computed
 * @param latencyPicos device time at the throttled clock, and launch floor
 * @param launchPicos the launch floor in it
 * @param clockShare share of the nominal clock that the power limit allowed, 1 if it did not bind
 * @param timing the simulated program at nominal clock
 * @param bounds the bounds that it was checked against
 * @param energy joules of all devices, without the launch
 * @param devices chips that took part
 * @param choice the mapping
 */
public record OperatorResult(
    Operator operator,
    long latencyPicos,
    long launchPicos,
    double clockShare,
    Timing timing,
    Bounds bounds,
    EnergyBreakdown energy,
    int devices,
    Mapping choice) {

  /** The same cost for an operator of equal work under another name. */
  OperatorResult as(final Operator other) {
    return new OperatorResult(
        other, latencyPicos, launchPicos, clockShare, timing, bounds, energy, devices, choice);
  }

  /** The same work done beside other: its lower bound alone. */
  OperatorResult beside() {
    return new OperatorResult(
        operator,
        (long) Math.ceil(bounds.lower()),
        0,
        clockShare,
        timing,
        bounds,
        energy,
        devices,
        choice);
  }

  /**
   * The same work on a chip whose floors, energies or power limit differ: counted again out of the
   * recorded counters, and the clock throttle solved again; times at the nominal clock stay.
   */
  OperatorResult repriced(final Chip other) {
    final EnergyModel model = EnergyModel.of(other);
    final long makespan = timing.makespanPicos();
    final Throttle throttle =
        model.throttle(
            model.energy(timing.counters(), makespan, timing.residentShare(), devices),
            makespan,
            devices);
    final long before = (long) Math.ceil(makespan / clockShare);
    return new OperatorResult(
        operator,
        Math.max(1, latencyPicos + throttle.makespanPicos() - before),
        launchPicos,
        throttle.phi(),
        timing,
        bounds,
        throttle.energy(),
        devices,
        choice);
  }

  /** What holds the operator back: the largest bound if it explains half of the time. */
  public Bounds.Limiter limiter() {
    return 2 * bounds.lower() >= latencyPicos ? bounds.limiter() : Bounds.Limiter.LATENCY;
  }
}
