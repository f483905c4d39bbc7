package org.inferchip.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.inferchip.explore.Evaluation;

/** Systems side by side: the rows of the table, and who is first at what. */
public final class Comparison {
  private final List<Evaluation> evaluations;

  /** A comparison, in the order given. */
  public Comparison(final List<Evaluation> evaluations) {
    this.evaluations = List.copyOf(evaluations);
  }

  /** Names of the systems, in the order given. */
  public List<String> names() {
    return evaluations.stream().map(Evaluation::name).toList();
  }

  /** What is compared: a label with its unit, and the figure of each system. */
  public Map<String, List<String>> rows() {
    final Map<String, List<String>> rows = new LinkedHashMap<>();
    add(
        rows,
        "chips (tensor x pipeline parallel)",
        e ->
            e.plan().chips()
                + " ("
                + e.plan().tensorParallel()
                + " x "
                + e.plan().pipelineParallel()
                + ")");
    add(
        rows,
        "weights / stack",
        e -> e.plan().weights().key() + " / " + e.plan().system().stack().name());
    add(
        rows,
        "requests completed / rejected / unfinished",
        e ->
            e.run().counts().completed()
                + " / "
                + e.run().counts().rejected()
                + " / "
                + e.run().counts().unfinished());
    figure(rows, "output [tokens/s]", e -> e.run().rates().outputTokensPerSecond());
    figure(rows, "TTFT p50 [ms]", e -> e.run().latencies().ttft().p50());
    figure(rows, "TTFT p99 [ms]", e -> e.run().latencies().ttft().p99());
    figure(rows, "TPOT p50 [ms]", e -> e.run().latencies().tpot().p50());
    figure(rows, "TPOT p99 [ms]", e -> e.run().latencies().tpot().p99());
    figure(rows, "ITL p99 [ms]", e -> e.run().latencies().itl().p99());
    figure(rows, "E2E p50 [ms]", e -> e.run().latencies().e2e().p50());
    figure(rows, "E2E p99 [ms]", e -> e.run().latencies().e2e().p99());
    figure(rows, "goodput [requests/s]", e -> e.run().rates().goodputPerSecond());
    figure(rows, "busy [% of the time]", e -> 100 * e.run().occupancy().busyShare());
    figure(rows, "chip power [W]", e -> e.run().energy().watts().chip());
    figure(rows, "system power [W]", e -> e.run().energy().watts().system());
    figure(rows, "facility power [W]", e -> e.run().energy().watts().facility());
    figure(rows, "tokens/s per watt = tokens/J (system)", e -> e.run().energy().tokensPerJoule());
    figure(rows, "owned [$/h]", e -> e.hourly().owned());
    figure(rows, "tokens per $ (owned)", e -> e.owned().tokensPerDollar());
    figure(rows, "input [$ per million tokens]", e -> e.owned().input());
    figure(rows, "output [$ per million tokens]", e -> e.owned().output());
    figure(rows, "rented [$/h]", e -> e.hourly().rental().orElse(Double.NaN));
    figure(
        rows,
        "tokens per $ (rented)",
        e -> e.rented() == null ? Double.NaN : e.rented().tokensPerDollar());
    add(
        rows,
        "arithmetic executed [operators / tiles]",
        e -> e.verified().operators() + " / " + e.verified().tiles());
    figure(rows, "largest relative error", e -> e.verified().maxRelativeError());
    add(rows, "violations of laws", e -> Integer.toString(e.violations().size()));
    add(rows, "numbers that are estimates", e -> Figures.percent(e.estimateShare()));
    return rows;
  }

  /** Names of the systems, best first, by criterion. */
  public Map<String, List<String>> ranking() {
    final Map<String, List<String>> ranking = new LinkedHashMap<>();
    ranking.put("ttft_ms_p99", order(e -> e.run().latencies().ttft().p99()));
    ranking.put("tpot_ms_p50", order(e -> e.run().latencies().tpot().p50()));
    ranking.put("output_tokens_per_s", order(e -> -e.run().rates().outputTokensPerSecond()));
    ranking.put("tokens_per_joule", order(e -> -e.run().energy().tokensPerJoule()));
    ranking.put("tokens_per_usd", order(e -> -e.owned().tokensPerDollar()));
    return ranking;
  }

  /** A sentence a system with its main figures, then one a criterion. */
  public List<String> summary() {
    final List<String> all = new ArrayList<>();
    for (final Evaluation e : evaluations) {
      all.add(
          String.format(
              Locale.ROOT,
              "%s, with %d %s, completed %d of %d requests at %s tokens/s: first token after %s"
                  + " ms (p50; p99 %s ms), then one every %s ms (p50); %s tokens per joule at"
                  + " the plug, %s tokens per dollar.",
              e.name(),
              e.plan().chips(),
              e.plan().chips() == 1 ? "chip" : "chips",
              e.run().counts().completed(),
              e.run().counts().requests(),
              Figures.of(e.run().rates().outputTokensPerSecond()),
              Figures.of(e.run().latencies().ttft().p50()),
              Figures.of(e.run().latencies().ttft().p99()),
              Figures.of(e.run().latencies().tpot().p50()),
              Figures.of(e.run().energy().tokensPerJoule()),
              Figures.of(e.owned().tokensPerDollar())));
    }
    all.addAll(sentences());
    return all;
  }

  /** One sentence a criterion: who is first and by how much over the last. */
  public List<String> sentences() {
    final List<String> sentences = new ArrayList<>();
    if (evaluations.size() < 2) {
      return sentences;
    }
    sentence(sentences, "shortest TPOT (p50)", e -> e.run().latencies().tpot().p50(), false, "ms");
    sentence(sentences, "shortest TTFT (p99)", e -> e.run().latencies().ttft().p99(), false, "ms");
    sentence(
        sentences, "most tokens per joule", e -> e.run().energy().tokensPerJoule(), true, "/J");
    sentence(sentences, "most tokens per dollar", e -> e.owned().tokensPerDollar(), true, "/$");
    return sentences;
  }

  private void sentence(
      final List<String> to,
      final String what,
      final Function<Evaluation, Double> figure,
      final boolean moreIsBetter,
      final String unit) {
    final Comparator<Evaluation> ascending = Comparator.comparing(figure);
    final List<Evaluation> sorted =
        evaluations.stream().sorted(moreIsBetter ? ascending.reversed() : ascending).toList();
    final Evaluation best = sorted.get(0);
    final Evaluation worst = sorted.get(sorted.size() - 1);
    final double first = figure.apply(best);
    final double last = figure.apply(worst);
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

  private List<String> order(final Function<Evaluation, Double> key) {
    return evaluations.stream().sorted(Comparator.comparing(key)).map(Evaluation::name).toList();
  }

  private void figure(
      final Map<String, List<String>> rows,
      final String label,
      final Function<Evaluation, Double> value) {
    add(rows, label, e -> Figures.of(value.apply(e)));
  }

  private void add(
      final Map<String, List<String>> rows,
      final String label,
      final Function<Evaluation, String> value) {
    rows.put(label, evaluations.stream().map(value).toList());
  }
}
