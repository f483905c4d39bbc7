package org.inferchip.arch.lint;

/**
 * A number that does not fit with others. A warning: a chip may be odd on purpose.
 *
 * @param keyPath of the number
 * @param message what does not fit, with both numbers
 */
public record Finding(String keyPath, String message) {
  @Override
  public String toString() {
    return keyPath + ": " + message;
  }
}
