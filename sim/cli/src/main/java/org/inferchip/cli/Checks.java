package org.inferchip.cli;

import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/** Checks of option values, with the problem in the words that all commands use. */
final class Checks {
  private Checks() {}

  /** A problem at an option. */
  static Problem at(
      final String option, final String message, final String found, final String expected) {
    return new Problem(CommandLineProblems.PLACE, 0, 0, option, message, found, expected, "");
  }

  /**
   * Checks a whole number.
   *
   * @return whether it is in the range
   */
  static boolean within(
      final Problems problems,
      final String option,
      final long value,
      final long low,
      final long high) {
    if (value >= low && value <= high) {
      return true;
    }
    problems.add(at(option, "is out of range", "" + value, low + " to " + high));
    return false;
  }
}
