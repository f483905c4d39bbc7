package org.inferchip.arch.yaml;

import org.inferchip.units.Problem;

/**
 * Where a value stands.
 *
 * @param file as shown to the user
 * @param line 1-based, or 0 where there are no lines (command line)
 * @param column 1-based, or 0
 */
public record Place(String file, int line, int column) {

  /** A problem here. */
  public Problem problem(final String keyPath, final String message) {
    return new Problem(file, line, column, keyPath, message, "", "", "");
  }
}
