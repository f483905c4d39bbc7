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

  /** The same system of other chips. */
  public SystemDescription with(final Chip other) {
    return new SystemDescription(
        name, description, other, count, stack, enclosure, placement, sources);
  }

  /** This with other software. */
  public SystemDescription with(final Stack other) {
    return new SystemDescription(
        name, description, chip, count, other, enclosure, placement, sources);
  }

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
   * @param site where it stands; absent: that costs nothing
   * @param memory of the hosts, for what chips keep there; absent: unknown
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
      @Range(min = 0, max = 1, exclusive = true) double utilisation,
      Optional<Site> site,
      Optional<HostMemory> memory) {
    /** An enclosure that stands anywhere. */
    public Enclosure(
        final double idlePower,
        final double loadedPower,
        final double powerEfficiency,
        final double boardPower,
        final double price,
        final double pue,
        final double depreciation,
        final double electricity,
        final double maintenance,
        final double utilisation) {
      this(
          idlePower,
          loadedPower,
          powerEfficiency,
          boardPower,
          price,
          pue,
          depreciation,
          electricity,
          maintenance,
          utilisation,
          Optional.empty(),
          Optional.empty());
    }
  }

  /**
   * Where a system stands, and how it is reached. Watts are those of the system at its plate.
   *
   * @param ports network ports of the whole system
   * @param portPrice dollars a port for switches, optics and cables outside the system
   * @param rack dollars a watt for racks, busbars and pipes
   * @param building dollars a watt for space, power and cooling plant
   * @param buildingLife years over which the building is written off
   */
  public record Site(
      int ports,
      @Measure(Dimension.DOLLARS) double portPrice,
      @Measure(Dimension.DOLLARS_PER_WATT) double rack,
      @Measure(Dimension.DOLLARS_PER_WATT) double building,
      @Measure(Dimension.YEARS) @Range(min = 0, exclusive = true) double buildingLife) {}

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
   * @param offload what is kept behind device memory; absent: nothing
   */
  public record Placement(
      @Range(min = 1) Optional<Integer> tensorParallel,
      @Range(min = 1) Optional<Integer> pipelineParallel,
      @Range(min = 1) Optional<Integer> regionLayers,
      Optional<Offload> offload) {
    /** On whole chips. */
    public Placement(
        final Optional<Integer> tensorParallel, final Optional<Integer> pipelineParallel) {
      this(tensorParallel, pipelineParallel, Optional.empty(), Optional.empty());
    }
  }
}
