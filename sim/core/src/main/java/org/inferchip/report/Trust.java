package org.inferchip.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inferchip.explore.uncertainty.Interval;

/**
 * How far the figures of results can be trusted, where they were drawn: read out of the JSON form,
 * so that it is the same from a run and from the files that it left.
 */
public final class Trust {
  private final List<SystemResult> results;

  private Trust(final List<SystemResult> results) {
    this.results = results;
  }

  /** Of results; empty if any of them was not drawn. */
  public static Optional<Trust> of(final List<SystemResult> results) {
    return results.stream().allMatch(one -> one.json().has("intervals"))
        ? Optional.of(new Trust(List.copyOf(results)))
        : Optional.empty();
  }

  /** A bar of a tornado, as it is drawn. */
  public record Bar(
      String parameter, String low, String high, double atLow, double atHigh, double correlation) {}

  /** What matters most for a figure of a system. */
  public record Bars(String system, String metric, double stated, List<Bar> bars, int others) {}

  /** Names of the systems. */
  public List<String> names() {
    return results.stream().map(SystemResult::name).toList();
  }

  /** Intervals that hold 90 % of the draws, and medians: a label, and a cell a system. */
  public Map<String, List<String>> rows() {
    final Map<String, List<String>> rows = new LinkedHashMap<>();
    for (final String key : keys()) {
      rows.put(
          UncertaintyJson.label(key),
          results.stream()
              .map(one -> interval(one, key).map(UncertaintyJson::shown).orElse("–"))
              .toList());
    }
    return rows;
  }

  private List<String> keys() {
    final List<String> keys = new ArrayList<>();
    for (final SystemResult one : results) {
      one.json()
          .get("intervals")
          .fieldNames()
          .forEachRemaining(
              key -> {
                if (!keys.contains(key)) {
                  keys.add(key);
                }
              });
    }
    return keys;
  }

  /** The interval of a figure of a system; empty where it has none. */
  static Optional<Interval> interval(final SystemResult of, final String key) {
    final JsonNode one = of.json().path("intervals").path(key);
    return one.isObject() ? Optional.of(interval(one)) : Optional.empty();
  }

  private static Interval interval(final JsonNode of) {
    return new Interval(
        of.get("p5").asDouble(), of.get("p50").asDouble(), of.get("p95").asDouble());
  }

  /**
   * How sure it is which system is first by the main figures: a sentence for each that it beats.
   */
  public List<String> sentences() {
    final List<String> sentences = new ArrayList<>();
    if (results.size() > 1) {
      for (final String key :
          List.of("tokens_per_joule", "tokens_per_usd", "tpot_ms_p50", "ttft_ms_p99")) {
        final SystemResult first =
            Collections.max(
                results,
                Comparator.comparingDouble(
                    one -> one.json().get("ranks").path(key).path(0).asDouble()));
        for (final JsonNode pair : first.json().get("beats")) {
          if (pair.get("metric").textValue().equals(key)) {
            sentences.add(sentence(first.name(), UncertaintyJson.label(key), pair));
          }
        }
      }
    }
    return sentences;
  }

  /** What would have to be true for the order of the first two to turn. */
  public List<String> turns() {
    final List<String> sentences = new ArrayList<>();
    for (final SystemResult one : results) {
      for (final JsonNode turn : one.json().get("turns")) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "%s would beat %s by %s if %s of %s were %s in place of %s, all else as stated.",
                turn.get("system").textValue(),
                one.name(),
                plain(UncertaintyJson.label(turn.get("metric").textValue())),
                turn.get("parameter").textValue(),
                turn.get("of").textValue(),
                turn.get("at").textValue(),
                turn.get("stated").textValue()));
      }
    }
    return sentences;
  }

  /** A label without its unit. */
  private static String plain(final String label) {
    return label.replaceFirst(" \\[.*]", "");
  }

  private static String sentence(final String name, final String label, final JsonNode pair) {
    final Interval factor = interval(pair.get("factor"));
    return String.format(
        Locale.ROOT,
        "%s beats %s by %s in %.0f %% of the draws: %s times better, %s to %s in 90 %% of them.",
        name,
        pair.get("system").textValue(),
        plain(label),
        100 * pair.get("share").doubleValue(),
        Figures.of(factor.p50()),
        Figures.of(factor.p5()),
        Figures.of(factor.p95()));
  }

  /** What was drawn and what was not, one sentence a system. */
  public List<String> notes() {
    final List<String> notes = new ArrayList<>();
    for (final SystemResult one : results) {
      final JsonNode drawn = one.json().get("uncertainty");
      final JsonNode check = drawn.get("response_check");
      final List<String> left = new ArrayList<>();
      drawn
          .get("not_drawn")
          .properties()
          .forEach(reason -> left.add(reason.getValue().asInt() + " " + reason.getKey()));
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: %d uncertain numbers in %d draws (not drawn: %s). Times between simulated values"
                  + " are interpolated: in %d simulated steps off by %s on average and %s at most"
                  + " (joules: %s and %s).",
              one.name(),
              drawn.get("variables").asInt(),
              drawn.get("draws").asInt(),
              String.join(", ", left),
              check.get("simulated").asInt(),
              Figures.percent(check.get("mean_time_error").asDouble()),
              Figures.percent(check.get("largest_time_error").asDouble()),
              Figures.percent(check.get("mean_joules_error").asDouble()),
              Figures.percent(check.get("largest_joules_error").asDouble())));
    }
    return notes;
  }

  /** What matters most for each figure of each system. */
  public List<Bars> tornados() {
    final List<Bars> all = new ArrayList<>();
    for (final SystemResult one : results) {
      for (final JsonNode tornado : one.json().get("tornado")) {
        final List<Bar> bars = new ArrayList<>();
        for (final JsonNode bar : tornado.get("bars")) {
          bars.add(
              new Bar(
                  bar.get("parameter").textValue(),
                  bar.get("low").textValue(),
                  bar.get("high").textValue(),
                  bar.get("at_low").doubleValue(),
                  bar.get("at_high").doubleValue(),
                  bar.get("rank_correlation").asDouble(Double.NaN)));
        }
        all.add(
            new Bars(
                one.name(),
                tornado.get("metric").textValue(),
                tornado.get("stated").doubleValue(),
                bars,
                tornado.get("others").asInt()));
      }
    }
    return all;
  }

  /** For each figure, how often each system has each rank and beats which other. */
  List<Map<String, Object>> rankings() {
    final List<Map<String, Object>> all = new ArrayList<>();
    if (results.size() < 2) {
      return all;
    }
    results.get(0).json().get("ranks").fieldNames().forEachRemaining(key -> all.add(ranking(key)));
    return all;
  }

  private Map<String, Object> ranking(final String key) {
    final List<Map<String, Object>> systems = new ArrayList<>();
    final List<Map<String, Object>> pairs = new ArrayList<>();
    for (final SystemResult one : results) {
      final Map<String, Object> system = new LinkedHashMap<>();
      system.put("name", one.name());
      system.put("ranks", one.json().get("ranks").get(key));
      systems.add(system);
      for (final JsonNode pair : one.json().path("beats")) {
        if (pair.get("metric").textValue().equals(key)) {
          final Map<String, Object> json = new LinkedHashMap<>();
          json.put("better", one.name());
          json.put("worse", pair.get("system"));
          json.put("share", pair.get("share"));
          json.put("factor", pair.get("factor"));
          pairs.add(json);
        }
      }
    }
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("metric", key);
    json.put("systems", systems);
    json.put("pairs", pairs);
    return json;
  }
}
