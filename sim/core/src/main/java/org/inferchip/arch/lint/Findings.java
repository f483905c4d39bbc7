package org.inferchip.arch.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;

/** Gathers findings. Not thread-safe. */
final class Findings {
  private static final int DIGITS = 4;

  private final List<Finding> list = new ArrayList<>();

  /** Adds one; {@code %s} takes numbers of {@link #show}. */
  void warn(final String keyPath, final String message, final Object... numbers) {
    list.add(new Finding(keyPath, String.format(Locale.ROOT, message, numbers)));
  }

  static String show(final double value, final Dimension dimension) {
    return new Quantity(value, dimension).rounded(DIGITS);
  }

  List<Finding> list() {
    return List.copyOf(list);
  }
}
