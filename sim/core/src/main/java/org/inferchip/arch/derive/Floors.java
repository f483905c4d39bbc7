package org.inferchip.arch.derive;

import org.inferchip.arch.Chip;

/**
 * What the floors of a chip are made of, watts. The sums are the stated (mostly measured) idle
 * power and busy floor; {@link FloorLaw} only says how they split, the memory first; where it gives
 * more than there is, nothing is left for the rest.
 *
 * @param leakage of all dies
 * @param standby of the external memory
 * @param otherIdle of idle power: links and clocks kept running
 * @param clockTree of the cores
 * @param otherBusy of the busy floor: instruction supply, schedulers
 */
public record Floors(
    double leakage, double standby, double otherIdle, double clockTree, double otherBusy) {

  /** The split of a chip's floors. */
  public static Floors of(final Chip chip) {
    final double idle = chip.power().idle();
    final double busy = chip.power().busyFloor();
    final double standby = Math.min(idle, FloorLaw.standby(chip));
    final double leakage = Math.min(idle - standby, FloorLaw.leakage(chip));
    final double clockTree = Math.min(busy, FloorLaw.clockTree(chip));
    return new Floors(leakage, standby, idle - standby - leakage, clockTree, busy - clockTree);
  }
}
