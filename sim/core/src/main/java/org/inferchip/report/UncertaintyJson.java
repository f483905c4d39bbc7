package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.explore.uncertainty.Interval;
import org.inferchip.explore.uncertainty.Metric;
import org.inferchip.explore.uncertainty.RankProbability;
import org.inferchip.explore.uncertainty.Tornado;
import org.inferchip.explore.uncertainty.Turn;
import org.inferchip.explore.uncertainty.Uncertainty;

/** The JSON form of how far figures can be trusted: keys that stand beside those of a result. */
final class UncertaintyJson {
  private UncertaintyJson() {}

  /** The keys of one system. */
  static Map<String, Object> of(final Uncertainty of, final int system) {
    final Uncertainty.OfSystem one = of.systems().get(system);
    final Map<String, Object> intervals = new LinkedHashMap<>();
    one.intervals()
        .forEach(
            (metric, interval) -> {
              if (Double.isFinite(interval.p95())) {
                intervals.put(metric.key(), interval);
              }
            });
    final Map<String, Object> drawn = new LinkedHashMap<>();
    drawn.put("draws", of.draws());
    drawn.put("seed", of.seed());
    drawn.put("level", 0.9);
    drawn.put("variables", one.variables());
    drawn.put("not_drawn", one.left());
    drawn.put("response_check", one.check());
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("intervals", intervals);
    json.put("tornado", one.tornados().stream().map(UncertaintyJson::tornado).toList());
    json.put("ranks", ranks(of, one.name()));
    json.put("beats", beats(of, one.name()));
    json.put("turns", turns(of, one.name()));
    json.put("uncertainty", drawn);
    return json;
  }

  private static Map<String, Object> tornado(final Tornado of) {
    final List<Map<String, Object>> bars = new ArrayList<>();
    for (final Tornado.Bar bar : of.bars()) {
      final Map<String, Object> json = new LinkedHashMap<>();
      json.put("parameter", bar.parameter());
      json.put("source", bar.source());
      json.put("low", bar.low());
      json.put("value", bar.value());
      json.put("high", bar.high());
      json.put("at_low", bar.atLow());
      json.put("at_high", bar.atHigh());
      json.put("rank_correlation", Double.isNaN(bar.correlation()) ? null : bar.correlation());
      bars.add(json);
    }
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("metric", of.metric().key());
    json.put("stated", of.stated());
    json.put("bars", bars);
    json.put("others", of.others());
    return json;
  }

  /** Share of the draws in which the system is first, second, and so on, by figure. */
  private static Map<String, Object> ranks(final Uncertainty of, final String name) {
    final Map<String, Object> json = new LinkedHashMap<>();
    of.rankings().forEach(one -> json.put(one.metric().key(), one.ranks().get(name)));
    return json;
  }

  /** The systems that this one beats in most draws, by figure. */
  private static List<Map<String, Object>> beats(final Uncertainty of, final String name) {
    final List<Map<String, Object>> list = new ArrayList<>();
    for (final RankProbability ranking : of.rankings()) {
      for (final RankProbability.Pair pair : ranking.pairs()) {
        if (pair.better().equals(name) && Double.isFinite(pair.factor().p95())) {
          final Map<String, Object> json = new LinkedHashMap<>();
          json.put("metric", ranking.metric().key());
          json.put("system", pair.worse());
          json.put("share", pair.share());
          json.put("factor", pair.factor());
          list.add(json);
        }
      }
    }
    return list;
  }

  /** What would have to be true for this system to be beaten by the next. */
  private static List<Map<String, Object>> turns(final Uncertainty of, final String name) {
    final List<Map<String, Object>> list = new ArrayList<>();
    for (final Turn turn : of.turns()) {
      if (turn.better().equals(name)) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("metric", turn.metric().key());
        json.put("system", turn.worse());
        json.put("parameter", turn.parameter());
        json.put("of", turn.of());
        json.put("stated", turn.stated());
        json.put("at", turn.at());
        json.put("factor", turn.factor());
        list.add(json);
      }
    }
    return list;
  }

  /** The label of a figure, by its key. */
  static String label(final String key) {
    for (final Metric metric : Metric.values()) {
      if (metric.key().equals(key)) {
        return metric.label();
      }
    }
    return key;
  }

  /** An interval for people. */
  static String shown(final Interval of) {
    return Figures.of(of.p5()) + " – " + Figures.of(of.p95());
  }
}
