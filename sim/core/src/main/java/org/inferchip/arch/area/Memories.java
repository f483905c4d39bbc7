package org.inferchip.arch.area;

/**
 * mm2 of memories on a die.
 *
 * <pre>
 *   SRAM      = cell x organisation x size(bytes)
 *   registers = bits x 71.8 transistors / logic density
 * </pre>
 *
 * <ul>
 *   <li>size: bits over the array efficiency of CACTI's macros (LLMCompass: 4 KiB 0.076, 16 KiB
 *       0.247, 64 KiB 0.559, 128 KiB 0.704, 512 KiB 0.602), between macro sizes linear in area, so
 *       that more bytes are never smaller; beyond 512 KiB, macros of 512 KiB.
 *   <li>organisation of a cache: 6, LLMCompass's cells (7 nm 0.17, 6 nm 0.14, 5 nm 0.125 um2) over
 *       the published ones; it holds tags, error correction, banks, ports and the way to the cores.
 *       48 MiB of GA100: 108 mm2, on the die 119; 8 MiB of Aldebaran: 18, on the die 25.
 *   <li>organisation of a scratchpad: 2 (assumption; the 44 GB of a WSE-3 then take 57 % of its
 *       area, its maker says about half).
 *   <li>registers: the polynomial of EMPIRE for 16,384 x 32 bits with 4 ports as LLMCompass scales
 *       it to 7 nm, 0.391 mm2, in transistors a bit.
 * </ul>
 */
final class Memories {
  private static final double CACHE = 6;
  private static final double SCRATCHPAD = 2;
  private static final double TRANSISTORS_PER_REGISTER_BIT = 71.8;
  private static final double[] EFFICIENCY = {
    0.076, 0.142, 0.247, 0.393, 0.559, 0.704, 0.526, 0.602
  };
  private static final double SMALLEST_MACRO = 4096;

  private Memories() {}

  static double sram(final double bytes, final double node, final boolean cache) {
    return Silicon.sramCell(node) * (cache ? CACHE : SCRATCHPAD) * 8 * padded(bytes);
  }

  static double registers(final double bytes, final double node) {
    return bytes * 8 * TRANSISTORS_PER_REGISTER_BIT * 1e-6 / Silicon.logicDensity(node);
  }

  /** Bytes of cells that would take the area of these bytes with all that is around cells. */
  private static double padded(final double bytes) {
    double lower = 0;
    double lowerArea = 0;
    double size = SMALLEST_MACRO;
    for (final double efficiency : EFFICIENCY) {
      final double area = size / efficiency;
      if (bytes <= size) {
        return lowerArea + (area - lowerArea) * (bytes - lower) / (size - lower);
      }
      lower = size;
      lowerArea = area;
      size *= 2;
    }
    return bytes / EFFICIENCY[EFFICIENCY.length - 1];
  }
}
