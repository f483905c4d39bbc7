package org.inferchip.trace;

/** What to do when a relative clock goes back by most of its span: a new recording was appended. */
public enum ClockResets {
  /** The rows from there on follow after the last arrival before. */
  APPEND,
  /** All rows are on one clock and only out of order. */
  SORT,
  /** The file is refused. */
  REFUSE
}
