package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.inferchip.arch.yaml.Overrides;

/**
 * Fits knobs to rows of a bench: with mappings as they were chosen before, then once more from
 * where that ends with mappings searched anew. Each step is the fit, by BOBYQA, of parabolas
 * through a few simulated points.
 */
final class KnobFit {
  private static final int ROUNDS = 20;
  private static final double LEAST_REACH = 0.01;
  private static final double SHRINK = 3;
  private static final double GROWTH = 2;
  private static final double WORTH = 0.01;
  private static final double STEP = 0.04;

  private final Bench bench;
  private final List<Knob> knobs;
  private final double[] weights;
  private final IntPredicate trains;
  private final Consumer<String> log;

  /**
   * A fit.
   *
   * @param weights by row of the bench, 0 for rows that are not fitted to
   */
  KnobFit(
      final Bench bench,
      final List<Knob> knobs,
      final double[] weights,
      final Consumer<String> log) {
    this.bench = bench;
    this.knobs = knobs;
    this.weights = weights;
    this.trains = row -> weights[row] > 0;
    this.log = log;
  }

  /**
   * A minimum.
   *
   * @param places of the knobs
   * @param loss there
   * @param trial rows there, training rows alone predicted
   */
  record Found(double[] places, double loss, Bench.Trial trial) {}

  /**
   * The values of knobs as overrides, rounded as an overlay spells them.
   *
   * @param places of the knobs, one each
   */
  static Overrides values(final List<Knob> knobs, final double[] places) {
    return values(knobs, places, 1);
  }

  /** As {@link #values(List, double[])}, those of clocked knobs times a factor. */
  static Overrides values(
      final List<Knob> knobs, final double[] places, final double clockedFactor) {
    Overrides values = Overrides.none();
    for (int i = 0; i < places.length; i++) {
      final Knob knob = knobs.get(i);
      final double value = knob.at(places[i]) * (knob.clocked() ? clockedFactor : 1);
      values = values.with(knob.path(), knob.text(value));
    }
    return values;
  }

  /** The best places, from anywhere: with the mappings of a trial, then with mappings searched. */
  Found from(final double[] start, final Bench.Trial before) {
    return near(descend(start, values -> bench.keep(values, before, trains)).places());
  }

  /** The best places near given ones, mappings searched at each that is tried. */
  Found near(final double[] start) {
    final Found best = descend(start, values -> bench.search(values, trains));
    log.accept("fitted " + shown(best.places()) + ": loss " + best.loss());
    return best;
  }

  /**
   * Fits the {@link Sensitivities} at the best places within a reach, and goes there; the reach
   * grows where that gains, and shrinks where it does not. It ends where the sensitivities promise
   * no more.
   */
  private Found descend(final double[] start, final Function<Overrides, Bench.Trial> trials) {
    Found best = found(start, trials);
    Sensitivities rows = around(best);
    double reach = Bootstrap.REACH;
    for (int round = 0; round < ROUNDS && reach > LEAST_REACH; round++) {
      final double[] steps = Bootstrap.step(rows, best.places(), reach);
      final double[] none = new double[steps.length];
      if (rows.loss(rows.all(), steps) > rows.loss(rows.all(), none) * (1 - WORTH)) {
        break;
      }
      final Found moved = found(sum(best.places(), steps), trials);
      if (moved.loss() < best.loss() * (1 - WORTH)) {
        best = moved;
        rows = around(best);
        reach = Math.min(Bootstrap.REACH, GROWTH * reach);
      } else {
        reach /= SHRINK;
      }
    }
    return best;
  }

  private Found found(final double[] places, final Function<Overrides, Bench.Trial> trials) {
    final Bench.Trial trial = trials.apply(values(knobs, places));
    return new Found(places, loss(trial), trial);
  }

  private static double[] sum(final double[] places, final double[] steps) {
    final double[] sum = places.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += steps[i];
    }
    return sum;
  }

  private double loss(final Bench.Trial trial) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        sum += weights[i] * Loss.of(trial.predicted(i), trial.rows().get(i).measured());
        all += weights[i];
      }
    }
    return sum / all;
  }

  private String shown(final double[] places) {
    final List<String> texts = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      texts.add(knobs.get(i).path() + "=" + knobs.get(i).text(knobs.get(i).at(places[i])));
    }
    return String.join(" ", texts);
  }

  /** How rows move with the knobs around a minimum, mappings kept. */
  Sensitivities around(final Found found) {
    final double[] places = found.places();
    final double[][] offsets = new double[places.length][];
    final Bench.Trial[][] moved = new Bench.Trial[places.length][2];
    for (int p = 0; p < places.length; p++) {
      offsets[p] = offsets(places[p]);
      for (int side = 0; side < 2; side++) {
        final double[] to = places.clone();
        to[p] += offsets[p][side];
        moved[p][side] = bench.keep(values(knobs, to), found.trial(), trains);
      }
    }
    final List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0 && predictedEverywhere(i, found.trial(), moved)) {
        rows.add(i);
      }
    }
    return sensitivities(rows, found.trial(), moved, offsets);
  }

  private Sensitivities sensitivities(
      final List<Integer> rows,
      final Bench.Trial at,
      final Bench.Trial[][] moved,
      final double[][] offsets) {
    final double[] errors = new double[rows.size()];
    final double[] weight = new double[rows.size()];
    final double[][] slopes = new double[knobs.size()][rows.size()];
    final double[][] curvatures = new double[knobs.size()][rows.size()];
    final List<String> sites = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      final int row = rows.get(i);
      final double now = at.predicted(row);
      errors[i] = StrictMath.log(now / at.rows().get(row).measured());
      weight[i] = weights[row];
      sites.add(at.rows().get(row).site());
      for (int p = 0; p < slopes.length; p++) {
        final double a = offsets[p][0];
        final double b = offsets[p][1];
        final double toA = StrictMath.log(moved[p][0].predicted(row) / now) / a;
        final double toB = StrictMath.log(moved[p][1].predicted(row) / now) / b;
        curvatures[p][i] = (toA - toB) / (a - b);
        slopes[p][i] = toA - curvatures[p][i] * a;
      }
    }
    return new Sensitivities(errors, slopes, curvatures, weight, sites);
  }

  private static boolean predictedEverywhere(
      final int row, final Bench.Trial at, final Bench.Trial[][] moved) {
    boolean all = at.predicted(row) > 0;
    for (final Bench.Trial[] sides : moved) {
      all &= sides[0].predicted(row) > 0 && sides[1].predicted(row) > 0;
    }
    return all;
  }

  /** A step to either side; both to one side where a bound is near. */
  private static double[] offsets(final double place) {
    if (place < STEP) {
      return new double[] {STEP, 2 * STEP};
    }
    return place > 1 - STEP ? new double[] {-STEP, -2 * STEP} : new double[] {-STEP, STEP};
  }
}
