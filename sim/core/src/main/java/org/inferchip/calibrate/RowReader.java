package org.inferchip.calibrate;

import java.util.List;

/**
 * Reads the measurements of one kind of table. A kind is known by the columns that its header must
 * have; a new kind is one class, listed in {@link RowReaders}.
 *
 * <p>Every row becomes one measurement or more, or is counted in the skips with a reason that many
 * rows may share. A field that is no number where one is due is a problem of the file: {@link
 * MeasuredRow} notes it, and reading goes on.
 */
interface RowReader {
  /** What the rows are, for messages, such as {@code matrix products}. */
  String kind();

  /** Columns that a header must have to be of this kind. */
  List<String> columns();

  /** The metric by which rows are scored where groups are not told apart by metric. */
  default String metric() {
    return "latency";
  }

  /**
   * Reads a table.
   *
   * @param file the table
   * @param targets finds chips, stacks and models for what the table names
   * @param skips takes rows that cannot be predicted, by reason
   */
  List<Measurement> read(MeasuredFile file, Targets targets, Skips skips);
}
