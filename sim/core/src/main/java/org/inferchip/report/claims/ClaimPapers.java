package org.inferchip.report.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.inferchip.report.Figures;
import org.inferchip.report.PaperTable;
import org.inferchip.report.claims.Verdict.Answer;
import org.inferchip.report.claims.Verdict.Doubt;
import org.inferchip.report.claims.Verdict.Finding;
import org.inferchip.report.claims.Verdict.Word;

/** Verdicts as tables for papers: one of all claims, and two of each. */
public final class ClaimPapers {
  private static final String NONE = "–";

  private ClaimPapers() {}

  /** All tables. */
  public static List<PaperTable> of(final List<Verdict> verdicts) {
    final List<PaperTable> tables = new ArrayList<>();
    tables.add(summary(verdicts));
    verdicts.forEach(
        verdict -> {
          tables.add(findings(verdict));
          tables.add(conditions(verdict));
        });
    return tables;
  }

  private static PaperTable summary(final List<Verdict> verdicts) {
    final List<String> header = new ArrayList<>(List.of("claim", "verdict", "as claimed", "of"));
    for (final Word word : Word.values()) {
      header.add(name(word) + " in draws");
    }
    final List<List<String>> rows = new ArrayList<>();
    for (final Verdict one : verdicts) {
      final List<String> row = new ArrayList<>(List.of(one.claim().statement(), name(one.word())));
      row.add(Long.toString(one.holding()));
      row.add(Integer.toString(one.findings().size()));
      for (final Word word : Word.values()) {
        row.add(one.shares().isEmpty() ? NONE : Figures.percent(one.shares().get(word)));
      }
      rows.add(row);
    }
    return new PaperTable("claims", "Claims, tested", header, rows);
  }

  private static PaperTable findings(final Verdict verdict) {
    final List<String> header =
        List.of("comparison", "load", "figure", "judged", "5 %", "95 %", "claimed", "in draws");
    final List<List<String>> rows = new ArrayList<>();
    for (final Finding one : verdict.findings()) {
      final Optional<Doubt> doubt = one.doubt();
      rows.add(
          List.of(
              one.pair(),
              one.work(),
              one.measure().figure(),
              Figures.of(one.value()),
              doubt.map(of -> Figures.of(of.value().p5())).orElse(NONE),
              doubt.map(of -> Figures.of(of.value().p95())).orElse(NONE),
              one.measure().claimed(),
              doubt.map(of -> Figures.percent(of.holding())).orElse(NONE)));
    }
    final String name = verdict.claim().name();
    return new PaperTable("claim-" + name, verdict.claim().statement(), header, rows);
  }

  private static PaperTable conditions(final Verdict verdict) {
    final List<List<String>> rows = new ArrayList<>();
    for (final Answer one : verdict.answers()) {
      rows.add(List.of(one.question().pair(), one.question().work(), one.sentence()));
    }
    return new PaperTable(
        "conditions-" + verdict.claim().name(),
        "Where it turns: " + verdict.claim().statement(),
        List.of("comparison", "load", "condition"),
        rows);
  }

  private static String name(final Word word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
