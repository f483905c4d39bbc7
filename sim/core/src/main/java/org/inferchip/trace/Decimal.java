package org.inferchip.trace;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Writes doubles as the shortest decimal, the same on every JDK ({@code Double.toString} is not).
 */
final class Decimal {
  private Decimal() {}

  static String text(final double value) {
    return NumberOutput.toString(value, true);
  }
}
