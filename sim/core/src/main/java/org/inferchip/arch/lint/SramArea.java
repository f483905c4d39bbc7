package org.inferchip.arch.lint;

import java.util.Map;
import java.util.TreeMap;

/**
 * The least area that SRAM takes: published high-density 6T cells (um2, recalled from foundry
 * papers at IEDM and ISSCC: 28 nm 0.127, 16 nm 0.07, 10 nm 0.042, 7 nm 0.027, 5 nm 0.021, 3 nm
 * 0.0199) over an array efficiency of 0.6 (an assumption; caches lie lower). Between nodes, linear.
 * A bound: real memories with ports, tags and buses take two to four times as much.
 */
final class SramArea {
  private static final double ARRAY_EFFICIENCY = 0.6;
  private static final TreeMap<Double, Double> CELLS =
      new TreeMap<>(
          Map.of(28.0, 0.127, 16.0, 0.07, 10.0, 0.042, 7.0, 0.027, 5.0, 0.021, 3.0, 0.0199));

  private SramArea() {}

  /**
   * The bound in mm2.
   *
   * @param bytes of SRAM
   * @param node marketing node, nm
   */
  static double least(final double bytes, final double node) {
    return bytes * 8 * cell(node) * 1e-6 / ARRAY_EFFICIENCY;
  }

  private static double cell(final double node) {
    final Map.Entry<Double, Double> below = CELLS.floorEntry(node);
    final Map.Entry<Double, Double> above = CELLS.ceilingEntry(node);
    if (below == null || above == null) {
      return (below == null ? CELLS.firstEntry() : CELLS.lastEntry()).getValue();
    }
    if (below.getKey().equals(above.getKey())) {
      return below.getValue();
    }
    final double share = (node - below.getKey()) / (above.getKey() - below.getKey());
    return below.getValue() + share * (above.getValue() - below.getValue());
  }
}
