package org.inferchip.report.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.inferchip.report.Build;
import org.inferchip.report.ChartFiles;
import org.inferchip.report.Figure;
import org.inferchip.report.Figures;
import org.inferchip.report.Html;
import org.inferchip.report.HtmlPage;
import org.inferchip.report.HtmlTable;
import org.inferchip.report.ResultFolder;
import org.inferchip.report.chart.Axis;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.Lines;
import org.inferchip.report.chart.Series;
import org.inferchip.report.claims.Verdict.Answer;
import org.inferchip.report.claims.Verdict.Finding;

/** Writes the claims report: {@code index.html}, and a chart of each question. */
public final class ClaimsWriter {
  private static final String DRAWN =
      "<p class=\"note\">In draws: every uncertain number of the descriptions, and the error of the"
          + " simulation itself, was drawn; numbers that two machines have in common were drawn"
          + " once. A dash stands where a figure does not follow them.</p>\n";

  private final ResultFolder folder;
  private final String command;
  private final long seed;

  /**
   * A writer.
   *
   * @param command that makes the report again
   * @param seed of loads and samples
   */
  public ClaimsWriter(final ResultFolder folder, final String command, final long seed) {
    this.folder = folder;
    this.command = command;
    this.seed = seed;
  }

  /** Writes all files. */
  public void write(final List<Verdict> verdicts) {
    final StringBuilder html = new StringBuilder("<h1>What is said of the field, tested</h1>\n");
    html.append("<p>Each claim was put as comparisons: two machines serve the same load, and a");
    html.append(" figure of one is divided by that of the other. A claim holds where every");
    html.append(" comparison is as claimed, and fails where none is. Where it depends, the");
    html.append(" conditions say at which value of one thing the ratio turns.</p>\n");
    html.append(summary(verdicts));
    for (final Verdict verdict : verdicts) {
      html.append(section(verdict));
    }
    html.append(inputs(verdicts));
    html.append(
        HtmlPage.reproduce(
            command, Build.current().version(), Build.current().revision(), Long.toString(seed)));
    folder.write("index.html", HtmlPage.of("Inferchip: claims, tested", html.toString()));
  }

  private static String summary(final List<Verdict> verdicts) {
    final List<String> header =
        new ArrayList<>(List.of("claim", "verdict", "comparisons as claimed", "of"));
    final boolean drawn = verdicts.stream().anyMatch(one -> !one.shares().isEmpty());
    if (drawn) {
      for (final Verdict.Word word : Verdict.Word.values()) {
        header.add(name(word) + " in draws");
      }
    }
    final HtmlTable table = HtmlTable.of("", header.toArray(String[]::new));
    for (final Verdict verdict : verdicts) {
      final List<Object> cells =
          new ArrayList<>(
              List.of(
                  name(verdict.word()),
                  Figure.count(verdict.holding()),
                  Figure.count(verdict.findings().size())));
      verdict.shares().values().forEach(share -> cells.add(Figure.percent(share)));
      table.row(verdict.claim().statement(), cells);
    }
    return table.html() + (drawn ? DRAWN : "");
  }

  private String section(final Verdict verdict) {
    final StringBuilder html = new StringBuilder("<h2 id=\"");
    html.append(Html.escape(verdict.claim().name())).append("\">");
    html.append(Html.escape(verdict.claim().statement())).append("</h2>\n<p class=\"note\">");
    html.append(Html.escape(verdict.claim().origin())).append("</p>\n<p><strong>");
    html.append(name(verdict.word()))
        .append("</strong>: ")
        .append(verdict.holding())
        .append(" of ");
    html.append(verdict.findings().size()).append(" comparisons are as claimed.</p>\n");
    for (final String law : verdict.violations()) {
      html.append("<p class=\"bad\">").append(Html.escape(law)).append("</p>\n");
    }
    html.append(findings(verdict)).append("<h3>Conditions</h3>\n<ul>\n");
    for (final Answer answer : verdict.answers()) {
      html.append("<li>").append(Html.escape(title(answer) + ". " + answer.sentence()));
      html.append("</li>\n");
    }
    html.append("</ul>\n<div class=\"charts\">");
    for (int i = 0; i < verdict.answers().size(); i++) {
      html.append(figure(verdict.claim().name() + "-" + (i + 1), verdict.answers().get(i)));
    }
    html.append("</div>\n<h3>What this leaves open</h3>\n<ul>\n");
    for (final String caveat : verdict.claim().caveats()) {
      html.append("<li>").append(Html.escape(caveat)).append("</li>\n");
    }
    return html.append("</ul>\n").toString();
  }

  private static String findings(final Verdict verdict) {
    final boolean drawn = !verdict.shares().isEmpty();
    final List<String> header = new ArrayList<>(List.of("comparison", "load", "figure", "subject"));
    header.addAll(List.of("other", "judged", "claimed", "holds"));
    if (drawn) {
      header.addAll(List.of("judged, 5 %", "95 %", "holds in draws"));
    }
    final HtmlTable table = HtmlTable.of("", header.toArray(String[]::new));
    for (final Finding one : verdict.findings()) {
      final List<Object> cells = new ArrayList<>(List.of(one.work(), one.measure().figure()));
      cells.add(Figure.of(one.subject()));
      cells.add(Figure.of(one.against()));
      cells.add(Figure.of(one.value()));
      cells.add(one.measure().claimed());
      cells.add(one.note().isEmpty() ? one.holds() ? "yes" : "no" : one.note());
      if (drawn) {
        cells.add(Figure.of(one.doubt().map(of -> of.value().p5()).orElse(Double.NaN)));
        cells.add(Figure.of(one.doubt().map(of -> of.value().p95()).orElse(Double.NaN)));
        cells.add(one.doubt().map(of -> Figure.percent(of.holding())).orElse(Figure.text("–")));
      }
      table.row(one.pair(), cells);
    }
    return table.html();
  }

  private String figure(final String name, final Answer answer) {
    final List<Double> at = new ArrayList<>();
    final List<Double> ratio = new ArrayList<>();
    answer
        .crossover()
        .samples()
        .forEach(
            sample -> {
              if (!Double.isNaN(sample.value())) {
                at.add(sample.at());
                ratio.add(sample.value());
              }
            });
    if (at.size() < 2) {
      return "";
    }
    final double[] x = array(at);
    final double level = answer.crossover().level();
    final String unit = answer.unit().isEmpty() ? "1" : answer.unit();
    final Chart chart =
        Lines.of(
            title(answer),
            Axis.log(answer.question().vary() + " [" + unit + "]"),
            Axis.log("Ratio of " + answer.question().figure() + " [1]"),
            List.of(
                new Series("ratio", x, array(ratio)),
                new Series(
                    "level " + Figures.of(level),
                    new double[] {x[0], x[x.length - 1]},
                    new double[] {level, level})));
    return new ChartFiles(folder).write(name, chart).html();
  }

  private static double[] array(final List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static String title(final Answer answer) {
    return answer.question().pair() + ", " + answer.question().work();
  }

  private static String name(final Verdict.Word word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private static String inputs(final List<Verdict> verdicts) {
    final HtmlTable table = HtmlTable.kind("hash", "file", "SHA-256");
    final Map<String, String> files = new TreeMap<>();
    verdicts.forEach(one -> one.inputs().forEach(file -> files.put(file.file(), file.sha256())));
    files.forEach(table::row);
    return "<h2 id=\"inputs\">Inputs</h2>\n" + table.html();
  }
}
