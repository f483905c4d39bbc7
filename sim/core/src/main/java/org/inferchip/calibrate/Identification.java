package org.inferchip.calibrate;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether data identify a fitted parameter. They do not where it ends at a bound of its range,
 * where the loss hardly depends on it, or where its confidence interval is wide.
 */
final class Identification {
  /** Widest confidence interval, as a share of the value. */
  static final double WIDEST = 0.5;

  private static final double AT_BOUND = 0.004;
  private static final double TENTH = 0.1;
  private static final double FLAT = 0.001;

  private Identification() {}

  /**
   * Why a parameter is not identified; empty where it is.
   *
   * @param place on the scale of the knob
   * @param interval of steps from there
   */
  static Optional<String> refusal(
      final Knob knob,
      final int index,
      final double place,
      final double[] interval,
      final Sensitivities rows) {
    if (flat(index, rows)) {
      return Optional.of(
          "the rows do not depend on it: moved by a tenth of its range, the mean error changes by"
              + " less than 0.1 %");
    }
    if (place < AT_BOUND || place > 1 - AT_BOUND) {
      return Optional.of(
          "the fit ends at a bound of its range, "
              + knob.text(knob.at(place))
              + ": rows ask for what the description says cannot be");
    }
    final double low = knob.at(place + interval[0]);
    final double high = knob.at(place + interval[1]);
    final double width = (high - low) / knob.at(place);
    if (width > WIDEST) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "its 95 %% interval, %s to %s, is %.0f %% of the value wide; at most %.0f %% are"
                  + " accepted",
              knob.text(low),
              knob.text(high),
              100 * width,
              100 * WIDEST));
    }
    return Optional.empty();
  }

  private static boolean flat(final int index, final Sensitivities rows) {
    final double[] steps = new double[rows.parameters()];
    final double here = rows.loss(rows.all(), steps);
    steps[index] = TENTH;
    final double above = rows.loss(rows.all(), steps);
    steps[index] = -TENTH;
    final double below = rows.loss(rows.all(), steps);
    return Math.max(Math.abs(above - here), Math.abs(below - here)) < FLAT;
  }
}
