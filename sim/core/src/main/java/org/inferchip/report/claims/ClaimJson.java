package org.inferchip.report.claims;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inferchip.explore.Crossover.Crossing;
import org.inferchip.explore.Crossover.Sample;
import org.inferchip.explore.uncertainty.Interval;
import org.inferchip.report.Build;
import org.inferchip.report.claims.Verdict.Answer;
import org.inferchip.report.claims.Verdict.Doubt;
import org.inferchip.report.claims.Verdict.Finding;

/** The JSON form of verdicts; numbers that do not exist are null. */
public final class ClaimJson {
  private ClaimJson() {}

  /**
   * Verdicts as an ordered map.
   *
   * @param draws of uncertain numbers; 0 for none
   */
  public static Map<String, Object> of(
      final List<Verdict> verdicts, final long seed, final int draws) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("claims", verdicts.stream().map(ClaimJson::verdict).toList());
    json.put("seed", seed);
    json.put("draws", draws);
    json.put("build", Build.current());
    return json;
  }

  private static Map<String, Object> verdict(final Verdict of) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", of.claim().name());
    json.put("statement", of.claim().statement());
    json.put("origin", of.claim().origin());
    json.put("verdict", name(of.word()));
    if (!of.shares().isEmpty()) {
      final Map<String, Object> shares = new LinkedHashMap<>();
      of.shares().forEach((word, share) -> shares.put(name(word), share));
      json.put("verdict_in_draws", shares);
    }
    json.put("holding", of.holding());
    json.put("comparisons", of.findings().size());
    json.put("findings", of.findings().stream().map(ClaimJson::finding).toList());
    json.put("answers", of.answers().stream().map(ClaimJson::answer).toList());
    json.put("caveats", of.claim().caveats());
    json.put("violations", of.violations());
    return json;
  }

  private static String name(final Verdict.Word word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> finding(final Finding of) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("pair", of.pair());
    json.put("work", of.work());
    json.put("figure", of.measure().figure());
    json.put("of", of.measure().isRatio() ? "ratio" : "subject");
    json.put("subject", finite(of.subject()));
    json.put("against", finite(of.against()));
    json.put("value", finite(of.value()));
    json.put("claimed", of.measure().claimed());
    json.put("holds", of.holds());
    json.put("note", of.note());
    of.doubt().ifPresent(doubt -> json.put("in_draws", doubt(doubt)));
    return json;
  }

  private static Map<String, Object> doubt(final Doubt of) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("holding", of.holding());
    json.put("value", interval(of.value()));
    return json;
  }

  private static Map<String, Object> turning(final Turning of) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("always", of.always());
    json.put("never", of.never());
    json.put("turns", of.turns());
    of.at().ifPresent(at -> json.put("at", interval(at)));
    return json;
  }

  private static Map<String, Object> interval(final Interval of) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("p5", finite(of.p5()));
    json.put("p50", finite(of.p50()));
    json.put("p95", finite(of.p95()));
    return json;
  }

  private static Map<String, Object> answer(final Answer of) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("pair", of.question().pair());
    json.put("work", of.question().work());
    json.put("figure", of.question().figure());
    json.put("vary", of.question().vary());
    json.put("unit", of.unit());
    json.put("level", of.crossover().level());
    json.put("crossings", of.crossover().crossings().stream().map(ClaimJson::crossing).toList());
    json.put("samples", of.crossover().samples().stream().map(ClaimJson::sample).toList());
    of.turning().ifPresent(turning -> json.put("in_draws", turning(turning)));
    json.put("sentence", of.sentence());
    return json;
  }

  private static Map<String, Object> crossing(final Crossing of) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("below", of.below());
    json.put("above", of.above());
    json.put("rising", of.rising());
    return json;
  }

  private static Map<String, Object> sample(final Sample of) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", of.at());
    json.put("ratio", finite(of.value()));
    return json;
  }

  private static Double finite(final double value) {
    return Double.isFinite(value) ? value : null;
  }
}
