package org.inferchip.arch;

import java.util.Map;
import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * A box, rack or pod: chips, the host around them and the software that drives them.
 *
 * @param name the name used on the command line
 * @param description one line for a reader
 * @param chip the chip
 * @param count how many
 * @param stack the software
 * @param enclosure everything that is not a chip
 * @param placement how a model is laid over the chips when the user names nothing
 * @param sources citation to key paths
 */
public record SystemDescription(
    String name,
    String description,
    Chip chip,
    @Range(min = 1) int count,
    Stack stack,
    Enclosure enclosure,
    Placement placement,
    Map<String, Source> sources) {

  /**
   * Everything of a system that is not a chip.
   *
   * @param idlePower host, fans and network of the whole system at rest, watts
   * @param loadedPower added at full load, watts
   * @param powerEfficiency of supplies and regulators outside the chip, 0 to 1
   * @param boardPower regulators and other parts on a chip's board, watts a chip
   * @param price dollars without chips
   * @param pue facility power over system power
   * @param depreciation years
   * @param electricity dollars a kilowatt-hour
   * @param maintenance share of the price a year
   * @param utilisation share of its life that the system serves
   */
  public record Enclosure(
      @Measure(Dimension.WATTS) double idlePower,
      @Measure(Dimension.WATTS) double loadedPower,
      @Range(min = 0, max = 1, exclusive = true) double powerEfficiency,
      @Measure(Dimension.WATTS) double boardPower,
      @Measure(Dimension.DOLLARS) double price,
      @Range(min = 1) double pue,
      @Measure(Dimension.YEARS) @Range(min = 0, exclusive = true) double depreciation,
      @Measure(Dimension.DOLLARS_PER_KILOWATT_HOUR) double electricity,
      @Range(min = 0, max = 1) double maintenance,
      @Range(min = 0, max = 1, exclusive = true) double utilisation) {}

  /**
   * How a model is laid over the chips.
   *
   * @param tensorParallel chips a layer is split over; absent: the least power of two on which
   *     weights and cache fit
   * @param pipelineParallel stages; absent: one, or as many as the weights need where they live on
   *     chip
   * @param regionLayers layers on one region of a chip that is a mesh: as few chips as hold the
   *     model are cut into equal {@link Regions}, one for so many layers each, and one each for the
   *     embedding and the head; absent: chips are whole
   */
  public record Placement(
      @Range(min = 1) Optional<Integer> tensorParallel,
      @Range(min = 1) Optional<Integer> pipelineParallel,
      @Range(min = 1) Optional<Integer> regionLayers) {
    /** On whole chips. */
    public Placement(
        final Optional<Integer> tensorParallel, final Optional<Integer> pipelineParallel) {
      this(tensorParallel, pipelineParallel, Optional.empty());
    }
  }
}
