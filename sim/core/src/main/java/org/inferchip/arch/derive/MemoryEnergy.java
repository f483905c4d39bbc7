package org.inferchip.arch.derive;

import java.util.Map;

/**
 * Joules of a bit in memories and on wires.
 *
 * <ul>
 *   <li>SRAM, of a bank of so many KiB: 0.107 + 0.0035 sqrt(KiB) pJ/bit at 7 nm and 0.02 + 0.0482
 *       sqrt(KiB) at 45 nm, within 9 % of the published 8 KB, 32 KB and 1 MB (7.5, 8.5, 14 pJ for
 *       64 bits at 7 nm; 10, 20, 100 at 45 nm: Jouppi et al., ISCA 2021); other nodes by {@link
 *       NodeScaling}. A memory without stated banks has banks of 512 KiB at most.
 *   <li>Wire: 0.07 pJ/bit/mm (0.06 to 0.08 at 7 to 5 nm), 0.1 above 16 nm (estimates); a router or
 *       crossbar 0.15 pJ/bit (0.1 to 0.2).
 *   <li>External memory: published devices (HBM2 3.9, HBM2E 6, GDDR6 7.5, GDDR6X 7.25; HBM3 4.5,
 *       HBM3E 4, HBM4 3.5, LPDDR5 4, DDR5 12 by estimates) and 1.5 (HBM) or 1 pJ/bit for PHY,
 *       controller and the way to the cores' ports.
 * </ul>
 */
final class MemoryEnergy {
  private static final double PICO = 1e-12;
  private static final double KIB = 1024;
  private static final double LARGEST_BANK = 512 * KIB;
  private static final double WIRE = 0.07 * PICO;
  private static final double OLD_WIRE = 0.1 * PICO;
  private static final double OLD_WIRES = 16;
  private static final double ROUTER = 0.15 * PICO;
  private static final double OTHER_DEVICE = 7;

  private static final Map<String, Double> DEVICES =
      Map.ofEntries(
          Map.entry("HBM2", 3.9),
          Map.entry("HBM2E", 6.0),
          Map.entry("HBM3", 4.5),
          Map.entry("HBM3E", 4.0),
          Map.entry("HBM4", 3.5),
          Map.entry("GDDR6", 7.5),
          Map.entry("GDDR6X", 7.25),
          Map.entry("GDDR7", 7.0),
          Map.entry("LPDDR4X", 4.5),
          Map.entry("LPDDR5", 4.0),
          Map.entry("LPDDR5X", 4.0),
          Map.entry("DDR4", 17.5),
          Map.entry("DDR5", 12.0));

  private MemoryEnergy() {}

  /** Banks that a memory has where none are stated. */
  static int banks(final double bytes) {
    return (int) Math.max(1, Math.ceil(bytes / LARGEST_BANK));
  }

  /** A bit of one bank of an SRAM. */
  static double sram(final double bytes, final int banks, final double node) {
    final double root = Math.sqrt(bytes / banks / KIB);
    return PICO * NodeScaling.between(0.02 + 0.0482 * root, 0.107 + 0.0035 * root, node);
  }

  /** A bit over so many millimetres. */
  static double wire(final double millimetres, final double node) {
    return millimetres * (node > OLD_WIRES ? OLD_WIRE : WIRE);
  }

  /** A bit through so many routers. */
  static double routers(final int hops) {
    return hops * ROUTER;
  }

  /** A bit of an external memory, with the chip's side of its interface. */
  static double external(final String kind) {
    return PICO
        * (DEVICES.getOrDefault(kind.toUpperCase(java.util.Locale.ROOT), OTHER_DEVICE)
            + (kind.startsWith("HBM") ? 1.5 : 1));
  }
}
