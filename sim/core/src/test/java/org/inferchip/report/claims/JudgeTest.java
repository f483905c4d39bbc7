package org.inferchip.report.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.explore.Crossover.Crossing;
import org.inferchip.explore.uncertainty.Interval;
import org.inferchip.report.claims.Claim.Contender;
import org.inferchip.report.claims.Claim.Measure;
import org.inferchip.report.claims.Claim.Pair;
import org.inferchip.report.claims.Claim.Question;
import org.inferchip.report.claims.Claim.Work;
import org.inferchip.report.claims.Verdict.Answer;
import org.inferchip.report.claims.Verdict.Finding;
import org.inferchip.report.claims.Verdict.Word;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Judge JUDGE = new Judge(Descriptions.here(), 1, 2, 0);
  private static final Work SHORT =
      new Work("short", "smollm2-135m", Optional.of(1), Optional.empty(), 8, 4);

  private static Contender h100(final Map<String, String> set) {
    return new Contender(
        "h100-sxm",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(set));
  }

  private static Verdict judge(
      final Contender subject, final List<Measure> measures, final List<Question> questions) {
    final Pair pair = new Pair("pair", subject, h100(Map.of()));
    return JUDGE.judge(
        new Claim("mine", "A", "me", List.of(pair), List.of(SHORT), measures, questions, List.of()),
        done -> {});
  }

  private static Measure atLeast(final String figure, final double level) {
    return new Measure(figure, Optional.empty(), Optional.of(level), Optional.empty());
  }

  private static Measure atMost(final String figure, final double level) {
    return new Measure(figure, Optional.empty(), Optional.empty(), Optional.of(level));
  }

  private static Question ask(final double level, final String from, final String to) {
    return new Question(
        "pair", "short", "usd_per_hour_parts/capital", level, "subject.chip.cost.price", from, to);
  }

  @Test
  void shouldFindAMachineAsGoodAsItself() {
    final Verdict verdict =
        judge(
            h100(Map.of()),
            List.of(
                atLeast("tokens_per_joule", 1),
                atMost("tpot_ms/p50", 1),
                atLeast("operators/attention_decode/energy_j", 1)),
            List.of());

    assertEquals(List.of(1.0, 1.0, 1.0), verdict.findings().stream().map(Finding::value).toList());
    assertEquals(Word.HOLDS, verdict.word());
    assertEquals(List.of(), verdict.violations());
  }

  @Test
  void shouldSayThatAClaimDependsWhereItHoldsInPart() {
    final Verdict twice =
        judge(
            h100(Map.of("chip.power.idle", "200 W")),
            List.of(atMost("tpot_ms/p50", 1), atLeast("tokens_per_chip_joule", 1)),
            List.of());

    assertEquals(Word.DEPENDS, twice.word());
    assertEquals(List.of(true, false), twice.findings().stream().map(Finding::holds).toList());
    assertEquals(
        Word.FAILS, judge(h100(Map.of()), List.of(atLeast("tpot_ms/p50", 2)), List.of()).word());
  }

  @Test
  void shouldDrawWhatTwoMachinesHaveInCommonOnce() {
    final Pair pair = new Pair("pair", h100(Map.of("chip.power.idle", "266 W")), h100(Map.of()));
    final Question idle =
        new Question(
            "pair", "short", "tokens_per_joule", 0.9, "subject.chip.power.idle", "100 W", "900 W");
    final Claim claim =
        new Claim(
            "mine",
            "A",
            "me",
            List.of(pair),
            List.of(SHORT),
            List.of(
                atMost("tpot_ms/p50", 1),
                atLeast("tokens_per_chip_joule", 1),
                atLeast("operators/attention_decode/energy_j", 1),
                atMost("verified/max_format_error", 1)),
            List.of(idle),
            List.of());

    final Verdict verdict = new Judge(Descriptions.here(), 1, 2, 40).judge(claim, done -> {});

    // Watts at rest do not move times: the ratio is 1 in every draw.
    final Verdict.Doubt time = verdict.findings().get(0).doubt().orElseThrow();
    assertEquals(1, time.holding());
    assertEquals(1, time.value().p5(), 1e-12);
    assertEquals(1, time.value().p95(), 1e-12);
    final Verdict.Doubt joules = verdict.findings().get(1).doubt().orElseThrow();
    assertEquals(0, joules.holding());
    assertTrue(joules.value().p5() < joules.value().p95() && joules.value().p95() < 1);
    // Above idle, equal chips spend equal joules on attention whatever is drawn.
    assertEquals(1, verdict.findings().get(2).doubt().orElseThrow().value().p5(), 1e-9);
    assertTrue(verdict.findings().get(3).doubt().isEmpty());
    assertEquals(Map.of(Word.HOLDS, 0.0, Word.DEPENDS, 1.0, Word.FAILS, 0.0), verdict.shares());
    final Turning turning = verdict.answers().get(0).turning().orElseThrow();
    final Crossing stated = verdict.answers().get(0).crossover().crossings().get(0);
    final Interval at = turning.at().orElseThrow();
    assertTrue(at.p5() < stated.above() && at.p95() > stated.below(), at.toString());
    assertTrue(verdict.answers().get(0).sentence().contains("of the draws"));
  }

  @Test
  void shouldFindThePriceAtWhichCapitalIsEqual() {
    // The shipped price of an H100 is $28000, and both have one host.
    final Answer answer =
        judge(h100(Map.of()), List.of(), List.of(ask(1, "$10000", "$60000"))).answers().get(0);

    final Crossing crossing = answer.crossover().crossings().get(0);
    assertTrue(crossing.rising());
    assertTrue(crossing.below() < 28000 && 28000 <= crossing.above());
    assertTrue(answer.sentence().contains("reaches 1.00 from $28"), answer.sentence());
  }

  @Test
  void shouldSayWhereARatioIsNeverReached() {
    final Answer answer =
        judge(h100(Map.of()), List.of(), List.of(ask(10, "$10000", "$60000"))).answers().get(0);

    assertTrue(answer.crossover().never());
    assertTrue(answer.sentence().contains("never reaches 10.00 ("), answer.sentence());
  }

  @Test
  void shouldTellAMachineThatCannotDoTheWorkFromABadName() {
    final Work large = new Work("large", "llama-3.1-405b", Optional.of(1), Optional.empty(), 8, 4);
    final Claim claim =
        new Claim(
            "mine",
            "A",
            "me",
            List.of(new Pair("pair", h100(Map.of()), h100(Map.of()))),
            List.of(large),
            List.of(atLeast("tokens_per_joule", 1)),
            List.of(),
            List.of());

    final Finding finding = JUDGE.judge(claim, done -> {}).findings().get(0);
    assertTrue(Double.isNaN(finding.value()) && !finding.holds());
    assertTrue(finding.note().contains("does not fit"), finding.note());
    assertThrows(
        InvalidInputException.class,
        () ->
            judge(
                h100(Map.of("chip.clok", "1 GHz")), List.of(atLeast("tpot_ms/p50", 1)), List.of()));
    assertThrows(
        InvalidInputException.class,
        () -> judge(h100(Map.of()), List.of(atLeast("tpot", 1)), List.of()));
  }
}
