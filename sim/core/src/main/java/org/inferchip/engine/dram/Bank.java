package org.inferchip.engine.dram;

/** One bank: its open row and when commands to it may follow; times in picoseconds. */
final class Bank {
  static final long NONE = -1;

  /** The row that is open, or being opened; {@link #NONE} if none is. */
  long row = NONE;

  /** Earliest column command to the open row. */
  long column;

  /** Earliest precharge of the open row. */
  long precharge;

  /** Earliest activate of a closed bank. */
  long activate;

  /** When the next refresh is due. */
  long refresh;
}
