package org.inferchip.cli;

import java.util.List;
import java.util.Locale;
import org.inferchip.report.Figures;
import org.inferchip.report.claims.Verdict;
import org.inferchip.report.claims.Verdict.Answer;
import org.inferchip.report.claims.Verdict.Finding;

/** Verdicts of claims as console tables. */
final class ClaimTables {
  private ClaimTables() {}

  /** Every comparison. */
  static String verdicts(final List<Verdict> verdicts) {
    final StringBuilder text = new StringBuilder();
    for (final Verdict verdict : verdicts) {
      text.append(verdict.claim().name()).append(": ").append(verdict.claim().statement());
      text.append("\n  ").append(verdict.word().name().toLowerCase(Locale.ROOT)).append(": ");
      text.append(verdict.holding()).append(" of ").append(verdict.findings().size());
      text.append(" comparisons");
      verdict.shares().forEach((word, share) -> text.append(share(word, share)));
      text.append("\n");
      final Table table =
          new Table()
              .left("pair")
              .left("work")
              .left("figure")
              .right("subject")
              .right("against")
              .right("judged")
              .left("claimed")
              .left("holds")
              .right("in draws")
              .right("5 %")
              .right("95 %");
      for (final Finding finding : verdict.findings()) {
        table.row(
            finding.pair(),
            finding.work(),
            finding.measure().figure(),
            Figures.of(finding.subject()),
            Figures.of(finding.against()),
            Figures.of(finding.value()),
            finding.measure().claimed(),
            finding.note().isEmpty() ? finding.holds() ? "yes" : "no" : finding.note(),
            finding.doubt().map(of -> Figures.percent(of.holding())).orElse(""),
            finding.doubt().map(of -> Figures.of(of.value().p5())).orElse(""),
            finding.doubt().map(of -> Figures.of(of.value().p95())).orElse(""));
      }
      text.append(table).append('\n');
    }
    return text.toString();
  }

  private static String share(final Verdict.Word word, final double share) {
    return "; "
        + word.name().toLowerCase(Locale.ROOT)
        + " in "
        + Figures.percent(share)
        + " of the draws";
  }

  /** Under which conditions claims turn. */
  static String conditions(final List<Verdict> verdicts) {
    final StringBuilder text = new StringBuilder();
    for (final Verdict verdict : verdicts) {
      for (final Answer answer : verdict.answers()) {
        text.append(verdict.claim().name()).append(", ").append(answer.question().pair());
        text.append(", ").append(answer.question().work()).append(": ");
        text.append(answer.sentence()).append('\n');
      }
    }
    return text.toString();
  }
}
