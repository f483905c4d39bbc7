package org.inferchip.arch.derive;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inferchip.arch.Chip;
import org.inferchip.arch.DeviceEnergy;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.area.DieUse;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;

/**
 * Floors from the bottom up, watts at the nominal clock, warm:
 *
 * <pre>
 *   leakage    = sum over dies of (logic + edge) l(node) + sram s(node)
 *   standby    = capacity x w(kind of memory), or what the memory devices state
 *   clock tree = 0.13 W / (mm2 GHz) x clock x logic of the dies with cores
 * </pre>
 *
 * with the areas of {@link DieUse}. All constants are estimates:
 *
 * <ul>
 *   <li>l: 0.06 W/mm2 at 7 nm and below, less at older nodes. Leakage is said to be 15 to 25 % of
 *       the limit of hot N5 and N7 parts (0.06 to 0.12 W/mm2 of A100 and H100 with their memories'
 *       share); at rest, cool and with gated blocks, whole boards draw no more than that.
 *   <li>s: a fifth of l, high-density cells.
 *   <li>w: 1.42 W of 64 GiB of LPDDR5 at rest were measured (Jetson AGX Orin); HBM, GDDR and DDR by
 *       guess.
 *   <li>clock tree: a fifth of the limit of A100, H100 and B200 when active, over their logic and
 *       clock (0.14, 0.17, 0.11). One number for all nodes: sinks per mm2 grow about as the energy
 *       of each falls.
 * </ul>
 *
 * <p>Good to a factor of two. What it leaves out (instruction supply, links kept awake, clocks that
 * are not gated) is the larger part of a GPU's floors.
 */
public final class FloorLaw {
  private static final double SRAM_SHARE = 0.2;
  private static final double CLOCK_TREE = 0.13e-9;
  private static final double GIGABYTE = 1e9;

  /** Shares of the limit that busy floors of measured boards have (Thor; Blackwell). */
  private static final double LEAST = 0.07;

  private static final double MOST = 0.5;

  private static final TreeMap<Double, Double> LEAKAGE =
      new TreeMap<>(
          Map.of(
              7.0, 0.06, 10.0, 0.05, 16.0, 0.04, 28.0, 0.04, 45.0, 0.04, 65.0, 0.03, 90.0, 0.02,
              130.0, 0.005));

  private FloorLaw() {}

  /**
   * Idle power and busy floor of a chip that states none; the busy floor within the shares of the
   * limit that were measured on boards.
   */
  public static List<Derived> of(final Chip chip) {
    final double tdp = chip.power().tdp();
    final double busy = Math.max(LEAST * tdp, Math.min(MOST * tdp, clockTree(chip)));
    return List.of(
        new Derived(
            "idle-by-area",
            "Leakage by area and node, memory at rest by its kind",
            "0.5x..2.5x",
            Map.of("power.idle", new Quantity(leakage(chip) + standby(chip), Dimension.WATTS))),
        new Derived(
            "busy-by-area",
            "Clock tree by area and clock; measured boards have 0.07 to 0.5 of the limit",
            LEAST + ".." + MOST + " of power.tdp",
            Map.of("power.busy_floor", new Quantity(busy, Dimension.WATTS))));
  }

  /** Watts that leak at rest. */
  public static double leakage(final Chip chip) {
    double watts = 0;
    for (final DieUse die : DieUse.of(chip)) {
      watts += leakage(die.node()) * (die.logic() + die.edge() + SRAM_SHARE * die.sram());
    }
    return watts;
  }

  /** Watts of the external memory at rest, refresh included. */
  public static double standby(final Chip chip) {
    return chip.energy()
        .devices()
        .map(DeviceEnergy::idle)
        .orElseGet(() -> chip.memory().map(FloorLaw::standby).orElse(0.0));
  }

  private static double standby(final ExternalMemory memory) {
    return memory.capacity() / GIGABYTE * perGigabyte(memory.kind());
  }

  private static double perGigabyte(final String kind) {
    if (kind.startsWith("LPDDR")) {
      return 0.02;
    }
    return kind.startsWith("HBM") ? 0.12 : kind.startsWith("GDDR") ? 0.15 : 0.05;
  }

  /** Watts of the clock tree with all cores at work. */
  public static double clockTree(final Chip chip) {
    return CLOCK_TREE
        * chip.clock()
        * DieUse.of(chip).stream().filter(DieUse::cores).mapToDouble(DieUse::logic).sum();
  }

  /** W/mm2 of logic; in between linear in the logarithm of the node, outside the nearest. */
  private static double leakage(final double node) {
    final Map.Entry<Double, Double> below = LEAKAGE.floorEntry(node);
    final Map.Entry<Double, Double> above = LEAKAGE.ceilingEntry(node);
    if (below == null || above == null || below.equals(above)) {
      return (below == null ? LEAKAGE.firstEntry() : below).getValue();
    }
    final double share =
        StrictMath.log(node / below.getKey()) / StrictMath.log(above.getKey() / below.getKey());
    return below.getValue() + share * (above.getValue() - below.getValue());
  }
}
