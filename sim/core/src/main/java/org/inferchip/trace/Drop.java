package org.inferchip.trace;

/**
 * Rows that became no request.
 *
 * @param reason such as {@code zero_output_tokens}
 * @param count how many rows
 * @param firstLine 1-based line of the first, or 0 where a transform dropped them
 */
public record Drop(String reason, long count, int firstLine) {
  /** In words. */
  String text() {
    return reason + " (" + count + (firstLine > 0 ? ", the first in line " + firstLine : "") + ")";
  }
}
