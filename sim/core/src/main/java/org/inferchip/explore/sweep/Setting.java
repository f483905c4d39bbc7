package org.inferchip.explore.sweep;

import java.util.Optional;

/**
 * A value of a point.
 *
 * @param path of keys
 * @param text as a description spells it
 * @param amount empty where it is no number
 */
record Setting(String path, String text, Optional<Amount> amount) {

  static Setting of(final String path, final String text) {
    return new Setting(path, text, Amount.of(text));
  }

  static Setting of(final String path, final Amount amount) {
    return new Setting(path, amount.text(), Optional.of(amount));
  }

  /** Whether it is a value of the system, not of the plan or the work. */
  boolean ofSystem() {
    return PlanPaths.all().stream().noneMatch(path::equals);
  }
}
