package org.inferchip.cost;

import org.inferchip.arch.Process;
import org.inferchip.arch.YieldModel;

/**
 * The share of dies without a killer defect, by the laws of {@link YieldModel}.
 *
 * <p>At 814 mm2 and 0.11 defects a cm2: Poisson 0.408, negative binomial with alpha 10 0.424,
 * Murphy 0.436, negative binomial with alpha 3 0.457, Seeds 0.528.
 */
final class Yield {
  private static final double SQUARE_MILLIMETRES_PER_SQUARE_CENTIMETRE = 100;
  private static final double CLUSTERING = 10;

  private Yield() {}

  /** The yield of a die of so many mm2. */
  static double of(final Process process, final double area) {
    final double defects = defects(process.defectDensity(), area);
    final YieldModel model = process.yieldModel().orElse(YieldModel.NEGATIVE_BINOMIAL);
    return switch (model) {
      case NEGATIVE_BINOMIAL -> clustered(defects, process.clustering().orElse(CLUSTERING));
      case POISSON -> StrictMath.exp(-defects);
      case MURPHY -> defects == 0 ? 1 : StrictMath.pow(-StrictMath.expm1(-defects) / defects, 2);
      case SEEDS -> 1 / (1 + defects);
    };
  }

  /** The negative binomial yield of so many mm2 at so many defects a cm2. */
  static double clustered(final double density, final double area, final double clustering) {
    return clustered(defects(density, area), clustering);
  }

  private static double clustered(final double defects, final double clustering) {
    return StrictMath.pow(1 + defects / clustering, -clustering);
  }

  private static double defects(final double density, final double area) {
    return density * area / SQUARE_MILLIMETRES_PER_SQUARE_CENTIMETRE;
  }
}
