package org.inferchip.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.explore.LoadPoint;
import org.inferchip.report.chart.Axis;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.Lines;
import org.inferchip.report.chart.Series;
import org.inferchip.serving.Distribution;

/**
 * Systems at several loads of one trace: latency against load, and throughput against latency. Read
 * out of the JSON form, so that it is the same from a run and from the files that it left.
 */
final class LoadCurves {
  static final String KEY = "loads";

  /** Numbers of a point; percentiles may be null where nothing completed. */
  static final List<String> NUMBERS =
      List.of(
          "factor",
          "offered_rps",
          "output_tokens_per_s",
          "goodput_rps",
          "tokens_per_joule",
          "ttft_ms_p50",
          "ttft_ms_p99",
          "tpot_ms_p50",
          "tpot_ms_p99",
          "completed",
          "rejected");

  private static final String OFFERED = "offered load [requests/s]";

  private final List<SystemResult> results;

  private LoadCurves(final List<SystemResult> results) {
    this.results = results;
  }

  /** Of results; empty if any of them was served at one load alone. */
  static Optional<LoadCurves> of(final List<SystemResult> results) {
    return results.stream().allMatch(one -> one.json().has(KEY))
        ? Optional.of(new LoadCurves(List.copyOf(results)))
        : Optional.empty();
  }

  /** The JSON form of points. */
  static List<Map<String, Object>> json(final List<LoadPoint> points) {
    final List<Map<String, Object>> list = new ArrayList<>();
    for (final LoadPoint point : points) {
      final Map<String, Object> json = new LinkedHashMap<>();
      json.put("factor", point.factor());
      json.put("offered_rps", point.offeredPerSecond());
      json.put("output_tokens_per_s", point.run().rates().outputTokensPerSecond());
      json.put("goodput_rps", point.run().rates().goodputPerSecond());
      json.put("tokens_per_joule", point.run().energy().tokensPerJoule());
      percentiles(json, "ttft_ms", point.run().latencies().ttft());
      percentiles(json, "tpot_ms", point.run().latencies().tpot());
      json.put("completed", point.run().counts().completed());
      json.put("rejected", point.run().counts().rejected());
      list.add(json);
    }
    return list;
  }

  private static void percentiles(
      final Map<String, Object> json, final String key, final Distribution of) {
    json.put(key + "_p50", Double.isFinite(of.p50()) ? of.p50() : null);
    json.put(key + "_p99", Double.isFinite(of.p99()) ? of.p99() : null);
  }

  /** Every chart by its file name without extension. */
  Map<String, Chart> charts() {
    final Map<String, Chart> charts = new LinkedHashMap<>();
    charts.put(
        "load-ttft",
        chart(
            "Time to first token against load",
            Axis.log(OFFERED),
            "offered_rps",
            Axis.log("TTFT p99 [ms]"),
            "ttft_ms_p99"));
    charts.put(
        "load-tpot",
        chart(
            "Time per output token against load",
            Axis.log(OFFERED),
            "offered_rps",
            Axis.log("TPOT p99 [ms]"),
            "tpot_ms_p99"));
    charts.put(
        "load-throughput",
        chart(
            "Throughput against latency",
            Axis.log("TPOT p50 [ms]"),
            "tpot_ms_p50",
            Axis.fromZero("output [tokens/s]"),
            "output_tokens_per_s"));
    charts.put(
        "load-energy",
        chart(
            "Tokens per joule against load",
            Axis.log(OFFERED),
            "offered_rps",
            Axis.log("tokens per joule at the plug [1/J]"),
            "tokens_per_joule"));
    return charts;
  }

  private Chart chart(
      final String title, final Axis x, final String of, final Axis y, final String against) {
    final List<Series> lines = new ArrayList<>();
    for (final SystemResult result : results) {
      final List<JsonNode> drawn = new ArrayList<>();
      for (final JsonNode point : points(result)) {
        if (drawable(point.get(of)) && drawable(point.get(against))) {
          drawn.add(point);
        }
      }
      lines.add(
          new Series(
              result.name(),
              drawn.stream().mapToDouble(point -> point.get(of).doubleValue()).toArray(),
              drawn.stream().mapToDouble(point -> point.get(against).doubleValue()).toArray()));
    }
    return Lines.of(title, x, y, lines);
  }

  private static boolean drawable(final JsonNode value) {
    return value.isNumber() && value.doubleValue() > 0;
  }

  private static JsonNode points(final SystemResult result) {
    return result.json().get(KEY);
  }

  private static final List<String> HEADER =
      List.of(
          "system",
          "load",
          "offered [requests/s]",
          "output [tokens/s]",
          "TTFT p50 [ms]",
          "TTFT p99 [ms]",
          "TPOT p50 [ms]",
          "TPOT p99 [ms]",
          "goodput [requests/s]",
          "tokens per joule",
          "completed",
          "rejected");

  /** The section of the page. */
  String html() {
    final HtmlTable table =
        HtmlTable.of(
            "The same requests, arriving so many times as fast.", HEADER.toArray(String[]::new));
    for (final SystemResult result : results) {
      points(result).forEach(point -> table.row(result.name(), figures(point)));
    }
    return table.html();
  }

  /** The table for a paper. */
  PaperTable paper() {
    final List<List<String>> rows = new ArrayList<>();
    for (final SystemResult result : results) {
      for (final JsonNode point : points(result)) {
        final List<String> row = new ArrayList<>(List.of(result.name()));
        figures(point).forEach(figure -> row.add(figure.text()));
        rows.add(row);
      }
    }
    return new PaperTable("loads", "The same requests at several loads", HEADER, rows);
  }

  private static List<Figure> figures(final JsonNode point) {
    final List<Figure> figures = new ArrayList<>();
    for (final String key :
        List.of(
            "factor",
            "offered_rps",
            "output_tokens_per_s",
            "ttft_ms_p50",
            "ttft_ms_p99",
            "tpot_ms_p50",
            "tpot_ms_p99",
            "goodput_rps",
            "tokens_per_joule")) {
      figures.add(Figure.of(SystemResult.orNan(point.get(key))));
    }
    figures.add(Figure.count(point.get("completed").longValue()));
    figures.add(Figure.count(point.get("rejected").longValue()));
    return figures;
  }
}
