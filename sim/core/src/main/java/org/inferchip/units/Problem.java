package org.inferchip.units;

import java.util.Objects;

/**
 * One thing wrong with an input, with everything its author needs to mend it.
 *
 * @param file the file (or {@code command line}), never null
 * @param line 1-based line, or 0 where the problem is not at one line
 * @param column 1-based column, or 0
 * @param keyPath path of keys such as {@code memory.bandwidth} or {@code cores[1].matrix}, or empty
 * @param message what is wrong, in one sentence without a full stop
 * @param found what stands there, or empty
 * @param expected what may stand there, or empty
 * @param nearest the nearest valid name, or empty
 */
public record Problem(
    String file,
    int line,
    int column,
    String keyPath,
    String message,
    String found,
    String expected,
    String nearest) {

  /** Longest text that is shown of what was found. */
  private static final int MOST_FOUND = 120;

  /** Checks that no text is null. */
  public Problem {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(keyPath, "keyPath");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(found, "found");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(nearest, "nearest");
  }

  /** A problem of a whole file. */
  public static Problem ofFile(final String file, final String message) {
    return new Problem(file, 0, 0, "", message, "", "", "");
  }

  /** A problem at a line. */
  public static Problem atLine(final String file, final int line, final String message) {
    return new Problem(file, line, 0, "", message, "", "", "");
  }

  /** This problem with what was found and what was expected. */
  public Problem but(final String whatWasFound, final String whatWasExpected) {
    return new Problem(
        file, line, column, keyPath, message, whatWasFound, whatWasExpected, nearest);
  }

  /** This problem with the nearest valid name. */
  public Problem near(final String name) {
    return new Problem(file, line, column, keyPath, message, found, expected, name);
  }

  /**
   * One line: {@code file:line:column: key.path: message; found x, expected y, did you mean z?}.
   */
  @Override
  public String toString() {
    final StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
      if (column > 0) {
        text.append(':').append(column);
      }
    }
    text.append(": ");
    if (!keyPath.isEmpty()) {
      text.append(keyPath).append(": ");
    }
    text.append(message);
    if (!found.isEmpty()) {
      text.append("; found ").append(clipped(found));
    }
    if (!expected.isEmpty()) {
      text.append("; expected ").append(expected);
    }
    if (!nearest.isEmpty()) {
      text.append("; did you mean ").append(nearest).append('?');
    }
    return text.toString();
  }

  private static String clipped(final String text) {
    return text.length() <= MOST_FOUND ? text : text.substring(0, MOST_FOUND) + " ...";
  }
}
