package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.inferchip.explore.Evaluation;
import org.inferchip.report.Charts.Axis;
import org.inferchip.serving.RequestRecord;
import org.inferchip.serving.StepSample;
import org.inferchip.simulation.OperatorTotal;
import org.jfree.chart.JFreeChart;

/** The charts of one evaluation or of several side by side. */
final class ResultCharts {
  private static final double MILLIS = 1e-9;
  private static final double SECONDS = 1e-12;
  private static final int THROUGHPUT_BINS = 60;
  private static final double SMALL_PART = 0.01;

  private final List<Evaluation> evaluations;

  ResultCharts(final List<Evaluation> evaluations) {
    this.evaluations = List.copyOf(evaluations);
  }

  /** Every chart by its file name without extension. */
  Map<String, JFreeChart> all() {
    final Map<String, JFreeChart> charts = new LinkedHashMap<>();
    charts.put("ttft", cdf("Time to first token", "TTFT [ms]", RequestRecord::ttftPicos, 1));
    charts.put("tpot", cdf("Time per output token", "TPOT [ms]", r -> r.tpotPicos().orElse(0L), 2));
    charts.put("e2e", cdf("End-to-end latency", "E2E [ms]", RequestRecord::e2ePicos, 1));
    charts.put("throughput", throughput());
    charts.put("time", Charts.stackedBars("Where the time goes", "share of the run [%]", time()));
    charts.put(
        "energy",
        Charts.stackedBars(
            "Where the joules of the chips go", "energy [J per output token]", energy()));
    for (final Evaluation evaluation : evaluations) {
      charts.put("roofline-" + evaluation.name(), new RooflineChart(evaluation).chart());
    }
    return charts;
  }

  private JFreeChart cdf(
      final String title,
      final String label,
      final ToLongFunction<RequestRecord> picos,
      final int tokens) {
    return Charts.lines(
        title,
        Axis.log(label),
        Axis.linear("share of completed requests"),
        series(
            evaluation -> {
              final double[] sorted =
                  evaluation.run().records().stream()
                      .filter(r -> r.outcome() == RequestRecord.Outcome.COMPLETED)
                      .filter(r -> r.outputTokens() >= tokens)
                      .mapToDouble(r -> picos.applyAsLong(r) * MILLIS)
                      .sorted()
                      .toArray();
              return Series.distribution(evaluation.name(), sorted);
            }));
  }

  private List<Series> series(final Function<Evaluation, Series> of) {
    return evaluations.stream().map(of).toList();
  }

  private JFreeChart throughput() {
    return Charts.lines(
        "Generated tokens over time",
        Axis.linear("time [s]"),
        Axis.linear("output [tokens/s]"),
        series(evaluation -> rate(evaluation.name(), evaluation.run().samples())));
  }

  private static Series rate(final String name, final List<StepSample> samples) {
    if (samples.size() < 2) {
      return new Series(name, new double[0], new double[0]);
    }
    final List<StepSample> edges = new ArrayList<>();
    final long first = samples.get(0).picos();
    final long last = samples.get(samples.size() - 1).picos();
    int bin = 0;
    for (final StepSample sample : samples) {
      if (sample.picos() - first >= (double) (last - first) * bin / THROUGHPUT_BINS) {
        edges.add(sample);
        bin++;
      }
    }
    final double[] x = new double[edges.size() - 1];
    final double[] y = new double[edges.size() - 1];
    for (int i = 0; i < x.length; i++) {
      final StepSample from = edges.get(i);
      final StepSample to = edges.get(i + 1);
      final double seconds = (to.picos() - from.picos()) * SECONDS;
      x[i] = (from.picos() + to.picos()) / 2.0 * SECONDS;
      y[i] = seconds == 0 ? 0 : (to.outputTokens() - from.outputTokens()) / seconds;
    }
    return new Series(name, x, y);
  }

  /** Percent of the run by operator, host and idle; operators under one percent are one part. */
  private Map<String, Map<String, Double>> time() {
    final Map<String, Map<String, Double>> bars = new LinkedHashMap<>();
    for (final Evaluation evaluation : evaluations) {
      final Map<String, Double> parts = new LinkedHashMap<>();
      final double busy = evaluation.run().occupancy().busyShare();
      double work = evaluation.hostSeconds();
      for (final OperatorTotal total : evaluation.operators()) {
        work += total.seconds();
      }
      double small = 0;
      for (final OperatorTotal total : evaluation.operators()) {
        final double share = total.seconds() / work;
        if (share < SMALL_PART) {
          small += share;
        } else {
          parts.put(total.name(), 100 * busy * share);
        }
      }
      parts.put("other operators", 100 * busy * small);
      parts.put("host", 100 * busy * evaluation.hostSeconds() / work);
      parts.put("no request", 100 * (1 - busy));
      bars.put(evaluation.name(), parts);
    }
    return sameOrder(bars);
  }

  private Map<String, Map<String, Double>> energy() {
    final Map<String, Map<String, Double>> bars = new LinkedHashMap<>();
    for (final Evaluation evaluation : evaluations) {
      final double tokens = Math.max(1, evaluation.run().counts().outputTokens());
      final Map<String, Double> parts = new LinkedHashMap<>();
      EnergyParts.of(evaluation.run().energy().chips())
          .forEach((part, joules) -> parts.put(part, joules / tokens));
      bars.put(evaluation.name(), parts);
    }
    return sameOrder(bars);
  }

  /** Gives every bar the same parts in the same order, so that colours and stacking agree. */
  private static Map<String, Map<String, Double>> sameOrder(
      final Map<String, Map<String, Double>> bars) {
    final List<String> names = new ArrayList<>();
    for (final Map<String, Double> parts : bars.values()) {
      int at = 0;
      for (final String part : parts.keySet()) {
        if (!names.contains(part)) {
          names.add(at, part);
        }
        at = names.indexOf(part) + 1;
      }
    }
    final Map<String, Map<String, Double>> ordered = new LinkedHashMap<>();
    bars.forEach(
        (bar, parts) -> {
          final Map<String, Double> all = new LinkedHashMap<>();
          names.forEach(name -> all.put(name, parts.getOrDefault(name, 0.0)));
          ordered.put(bar, all);
        });
    return ordered;
  }
}
