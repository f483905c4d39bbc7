package org.inferchip.arch.area;

import java.util.Map;
import java.util.TreeMap;

/**
 * Densities of manufacturing nodes. Between nodes, linear; outside, the nearest node's.
 *
 * <ul>
 *   <li>Logic, million transistors a mm2: CSET "AI Chips" 2020 as used by LLMCompass (28 nm 15.3,
 *       14 nm 28.9, 10 nm 52.5, 7 nm 96.3, 6 nm 114.2, 5 nm 138.2 and older); 12 nm 33.8 and 8 nm
 *       61.2 recalled from WikiChip; 3 nm 180, 1.3 times 5 nm, the foundry's figure for whole chips
 *       (recalled).
 *   <li>SRAM: published high-density 6T cells, um2, recalled from foundry papers at IEDM and ISSCC:
 *       28 nm 0.127, 16 nm 0.07, 10 nm 0.042, 7 nm 0.027, 5 nm 0.021, 3 nm 0.0199, 40 nm 0.242, 65
 *       nm 0.525, 130 nm 2.14.
 * </ul>
 */
public final class Silicon {
  private static final double SQUARE_MICROMETRES_PER_SQUARE_MILLIMETRE = 1e6;

  private static final TreeMap<Double, Double> LOGIC =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(130.0, 0.92),
              Map.entry(90.0, 1.6),
              Map.entry(65.0, 3.3),
              Map.entry(40.0, 7.7),
              Map.entry(28.0, 15.3),
              Map.entry(20.0, 22.1),
              Map.entry(14.0, 28.9),
              Map.entry(12.0, 33.8),
              Map.entry(10.0, 52.5),
              Map.entry(8.0, 61.2),
              Map.entry(7.0, 96.3),
              Map.entry(6.0, 114.2),
              Map.entry(5.0, 138.2),
              Map.entry(3.0, 180.0)));

  private static final TreeMap<Double, Double> CELLS =
      new TreeMap<>(
          Map.of(
              130.0, 2.14, 65.0, 0.525, 40.0, 0.242, 28.0, 0.127, 16.0, 0.07, 10.0, 0.042, 7.0,
              0.027, 5.0, 0.021, 3.0, 0.0199));

  private Silicon() {}

  /**
   * Million transistors of logic in a mm2.
   *
   * @param node marketing node, nm
   */
  public static double logicDensity(final double node) {
    return between(LOGIC, node);
  }

  /**
   * mm2 of a bit's cell in SRAM.
   *
   * @param node marketing node, nm
   */
  public static double sramCell(final double node) {
    return between(CELLS, node) / SQUARE_MICROMETRES_PER_SQUARE_MILLIMETRE;
  }

  private static double between(final TreeMap<Double, Double> table, final double node) {
    final Map.Entry<Double, Double> below = table.floorEntry(node);
    final Map.Entry<Double, Double> above = table.ceilingEntry(node);
    if (below == null || above == null) {
      return (below == null ? table.firstEntry() : table.lastEntry()).getValue();
    }
    if (below.getKey().equals(above.getKey())) {
      return below.getValue();
    }
    final double share = (node - below.getKey()) / (above.getKey() - below.getKey());
    return below.getValue() + share * (above.getValue() - below.getValue());
  }
}
