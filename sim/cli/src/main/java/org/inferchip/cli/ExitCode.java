package org.inferchip.cli;

/** What the process says when it ends. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** Done, and a check failed: a verification over its bound, a law violated, an SLO not met. */
  static final int CHECK_FAILED = 1;

  /** The input cannot be used; nothing was written. */
  static final int BAD_INPUT = 2;

  /** A defect of this program. */
  static final int DEFECT = 3;

  private ExitCode() {}
}
