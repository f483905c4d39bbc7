package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.simulation.OperatorTotal;

/** The tables of a result for papers, in files below {@code tables}. */
public final class PaperTables {
  /** A form of table. */
  public enum Form {
    /** As GitHub shows it. */
    MD("md"),
    /** LaTeX with the package booktabs. */
    LATEX("tex");

    private final String ending;

    Form(final String ending) {
      this.ending = ending;
    }

    private String text(final PaperTable table) {
      return this == MD ? table.markdown() : table.latex();
    }
  }

  private PaperTables() {}

  /** Writes every table in each form. */
  public static void write(final ResultFolder folder, final Result result, final List<Form> forms) {
    write(folder, of(result), forms);
  }

  /** Writes tables in each form. */
  public static void write(
      final ResultFolder folder, final List<PaperTable> tables, final List<Form> forms) {
    for (final Form form : forms) {
      for (final PaperTable table : tables) {
        folder.write("tables/" + table.name() + "." + form.ending, form.text(table));
      }
    }
  }

  private static List<PaperTable> of(final Result result) {
    final List<PaperTable> tables = new ArrayList<>();
    tables.add(comparison(new Comparison(result.systems())));
    result.systems().forEach(system -> tables.add(operators(system)));
    LoadCurves.of(result.systems()).ifPresent(loads -> tables.add(loads.paper()));
    Trust.of(result.systems()).ifPresent(trust -> tables.add(intervals(trust)));
    return tables;
  }

  private static PaperTable comparison(final Comparison comparison) {
    final List<List<String>> rows = new ArrayList<>();
    comparison.rows().forEach((label, cells) -> rows.add(row(label, cells)));
    return new PaperTable(
        "comparison",
        String.join(" / ", comparison.distinct("model"))
            + " on "
            + String.join(" / ", comparison.distinct("trace")),
        row("", comparison.names()),
        rows);
  }

  private static PaperTable operators(final SystemResult system) {
    final RunAccount account = new RunAccount(system);
    final List<List<String>> rows = new ArrayList<>();
    for (final OperatorTotal total : system.operators()) {
      if (total.calls() > 0) {
        rows.add(
            List.of(
                total.name(),
                Figures.of(total.calls()),
                Figures.of(total.seconds()),
                Figures.percent(account.share(total.seconds())),
                Figures.percent(total.boundSeconds() / total.seconds()),
                Figures.of(total.joules())));
      }
    }
    return new PaperTable(
        "operators-" + system.name(),
        "Operators of " + system.name() + "; energy above idle power",
        List.of("operator", "calls", "time [s]", "of the run", "lower bound / time", "energy [J]"),
        rows);
  }

  private static PaperTable intervals(final Trust trust) {
    final List<List<String>> rows = new ArrayList<>();
    trust.rows().forEach((label, cells) -> rows.add(row(label, cells)));
    return new PaperTable(
        "intervals",
        "Intervals that hold 90 % of the draws of uncertain inputs",
        row("", trust.names()),
        rows);
  }

  private static List<String> row(final String label, final List<String> cells) {
    final List<String> row = new ArrayList<>(List.of(label));
    row.addAll(cells);
    return row;
  }
}
