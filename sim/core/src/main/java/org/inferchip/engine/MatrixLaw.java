package org.inferchip.engine;

import java.util.Map;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.numerics.Format;
import org.inferchip.program.Accumulate;

/** How long a kind of matrix unit takes for a tile. One class for each kind. */
interface MatrixLaw {
  /** Which operand the unit keeps between tasks. */
  enum Stationary {
    /** None. */
    NONE,
    /** The first. */
    A,
    /** The second. */
    B
  }

  /**
   * Cycles of acc[m x n] += a[m x k] b[k x n].
   *
   * @param format input format (the wider of both operands)
   * @param step step of the accumulation
   */
  MatrixCycles cycles(long m, long n, long k, Format format, Accumulate step);

  /** What an analog unit does for it. */
  default AnalogWork analog(final long m, final long n, final long k, final Format format) {
    return AnalogWork.NONE;
  }

  /** The operand that need not be installed again if the next task reads the same slot. */
  default Stationary stationary() {
    return Stationary.NONE;
  }

  /**
   * Cycles beyond its own that element-wise work takes where it needs something of a whole row, as
   * norms and softmax do.
   *
   * @param rows of its tile
   */
  default long rowCycles(final long rows) {
    return 0;
  }

  /**
   * The law of a unit.
   *
   * @param clock of the chip in Hz, for units with times of their own
   */
  static MatrixLaw of(final MatrixUnit unit, final double clock) {
    return unit instanceof final MatrixUnit.Analog analog ? new AnalogLaw(analog, clock) : of(unit);
  }

  /** The law of a unit whose times are in cycles. */
  static MatrixLaw of(final MatrixUnit unit) {
    if (unit instanceof final MatrixUnit.Systolic systolic) {
      return new SystolicLaw(systolic);
    }
    if (unit instanceof final MatrixUnit.TensorCore tensorCore) {
      return new TensorCoreLaw(tensorCore);
    }
    if (unit instanceof final MatrixUnit.Mesh mesh) {
      return new MeshLaw(mesh);
    }
    if (unit instanceof final MatrixUnit.DotProduct dotProduct) {
      return new DotProductLaw(dotProduct);
    }
    throw new IllegalArgumentException("no law for " + unit);
  }

  /** Multiply-accumulates a cycle in a format; a format that the unit lacks is refused. */
  static int rate(final Map<Format, Integer> macsPerCycle, final Format format) {
    final int rate = MatrixUnit.rate(macsPerCycle, format);
    if (rate == 0) {
      throw new IllegalArgumentException(
          "the matrix unit has no " + format.key() + ", only " + macsPerCycle.keySet());
    }
    return rate;
  }

  /** Quotient rounded up. */
  static long ceilDiv(final long dividend, final long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
