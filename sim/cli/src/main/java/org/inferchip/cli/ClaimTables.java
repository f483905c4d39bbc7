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
      text.append(" comparisons\n");
      final Table table =
          new Table()
              .left("pair")
              .left("work")
              .left("figure")
              .right("subject")
              .right("against")
              .right("judged")
              .left("claimed")
              .left("holds");
      for (final Finding finding : verdict.findings()) {
        table.row(
            finding.pair(),
            finding.work(),
            finding.measure().figure(),
            Figures.of(finding.subject()),
            Figures.of(finding.against()),
            Figures.of(finding.value()),
            finding.measure().claimed(),
            finding.note().isEmpty() ? finding.holds() ? "yes" : "no" : finding.note());
      }
      text.append(table).append('\n');
    }
    return text.toString();
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
