package org.inferchip.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Systems side by side: the rows of the table, and who is first at what. */
public final class Comparison {
  private final List<SystemResult> results;

  /** A comparison, in the order given. */
  public Comparison(final List<SystemResult> results) {
    this.results = List.copyOf(results);
  }

  /** Names of the systems, in the order given. */
  public List<String> names() {
    return results.stream().map(SystemResult::name).toList();
  }

  /** What is compared, as printed: a label with its unit, and the figure of each system. */
  public Map<String, List<String>> rows() {
    final Map<String, List<String>> rows = new LinkedHashMap<>();
    figures().forEach((label, row) -> rows.put(label, row.stream().map(Figure::text).toList()));
    return rows;
  }

  /** What is compared: a label with its unit, and the figure of each system. */
  Map<String, List<Figure>> figures() {
    final Map<String, List<Figure>> rows = new LinkedHashMap<>();
    add(
        rows,
        "chips (tensor x pipeline parallel)",
        r ->
            new Figure(
                r.count("placement/chips")
                    + " ("
                    + r.count("placement/tensor_parallel")
                    + " x "
                    + r.count("placement/pipeline_parallel")
                    + ")",
                r.number("placement/chips")));
    if (results.stream().anyMatch(result -> result.whole("replicas") > 0)) {
      add(
          rows,
          "instances",
          r -> Figure.count(Math.max(1, r.whole("replicas") + r.whole("prefill_replicas"))));
    }
    add(
        rows,
        "weights / stack",
        r -> Figure.text(r.text("placement/weights") + " / " + r.text("stack")));
    add(
        rows,
        "requests completed / rejected / unfinished",
        r ->
            new Figure(
                r.count("completed") + " / " + r.count("rejected") + " / " + r.count("unfinished"),
                r.number("completed")));
    figure(rows, "output [tokens/s]", "output_tokens_per_s");
    figure(rows, "TTFT p50 [ms]", "ttft_ms/p50");
    figure(rows, "TTFT p99 [ms]", "ttft_ms/p99");
    figure(rows, "TPOT p50 [ms]", "tpot_ms/p50");
    figure(rows, "TPOT p99 [ms]", "tpot_ms/p99");
    proven(rows, "TPOT proven [ms]", "guarantee/tpot_ms");
    proven(rows, "TTFT after admission proven [ms]", "guarantee/ttft_after_admission_ms");
    figure(rows, "ITL p99 [ms]", "itl_ms/p99");
    figure(rows, "E2E p50 [ms]", "e2e_ms/p50");
    figure(rows, "E2E p99 [ms]", "e2e_ms/p99");
    figure(rows, "goodput [requests/s]", "goodput_rps");
    add(rows, "busy [% of the time]", r -> Figure.of(100 * r.number("occupancy/busy_share")));
    figure(rows, "chip power [W]", "power_w/chip");
    figure(rows, "system power [W]", "power_w/system");
    figure(rows, "facility power [W]", "power_w/facility");
    figure(rows, "tokens/s per watt = tokens/J (system)", "tokens_per_joule");
    add(
        rows,
        "output tokens/s per MW (facility, at the limit)",
        r -> Figure.of(r.optional("tokens_per_s_per_megawatt/output")));
    figure(rows, "owned [$/h]", "usd_per_hour");
    add(rows, "hours that serve (owned)", r -> Figure.percent(r.number("utilisation")));
    figure(rows, "tokens per $ (owned)", "tokens_per_usd");
    figure(rows, "input [$ per million tokens]", "usd_per_million_tokens/input");
    figure(rows, "output [$ per million tokens]", "usd_per_million_tokens/output");
    add(
        rows,
        "output tokens/s per M$ bought",
        r -> Figure.of(r.optional("tokens_per_s_per_million_usd/output")));
    add(rows, "rented [$/h]", r -> Figure.of(r.optional("rented/usd_per_hour")));
    add(rows, "tokens per $ (rented)", r -> Figure.of(r.optional("rented/tokens_per_usd")));
    add(
        rows,
        "arithmetic executed [operators / tiles]",
        r ->
            new Figure(
                r.count("verified/operators") + " / " + r.count("verified/tiles"),
                r.number("verified/operators")));
    figure(rows, "largest relative error", "verified/max_relative_error");
    add(rows, "violations of laws", r -> Figure.count(r.violations().size()));
    add(rows, "numbers that are estimates", r -> Figure.percent(r.number("estimate_share")));
    return rows;
  }

  /** Names of the systems, best first, by criterion. */
  public Map<String, List<String>> ranking() {
    final Map<String, List<String>> ranking = new LinkedHashMap<>();
    ranking.put("ttft_ms_p99", order(r -> r.number("ttft_ms/p99")));
    ranking.put("tpot_ms_p50", order(r -> r.number("tpot_ms/p50")));
    ranking.put("output_tokens_per_s", order(r -> -r.number("output_tokens_per_s")));
    ranking.put("tokens_per_joule", order(r -> -r.number("tokens_per_joule")));
    ranking.put("tokens_per_usd", order(r -> -r.number("tokens_per_usd")));
    return ranking;
  }

  /** A sentence a system with its main figures, then one a criterion. */
  public List<String> summary() {
    final List<String> all = new ArrayList<>();
    for (final SystemResult r : results) {
      all.add(
          String.format(
              Locale.ROOT,
              "%s, with %d %s, completed %d of %d requests at %s tokens/s: first token after %s"
                  + " ms (p50; p99 %s ms), then one every %s ms (p50); %s tokens per joule at"
                  + " the plug, %s tokens per dollar.",
              r.name(),
              r.count("placement/chips"),
              r.count("placement/chips") == 1 ? "chip" : "chips",
              r.count("completed"),
              r.count("requests"),
              Figures.of(r.number("output_tokens_per_s")),
              Figures.of(r.number("ttft_ms/p50")),
              Figures.of(r.number("ttft_ms/p99")),
              Figures.of(r.number("tpot_ms/p50")),
              Figures.of(r.number("tokens_per_joule")),
              Figures.of(r.number("tokens_per_usd"))));
    }
    all.addAll(sentences());
    return all;
  }

  /** What a reader must know of results that are not of the same work. */
  public List<String> caveats() {
    final List<String> caveats = new ArrayList<>();
    for (final String what : List.of("model", "trace", "policy")) {
      final List<String> values = distinct(what);
      if (values.size() > 1) {
        caveats.add(
            "These results are not of the same "
                + what
                + " ("
                + String.join(", ", values)
                + "), so their differences are not the systems' alone.");
      }
    }
    return caveats;
  }

  /** The values of a text, each once, in the order of the systems. */
  List<String> distinct(final String path) {
    return results.stream().map(result -> result.text(path)).distinct().toList();
  }

  /** One sentence a criterion: who is first and by how much over the last. */
  public List<String> sentences() {
    final List<String> sentences = new ArrayList<>();
    if (results.size() < 2) {
      return sentences;
    }
    sentence(sentences, "shortest TPOT (p50)", "tpot_ms/p50", false, "ms");
    sentence(sentences, "shortest TTFT (p99)", "ttft_ms/p99", false, "ms");
    sentence(sentences, "most tokens per joule", "tokens_per_joule", true, "/J");
    sentence(sentences, "most tokens per dollar", "tokens_per_usd", true, "/$");
    return sentences;
  }

  private void sentence(
      final List<String> to,
      final String what,
      final String path,
      final boolean moreIsBetter,
      final String unit) {
    final Comparator<SystemResult> ascending = Comparator.comparing(r -> r.number(path));
    final List<SystemResult> sorted =
        results.stream().sorted(moreIsBetter ? ascending.reversed() : ascending).toList();
    final SystemResult best = sorted.get(0);
    final SystemResult worst = sorted.get(sorted.size() - 1);
    final double first = best.number(path);
    final double last = worst.number(path);
    final double factor = moreIsBetter ? first / last : last / first;
    to.add(
        best.name()
            + " has the "
            + what
            + ": "
            + Figures.of(first)
            + " "
            + unit
            + ", "
            + Figures.of(factor)
            + " times better than "
            + worst.name()
            + " ("
            + Figures.of(last)
            + " "
            + unit
            + ").");
  }

  private List<String> order(final Function<SystemResult, Double> key) {
    return results.stream().sorted(Comparator.comparing(key)).map(SystemResult::name).toList();
  }

  private void figure(final Map<String, List<Figure>> rows, final String label, final String path) {
    add(rows, label, r -> Figure.of(r.number(path)));
  }

  /** A worst case, where any of the systems has a proven one. */
  private void proven(final Map<String, List<Figure>> rows, final String label, final String path) {
    if (results.stream().anyMatch(result -> !Double.isNaN(result.optional(path)))) {
      add(rows, label, r -> Figure.of(r.optional(path)));
    }
  }

  private void add(
      final Map<String, List<Figure>> rows,
      final String label,
      final Function<SystemResult, Figure> value) {
    rows.put(label, results.stream().map(value).toList());
  }
}
