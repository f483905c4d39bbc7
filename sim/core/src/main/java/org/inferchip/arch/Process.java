package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * A manufacturing process.
 *
 * @param name such as {@code TSMC 4N}
 * @param node marketing node in nanometres
 * @param waferPrice dollars for one processed 300 mm wafer
 * @param defectDensity killer defects a square centimetre
 * @param yieldModel law of the yield; absent: negative binomial
 * @param clustering alpha of the negative binomial law; absent: 10
 * @param design dollars to design a chip of 300 mm2, first tape-out with its masks included;
 *     absent: not known
 * @param masks dollars for one more set of masks; absent: not known
 */
public record Process(
    String name,
    @Measure(Dimension.NANOMETRES) @Range(min = 0, exclusive = true) double node,
    @Measure(Dimension.DOLLARS) @Range(min = 0, exclusive = true) double waferPrice,
    @Measure(Dimension.DEFECTS_PER_SQUARE_CENTIMETRE) double defectDensity,
    Optional<YieldModel> yieldModel,
    @Range(min = 0, exclusive = true) Optional<Double> clustering,
    @Measure(Dimension.DOLLARS) Optional<Double> design,
    @Measure(Dimension.DOLLARS) Optional<Double> masks) {

  /** A process of which only wafers and defects are known. */
  public Process(
      final String name, final double node, final double waferPrice, final double defectDensity) {
    this(
        name,
        node,
        waferPrice,
        defectDensity,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
