package org.inferchip.arch;

import java.util.List;
import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * What carries the dies of a package: an organic substrate, alone or with something finer between
 * it and the dies (redistribution layers of a fan-out, a silicon interposer, bridges).
 *
 * @param kind such as {@code silicon interposer}
 * @param substrate the organic substrate
 * @param interposer what lies between dies and substrate; absent: dies stand on the substrate
 * @param bridges pieces of silicon in the interposer, one from each die or stack to the next;
 *     absent: none
 * @param stackArea of a stack of memory beside the dies; absent: memory is not in the package
 * @param raised names of dies that stand on other dies; absent: none
 * @param design what it costs to design the package once; absent: not known
 */
public record Carrier(
    String kind,
    Substrate substrate,
    Optional<Interposer> interposer,
    Optional<Bridges> bridges,
    @Measure(Dimension.SQUARE_MILLIMETRES) @Range(min = 0, exclusive = true)
        Optional<Double> stackArea,
    Optional<List<String>> raised,
    Optional<Design> design) {

  /**
   * An organic substrate.
   *
   * @param areaScale its area over that of what stands on it
   * @param price of a mm2
   * @param bump of a mm2 of what is soldered to it
   * @param bondYield share of bonds to it that succeed
   */
  public record Substrate(
      @Range(min = 1) double areaScale,
      @Measure(Dimension.DOLLARS_PER_SQUARE_MILLIMETRE) double price,
      @Measure(Dimension.DOLLARS_PER_SQUARE_MILLIMETRE) double bump,
      @Range(min = 0, max = 1, exclusive = true) double bondYield) {}

  /**
   * Redistribution layers or silicon between dies and substrate.
   *
   * @param areaScale its area over that of what stands on it
   * @param waferPrice of a wafer of it
   * @param defectDensity killer defects a square centimetre
   * @param clustering alpha of its negative binomial yield
   * @param bump of a mm2 of a die on it; zero for a fan-out
   * @param bondYield share of bonds of dies and stacks to it that succeed
   * @param chipsFirst whether it is built over the dies, so that its defects waste them; absent: no
   */
  public record Interposer(
      @Range(min = 1) double areaScale,
      @Measure(Dimension.DOLLARS) double waferPrice,
      @Measure(Dimension.DEFECTS_PER_SQUARE_CENTIMETRE) double defectDensity,
      @Range(min = 0, exclusive = true) double clustering,
      @Measure(Dimension.DOLLARS_PER_SQUARE_MILLIMETRE) double bump,
      @Range(min = 0, max = 1, exclusive = true) double bondYield,
      Optional<Boolean> chipsFirst) {}

  /**
   * Silicon bridges.
   *
   * @param area of one
   * @param process of them
   */
  public record Bridges(
      @Measure(Dimension.SQUARE_MILLIMETRES) @Range(min = 0, exclusive = true) double area,
      Process process) {}

  /**
   * The design of the package.
   *
   * @param area dollars a mm2 of interposer, or of substrate without one
   * @param fixed dollars
   */
  public record Design(
      @Measure(Dimension.DOLLARS_PER_SQUARE_MILLIMETRE) double area,
      @Measure(Dimension.DOLLARS) double fixed) {}
}
