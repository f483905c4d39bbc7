package org.inferchip.energy;

import org.inferchip.arch.Chip;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Picoseconds;
import org.inferchip.units.Problem;

/**
 * Clock throttling under a power limit. With work that takes a time t at nominal clock and
 * e<sub>core</sub> (busy floor, operations, on-chip bytes) and e<sub>out</sub> (external memory,
 * links, host) joules above idle, a chip at the clock share phi takes t / phi and draws
 *
 * <pre>
 *   P(phi) = P_idle + phi^g e_core / t + phi e_out / t,    g = 2
 * </pre>
 *
 * and phi is the largest value up to 1 with P(phi) &lt;= {@link org.inferchip.arch.Power#most}. The
 * exponent (rate times part of voltage squared) is not identified by the data between 1.5 and 3.
 * Bytes off the chip cost the same at any clock, so that term falls with the rate only.
 *
 * <p>Averages over the given work: shorter peaks inside it pass, as they do on boards that regulate
 * over milliseconds. Work that is repeated for a stretch D after a rest counts with the part D / (D
 * + {@value #WINDOW_SECONDS} s) of what it draws above idle power: the time constant is that of a
 * fit to short and long runs of equal products, and weakly identified (2 to 18 ms). It slows
 * memory-bound work too, which a real clock would not: pessimistic there.
 *
 * @param phi clock share, above 0 and at most 1
 * @param makespanPicos time at that clock, rounded up
 * @param energy joules at that clock
 * @param watts average of all chips at that clock, by the formula above without the duty
 */
public record Throttle(double phi, long makespanPicos, EnergyBreakdown energy, double watts) {

  /** Time constant with which boards regulate. */
  static final double WINDOW_SECONDS = 0.005;

  static Throttle solve(
      final Chip chip,
      final EnergyBreakdown energy,
      final long makespanPicos,
      final int chips,
      final double stretchSeconds) {
    final double cap = chip.power().most() * chips;
    final double seconds = makespanPicos / Picoseconds.PER_SECOND;
    final double duty =
        Double.isInfinite(stretchSeconds) ? 1 : stretchSeconds / (stretchSeconds + WINDOW_SECONDS);
    final double average = energy.idle() + duty * (energy.total() - energy.idle());
    if (makespanPicos == 0 || average <= cap * seconds) {
      return at(1, energy, makespanPicos);
    }
    final double room = cap - energy.idle() / seconds;
    if (room <= 0) {
      throw new InvalidInputException(
          new Problem(
              "chip " + chip.name(),
              0,
              0,
              "power.tdp",
              "idle power leaves nothing of the power limit",
              chip.power().most() + " W",
              "more than " + chip.power().idle() + " W",
              ""));
    }
    final double core = duty * core(energy) / seconds;
    final double out = duty * out(energy) / seconds;
    // core phi^2 + out phi = room, in the form that does not cancel and allows core = 0.
    final double phi = 2 * room / (out + Math.sqrt(out * out + 4 * core * room));
    return at(phi, energy, makespanPicos);
  }

  private static Throttle at(final double phi, final EnergyBreakdown e, final long makespanPicos) {
    final double seconds = makespanPicos / Picoseconds.PER_SECOND;
    final double watts =
        makespanPicos == 0 ? 0 : (e.idle() + phi * phi * core(e) + phi * out(e)) / seconds;
    final EnergyBreakdown slowed = phi == 1 ? e : slowed(e, phi);
    EnergyLaw.check("joules of an operator at clock share " + phi, watts * seconds / phi, slowed);
    return new Throttle(phi, (long) Math.ceil(makespanPicos / phi), slowed, watts);
  }

  private static double out(final EnergyBreakdown e) {
    return e.memory() + e.link() + e.host() + e.device();
  }

  private static double core(final EnergyBreakdown e) {
    return e.busyFloor()
        + e.matrix()
        + e.vector()
        + e.local()
        + e.port()
        + e.shared()
        + e.network();
  }

  private static EnergyBreakdown slowed(final EnergyBreakdown e, final double phi) {
    return new EnergyBreakdown(
        e.idle() / phi,
        e.busyFloor() * phi,
        e.matrix() * phi,
        e.vector() * phi,
        e.local() * phi,
        e.port() * phi,
        e.shared() * phi,
        e.memory(),
        e.link(),
        e.host(),
        e.device(),
        e.network() * phi);
  }
}
