package org.inferchip.arch;

import java.util.List;
import java.util.Optional;
import org.inferchip.units.Range;

/**
 * How values get into a crossbar and out of it.
 *
 * @param inputBits of an input with its sign; 0: as it is
 * @param inputSlice bits of an input that are applied at a time, the lowest first; absent: all of
 *     it as one level
 * @param outputBits of the analog-to-digital converter, with its sign; 0: as it is
 * @param range rule of the converter's range
 * @param limits ends of the range of {@code calibrated}, one pair for each slice of weights (or one
 *     for all), in units of the current of one cell that is fully on with a full input; else absent
 * @param eachInputSlice whether every slice of an input is converted; otherwise charges are shared
 *     and the sum is converted once
 */
public record AnalogConverters(
    @Range(min = 0, max = 24) int inputBits,
    @Range(min = 1, max = 24) Optional<Integer> inputSlice,
    @Range(min = 0, max = 24) int outputBits,
    RangeRule range,
    @Range(min = -1e9, max = 1e9) Optional<List<Double>> limits,
    boolean eachInputSlice) {

  /** Rule of the converter's range. */
  public enum RangeRule {
    /** As many full currents as there are rows in use, both ways. */
    MAX,
    /** Steps as fine as the least current of a slice of weights. */
    GRANULAR,
    /** As stated in {@code limits}. */
    CALIBRATED
  }

  /** Checks that slices have bits and calibrated ranges have limits. */
  public AnalogConverters {
    limits = limits.map(List::copyOf);
    if (inputSlice.isPresent() && inputBits < 2) {
      throw new IllegalArgumentException("slices of inputs need input_bits of 2 or more");
    }
    if (inputBits == 1 || outputBits == 1) {
      throw new IllegalArgumentException("a signed converter has 2 bits or more");
    }
    final boolean pairs = limits.map(l -> l.size() >= 2 && l.size() % 2 == 0).orElse(false);
    if (range == RangeRule.CALIBRATED && outputBits > 0 && !pairs) {
      throw new IllegalArgumentException("a calibrated range needs limits: low, high[, ...]");
    }
  }

  /** Times that a crossbar is read for one product: slices of an input. */
  public int inputSlices() {
    return inputSlice.map(bits -> (inputBits - 2 + bits) / bits).orElse(1);
  }
}
