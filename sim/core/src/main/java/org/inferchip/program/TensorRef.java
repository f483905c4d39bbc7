package org.inferchip.program;

import java.util.Objects;
import org.inferchip.numerics.Format;

/**
 * A two-dimensional tensor that a program loads from or stores to, row-major. Which tensors of what
 * shape an operator has: {@link Operands}.
 *
 * @param id position in {@link TileProgram#tensors()}
 * @param role what it is to the operator
 * @param rows rows
 * @param cols columns
 * @param format element format
 * @param home where it lives
 * @param warm share of its bytes that stand in the shared memory when the program starts, 0 to 1;
 *     of a result, the share that stays there instead of being written back. Only of a tensor whose
 *     home is {@code MEMORY}; see {@link Warmth}
 */
public record TensorRef(
    int id, Role role, long rows, long cols, Format format, Home home, double warm) {

  /** A tensor of which nothing is warm. */
  public TensorRef(
      final int id,
      final Role role,
      final long rows,
      final long cols,
      final Format format,
      final Home home) {
    this(id, role, rows, cols, format, home, 0);
  }

  /** What a tensor is to its operator. */
  public enum Role {
    /** First activation input: A, X, Q. */
    INPUT,
    /** Second activation input: residual. */
    OTHER,
    /** Weights. */
    WEIGHT,
    /** A row vector: bias of a projection or of a layer norm. */
    BIAS,
    /** Keys. */
    KEY,
    /** Values. */
    VALUE,
    /** One integer a row: token ids, positions, cache slots, expert rows. */
    INDEX,
    /** The result. */
    OUTPUT,
    /** The second result (sum of a fused residual add). */
    SUM,
    /** Partial results between items: starts undefined. */
    WORKSPACE,
    /** Running maxima and sums of partial attention: starts undefined. */
    STATISTICS
  }

  /** Where a tensor lives. */
  public enum Home {
    /** External memory, behind the shared cache where there is one. */
    MEMORY,
    /** External memory, and in the shared cache when the operator starts (written just before). */
    CACHED,
    /** Software-managed shared memory on the chip. */
    ON_CHIP,
    /** Cells of the arrays that multiply with it: programmed once, never moved. */
    CELLS
  }

  /** Checks sizes. */
  public TensorRef {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(home, "home");
    if (id < 0 || rows < 1 || cols < 1) {
      throw new IllegalArgumentException(role + ": id " + id + ", " + rows + " x " + cols);
    }
    if (!(warm >= 0 && warm <= 1) || warm > 0 && home != Home.MEMORY) {
      throw new IllegalArgumentException(role + ": warm " + warm + " at " + home);
    }
  }

  /** Bytes of the whole tensor. */
  public long bytes() {
    return format.bytes(rows * cols);
  }

  /** Of so many bytes at home in external memory, those that it has to move: rounded up. */
  public long coldBytes(final long bytes) {
    return warm == 0 ? bytes : (long) Math.ceil(bytes * (1 - warm));
  }
}
