package org.inferchip.arch.derive;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the energy of logic scales with the manufacturing node.
 *
 * <ul>
 *   <li>From 45 to 7 nm: between the published energies of one operation at both (Horowitz, ISSCC
 *       2014; Jouppi et al., ISCA 2021), linear in the logarithms.
 *   <li>Below 7 nm: with the square root of the node (the rule of hwcomponents' techscaling).
 *   <li>Above 45 nm: Stillmaker and Baas, Integration 58 (2017), E = a V^2 + b V + c for an
 *       inverter, at the nominal voltages of the nodes (recalled). Between 45 and 7 nm that table
 *       falls to 0.05 where published operations fall to 0.35, so it is not used there.
 * </ul>
 *
 * <p>Marketing nodes of one size differ by a quarter and more.
 */
final class NodeScaling {
  static final double NEW = 7;
  static final double OLD = 45;

  /** a, b, c and the nominal voltage. */
  private static final TreeMap<Double, double[]> INVERTERS =
      new TreeMap<>(
          Map.of(
              45.0, new double[] {1.103, -0.362, 0.2767, 1.0},
              65.0, new double[] {3.755, -4.398, 1.975, 1.1},
              90.0, new double[] {4.762, -4.781, 2.092, 1.1},
              130.0, new double[] {7.171, -6.709, 2.904, 1.2}));

  private NodeScaling() {}

  /**
   * An energy at a node.
   *
   * @param at45 the same at 45 nm
   * @param at7 the same at 7 nm
   * @param node marketing node, nm
   */
  static double between(final double at45, final double at7, final double node) {
    if (node <= NEW) {
      return at7 * Math.sqrt(node / NEW);
    }
    if (node > OLD) {
      return at45 * inverter(node) / inverter(OLD);
    }
    final double share = StrictMath.log(node / NEW) / StrictMath.log(OLD / NEW);
    return at7 * StrictMath.pow(at45 / at7, share);
  }

  private static double inverter(final double node) {
    final Map.Entry<Double, double[]> below = INVERTERS.floorEntry(node);
    final Map.Entry<Double, double[]> above = INVERTERS.ceilingEntry(node);
    if (above == null) {
      return energy(below.getValue());
    }
    final double span = above.getKey() - below.getKey();
    final double share = span == 0 ? 0 : (node - below.getKey()) / span;
    return energy(below.getValue()) * (1 - share) + energy(above.getValue()) * share;
  }

  private static double energy(final double[] of) {
    return of[0] * of[3] * of[3] + of[1] * of[3] + of[2];
  }
}
