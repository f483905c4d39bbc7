package org.inferchip.trace;

/** Reads one format. */
interface RowReader {
  /** Reads every row of a file. */
  void read(SourceText source, Collected to);
}
