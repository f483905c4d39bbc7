package org.inferchip.audit;

import org.inferchip.audit.Finding.Kind;

/** Reads a slot in the shape that a task wants. */
final class Shapes {
  private Shapes() {}

  /** All of a slot as rows x cols. */
  static Content whole(
      final Content slot, final int rows, final int cols, final Findings findings) {
    if (slot instanceof Content.Unknown) {
      return new Content.Unknown(rows, cols);
    }
    if (slot.size() != (long) rows * cols) {
      findings.add(
          Kind.SLOT_SIZE, "reads " + rows + " x " + cols + " of a slot that holds " + words(slot));
      return new Content.Unknown(rows, cols);
    }
    return checked(slot.viewed(rows, cols), slot, rows, cols, findings);
  }

  /** Some rows of a slot that is {@code cols} wide. */
  static Content rows(
      final Content slot, final int row, final int rows, final int cols, final Findings findings) {
    if (slot instanceof Content.Unknown) {
      return new Content.Unknown(rows, cols);
    }
    if (row < 0 || slot.size() % cols != 0 || ((long) row + rows) * cols > slot.size()) {
      findings.add(
          Kind.SLOT_SIZE,
          "reads rows "
              + row
              + " to "
              + (row + rows - 1)
              + ", "
              + cols
              + " wide, of a slot that holds "
              + words(slot));
      return new Content.Unknown(rows, cols);
    }
    final Content all = slot.viewed((int) (slot.size() / cols), cols);
    return checked(all == null ? null : all.part(row, 0, rows, cols), slot, rows, cols, findings);
  }

  private static Content checked(
      final Content result,
      final Content slot,
      final int rows,
      final int cols,
      final Findings findings) {
    if (result != null) {
      return result;
    }
    findings.add(
        Kind.OPERAND_MISMATCH, "reads as " + rows + " x " + cols + " what is " + words(slot));
    return new Content.Unknown(rows, cols);
  }

  static String words(final Content content) {
    return content.rows() + " x " + content.cols() + " (" + content + ")";
  }
}
