package org.inferchip.report.chart;

/**
 * An axis.
 *
 * @param label what is on it, with its unit in square brackets ({@code TTFT [ms]}); {@code [1]} for
 *     a pure number
 * @param scale how values lie on it
 */
public record Axis(String label, Scale scale) {
  /** How values lie on an axis. */
  public enum Scale {
    /** Evenly; the range is that of the values. */
    LINEAR,
    /** Evenly, from 0 on. */
    FROM_ZERO,
    /** By their logarithm; all are above 0. */
    LOG,
    /** Evenly, from 0 to 100. */
    PERCENT
  }

  /** Refuses an axis without a unit. */
  public Axis {
    if (!label.matches("(?s).*\\S \\[[^\\[\\]]+]")) {
      throw new IllegalArgumentException("an axis without a unit: " + label);
    }
  }

  /** Evenly spaced over the range of the values. */
  public static Axis linear(final String label) {
    return new Axis(label, Scale.LINEAR);
  }

  /** Evenly spaced from 0 on. */
  public static Axis fromZero(final String label) {
    return new Axis(label, Scale.FROM_ZERO);
  }

  /** Evenly spaced from 0 to 100. */
  public static Axis percent(final String label) {
    return new Axis(label, Scale.PERCENT);
  }

  /** A value on the axis, with its unit: {@code 12.3 ms}. */
  String with(final double value) {
    final String unit = label.substring(label.lastIndexOf('[') + 1, label.length() - 1);
    return ChartStyle.number(value) + (unit.equals("1") ? "" : " " + unit);
  }

  /** What is on the axis, without its unit. */
  String name() {
    return label.substring(0, label.lastIndexOf('[')).strip();
  }

  /** By the logarithm. */
  public static Axis log(final String label) {
    return new Axis(label, Scale.LOG);
  }
}
