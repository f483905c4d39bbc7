package org.inferchip.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.inferchip.report.chart.Axis;
import org.inferchip.report.chart.Cdf;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.Lines;
import org.inferchip.report.chart.Series;
import org.inferchip.report.chart.StackedBars;
import org.inferchip.serving.PowerSample;
import org.inferchip.serving.RequestRecord;
import org.inferchip.serving.StepSample;
import org.inferchip.simulation.OperatorTotal;

/** The charts of one result or of several side by side. */
final class ResultCharts {
  private static final double MILLIS = 1e-9;
  private static final double SECONDS = 1e-12;

  /** Ratio of two means beyond which lines lie far apart. */
  private static final double APART = 10;

  private static final int THROUGHPUT_BINS = 60;
  private static final double SMALL_PART = 0.01;

  private final List<SystemResult> results;

  ResultCharts(final List<SystemResult> results) {
    this.results = List.copyOf(results);
  }

  /** Every chart by its file name without extension. */
  Map<String, Chart> all() {
    final Map<String, Chart> charts = new LinkedHashMap<>();
    charts.put("ttft", cdf("Time to first token", "TTFT [ms]", RequestRecord::ttftPicos, 1));
    charts.put("tpot", cdf("Time per output token", "TPOT [ms]", r -> r.tpotPicos().orElse(0L), 2));
    charts.put("e2e", cdf("End-to-end latency", "E2E [ms]", RequestRecord::e2ePicos, 1));
    charts.put("throughput", throughput());
    if (results.stream().anyMatch(result -> !result.power().isEmpty())) {
      charts.put("power", power());
    }
    charts.put(
        "time",
        StackedBars.of("Where the time goes", Axis.percent("share of the run [%]"), time()));
    charts.put(
        "energy",
        StackedBars.of(
            "Where the joules of the chips go",
            Axis.percent("share of the chips' energy [%]"),
            energy()));
    for (final SystemResult result : results) {
      if (result.number("energy_j/total") > 0) {
        charts.put("joules-" + result.name(), JouleFlow.of(result));
      }
    }
    LoadCurves.of(results).ifPresent(loads -> charts.putAll(loads.charts()));
    for (final SystemResult result : results) {
      charts.put("roofline-" + result.name(), new RooflineChart(result).chart());
      final Map<String, Double> cost = result.optionalNumbers("chip_cost_usd");
      if (!cost.isEmpty()) {
        charts.put("cost-" + result.name(), CostWaterfall.made(result.text("roofline/chip"), cost));
      }
    }
    for (final SystemResult result : results) {
      if (!result.layer().isEmpty()) {
        charts.put(
            "layer-" + result.name(),
            LayerGantt.chart(
                "A layer of a typical decode step on " + result.name(), result.layer()));
      }
    }
    charts.putAll(TrustSection.charts(results));
    return charts;
  }

  private Chart cdf(
      final String title,
      final String label,
      final ToLongFunction<RequestRecord> picos,
      final int tokens) {
    final Map<String, double[]> samples = new LinkedHashMap<>();
    for (final SystemResult result : results) {
      samples.put(
          result.name(),
          result.requests().stream()
              .filter(r -> r.outcome() == RequestRecord.Outcome.COMPLETED)
              .filter(r -> r.outputTokens() >= tokens)
              .mapToDouble(r -> picos.applyAsLong(r) * MILLIS)
              .toArray());
    }
    return Cdf.of(title, Axis.log(label), "completed requests", samples);
  }

  private List<Series> series(final Function<SystemResult, Series> of) {
    return results.stream().map(of).toList();
  }

  private Chart throughput() {
    long end = 0;
    for (final SystemResult result : results) {
      final List<StepSample> samples = result.samples();
      end = samples.isEmpty() ? end : Math.max(end, samples.get(samples.size() - 1).picos());
    }
    final long bin = Math.max(1, end / THROUGHPUT_BINS);
    return Lines.of(
        "Generated tokens over time, mean of each " + Figures.of(bin * SECONDS) + " s",
        Axis.linear("time [s]"),
        Axis.linear("output [tokens/s]"),
        series(result -> rate(result.name(), result.samples(), bin)));
  }

  /** Tokens a second in equal bins of time; between samples tokens are spread evenly. */
  private static Series rate(final String name, final List<StepSample> samples, final long bin) {
    if (samples.size() < 2) {
      return new Series(name, new double[0], new double[0]);
    }
    final int bins = (int) (samples.get(samples.size() - 1).picos() / bin);
    final double[] x = new double[bins];
    final double[] y = new double[bins];
    double before = 0;
    int at = 0;
    for (int i = 0; i < bins; i++) {
      final long edge = (i + 1) * bin;
      while (samples.get(at + 1).picos() < edge) {
        at++;
      }
      final double tokens = tokensAt(samples.get(at), samples.get(at + 1), edge);
      x[i] = (edge - bin / 2.0) * SECONDS;
      y[i] = (tokens - before) / (bin * SECONDS);
      before = tokens;
    }
    return new Series(name, x, y);
  }

  private static double tokensAt(final StepSample from, final StepSample to, final long picos) {
    final double along =
        Math.min(1, Math.max(0, (picos - from.picos()) / (double) (to.picos() - from.picos())));
    return from.outputTokens() + along * (to.outputTokens() - from.outputTokens());
  }

  /** As a meter reads, at most so many points a line. */
  private Chart power() {
    final List<Series> lines = series(ResultCharts::metered);
    return Lines.of(
        "Power of the chips over time, mean of the last second",
        Axis.linear("time [s]"),
        apart(lines) ? Axis.log("chips [W]") : Axis.linear("chips [W]"),
        lines);
  }

  /** Whether lines lie so far apart that a linear axis would press some of them flat. */
  private static boolean apart(final List<Series> lines) {
    final DoubleSummaryStatistics means = new DoubleSummaryStatistics();
    final DoubleSummaryStatistics values = new DoubleSummaryStatistics();
    for (final Series line : lines) {
      Arrays.stream(line.y()).forEach(values);
      Arrays.stream(line.y()).average().ifPresent(means);
    }
    return values.getMin() > 0 && means.getMax() > APART * means.getMin();
  }

  private static Series metered(final SystemResult result) {
    final List<PowerSample> power = result.power();
    final int points = Math.min(power.size(), THROUGHPUT_BINS);
    final double[] x = new double[points];
    final double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      final PowerSample sample = power.get((int) (((long) i + 1) * power.size() / points - 1));
      x[i] = sample.toPicos() * SECONDS;
      y[i] = sample.metered();
    }
    return new Series(result.name(), x, y);
  }

  /** Percent of the run by operator, host and idle; operators under one percent are one part. */
  private Map<String, Map<String, Double>> time() {
    final Map<String, Map<String, Double>> bars = new LinkedHashMap<>();
    for (final SystemResult result : results) {
      final Map<String, Double> parts = new LinkedHashMap<>();
      final RunAccount account = new RunAccount(result);
      double small = 0;
      for (final OperatorTotal total : result.operators()) {
        final double share = account.share(total.seconds());
        if (share < SMALL_PART) {
          small += share;
        } else {
          parts.put(total.name(), 100 * share);
        }
      }
      parts.put("other operators", 100 * small);
      if (result.number("host_s") > 0) {
        parts.put("host", 100 * account.share(result.number("host_s")));
      }
      parts.put("no request", 100 * account.restShare());
      bars.put(result.name(), parts);
    }
    return sameOrder(bars);
  }

  /** Percent of the chips' joules by component; a bar's name has the joules of a token. */
  private Map<String, Map<String, Double>> energy() {
    final Map<String, Map<String, Double>> bars = new LinkedHashMap<>();
    for (final SystemResult result : results) {
      final double tokens = Math.max(1, result.number("output_tokens"));
      final double all = result.number("energy_j/total");
      final Map<String, Double> parts = new LinkedHashMap<>();
      result
          .energy()
          .forEach(
              (part, joules) -> {
                if (joules > 0) {
                  parts.put(part.replace('_', ' '), 100 * joules / all);
                }
              });
      bars.put(result.name() + ": " + Figures.of(all / tokens) + " J a token", parts);
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
