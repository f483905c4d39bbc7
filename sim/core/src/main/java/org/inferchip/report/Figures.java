package org.inferchip.report;

import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
  private Figures() {}

  /** Three or four significant digits with thousands separators; a dash for what does not exist. */
  public static String of(final double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    final double size = Math.abs(value);
    if (size >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (size >= 100) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
    if (size >= 1 || size == 0) {
      return String.format(Locale.ROOT, "%.2f", value);
    }
    return size >= 0.001
        ? String.format(Locale.ROOT, "%.4f", value)
        : String.format(Locale.ROOT, "%.2e", value);
  }

  /** A share as percent. */
  public static String percent(final double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
