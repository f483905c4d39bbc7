package org.inferchip.arch;

import java.util.Optional;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * How a weight stands in the cells of a crossbar: slices of bits, pairs of conductances, and what
 * cells and wires add to it. Conductances are in units of the largest one, 1 / {@code
 * lowResistance}.
 *
 * @param bits levels of a cell are 2^bits, evenly between its smallest and largest conductance; 0:
 *     any value
 * @param weightBits of a signed weight that is cut into slices; with one slice and 0: any value
 * @param slices cells that share the bits of a weight, the lowest bits first
 * @param pair how a signed value stands in two cells
 * @param lowResistance of a cell that is fully on
 * @param highResistance of a cell that is fully off; absent: it does not conduct
 * @param inputWire resistance of the input line from one cell to the next; absent: none
 * @param outputWire of the output line
 * @param programming what programming leaves; absent: nothing
 * @param reading what each read adds; absent: nothing
 * @param drift loss of conductance with time; absent: none
 */
public record AnalogCell(
    @Range(min = 0, max = 16) int bits,
    @Range(min = 0, max = 24) int weightBits,
    @Range(min = 1, max = 16) int slices,
    Pair pair,
    @Measure(Dimension.OHMS) @Range(min = 0, exclusive = true) double lowResistance,
    @Measure(Dimension.OHMS) Optional<Double> highResistance,
    @Measure(Dimension.OHMS) Optional<Double> inputWire,
    @Measure(Dimension.OHMS) Optional<Double> outputWire,
    Optional<CellNoise> programming,
    Optional<CellNoise> reading,
    Optional<CellDrift> drift) {

  /** How a signed value stands in two cells. */
  public enum Pair {
    /** The cell of the value's sign carries it, the other stays off. */
    ONE_SIDED,
    /** Both start at the middle; one goes up as far as the other goes down. */
    TWO_SIDED
  }

  /** Checks that slices have bits to share, and that off is not more than on. */
  public AnalogCell {
    if (slices > 1 && weightBits < slices) {
      throw new IllegalArgumentException(
          slices + " slices need weight_bits to share, but there are " + weightBits);
    }
    if (highResistance.isPresent() && highResistance.get() <= lowResistance) {
      throw new IllegalArgumentException("high_resistance is not above low_resistance");
    }
  }

  /** Smallest conductance. */
  public double least() {
    return highResistance.map(high -> lowResistance / high).orElse(0.0);
  }

  /** Bits of a slice. */
  public int sliceBits() {
    return weightBits % slices == 0 ? weightBits / slices : (weightBits - 2 + slices) / slices;
  }

  /** Largest conductance in microsiemens. */
  public double mostMicrosiemens() {
    return 1e6 / lowResistance;
  }
}
