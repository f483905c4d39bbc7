package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inferchip.explore.Evaluation;

/** The report as one HTML file that needs no network: tables, charts, inputs, checks. */
final class Page {
  static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;color:#222}
      body{max-width:1080px;margin:2em auto;padding:0 1em}
      h1{font-size:1.6em;margin-bottom:.2em}
      h2{font-size:1.2em;margin-top:2em;border-bottom:1px solid #ccc}
      h3{font-size:1em;margin-bottom:0}
      table{border-collapse:collapse;margin:1em 0;font-variant-numeric:tabular-nums}
      th,td{white-space:nowrap;padding:.25em .6em;border-bottom:1px solid #e4e4e4;text-align:right}
      th:first-child{text-align:left;font-weight:normal}
      tr:first-child th{font-weight:600;border-bottom:2px solid #999}
      img{width:100%;max-width:900px;display:block;margin:1em 0} .note{color:#666;font-size:.9em}
      code{background:#f3f3f3;padding:.1em .3em} .bad{color:#b00020;font-weight:600}
      .scroll{overflow-x:auto} .parts{display:flex;flex-wrap:wrap;gap:0 2em;align-items:flex-start}
      .hash td{font:.8em monospace}
      @media print{body{max-width:none;font-size:11px} h2,img{break-inside:avoid}}
      """;

  private final List<Evaluation> evaluations;
  private final String command;

  Page(final List<Evaluation> evaluations, final String command) {
    this.evaluations = List.copyOf(evaluations);
    this.command = command;
  }

  /**
   * The page.
   *
   * @param charts PNG of each chart as base64, by name
   */
  String html(final Map<String, String> charts) {
    final Evaluation first = evaluations.get(0);
    final StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head>");
    html.append("<meta charset=\"utf-8\"><title>Inferchip: ");
    html.append(Html.escape(names())).append("</title>\n<style>\n").append(STYLE);
    html.append("</style></head><body>\n<h1>").append(Html.escape(names())).append("</h1>\n<p>");
    html.append(Html.escape(first.plan().model().name())).append(" on the trace ");
    html.append(Html.escape(first.run().trace())).append(": ");
    html.append(first.run().counts().requests()).append(" requests, ");
    html.append(Figures.of(first.run().counts().inputTokens())).append(" prompt tokens.</p>\n");
    final Comparison comparison = new Comparison(evaluations);
    html.append("<ul>\n");
    comparison.summary().forEach(s -> html.append("<li>").append(Html.escape(s)).append('\n'));
    html.append("</ul>\n");
    warnings(html);
    html.append("<h2>Side by side</h2>\n<div class=\"scroll\">");
    table(comparison, html);
    html.append("</div>\n<h2>Charts</h2>\n");
    charts.forEach(
        (name, png) ->
            html.append("<img alt=\"")
                .append(Html.escape(name))
                .append("\" src=\"data:image/png;base64,")
                .append(png)
                .append("\">\n"));
    operators(html);
    checks(html);
    assumptions(html);
    inputs(html);
    html.append("<h2>Reproduce</h2>\n<p><code>").append(Html.escape(command));
    html.append("</code></p>\n<p class=\"note\">inferchip ").append(Build.current().version());
    html.append(", revision ").append(Html.escape(Build.current().revision()));
    return html.append("</p>\n</body></html>\n").toString();
  }

  private String names() {
    return String.join(" / ", evaluations.stream().map(Evaluation::name).toList());
  }

  private void warnings(final StringBuilder html) {
    for (final Evaluation evaluation : evaluations) {
      for (final String warning : evaluation.run().warnings()) {
        html.append("<p class=\"note\">").append(Html.escape(evaluation.name())).append(": ");
        html.append(Html.escape(warning)).append("</p>\n");
      }
      for (final String violation : evaluation.violations()) {
        html.append("<p class=\"bad\">").append(Html.escape(evaluation.name())).append(": ");
        html.append(Html.escape(violation)).append("</p>\n");
      }
    }
  }

  private void table(final Comparison comparison, final StringBuilder html) {
    final List<String> header = new ArrayList<>(List.of(""));
    evaluations.forEach(evaluation -> header.add(evaluation.name()));
    html.append("<table>\n").append(Html.header(header.toArray(String[]::new)));
    comparison
        .rows()
        .forEach(
            (label, figures) -> {
              final List<String> cells = new ArrayList<>(List.of(label));
              cells.addAll(figures);
              html.append(Html.row(cells.toArray(String[]::new)));
            });
    html.append("</table>\n");
  }

  private void operators(final StringBuilder html) {
    html.append("<h2>Where time, energy and money go</h2>\n<p class=\"note\">");
    html.append("Energy of an operator is above idle power. An operator pays capital and");
    html.append(" maintenance by its time, electricity by its joules; what is left is the host's");
    html.append(" and the idle chips'.</p>\n");
    evaluations.forEach(e -> html.append(new PageSections(e).operators()));
  }

  private void assumptions(final StringBuilder html) {
    html.append("<h2>Assumptions</h2>\n<ul>\n");
    html.append("<li>Operators of a step run one after the other. The sequences of a decode batch");
    html.append(" count with their mean context. Prefixes are not shared between requests.\n");
    evaluations.stream()
        .flatMap(e -> new PageSections(e).assumptions().stream())
        .forEach(a -> html.append("<li>").append(Html.escape(a)).append('\n'));
    html.append("</ul>\n");
  }

  private void checks(final StringBuilder html) {
    html.append(
        "<h2>Checks</h2>\n<p>Asserted on every run: no operator is faster than its compute,");
    html.append(" memory and link bounds, bytes and busy times add up, requests and tokens in are");
    html.append(" requests and tokens out, cache blocks add up, no clock goes back, every request");
    html.append(" arrives before it is scheduled and served, Little's law.</p>\n<ul>\n");
    for (final Evaluation e : evaluations) {
      html.append("<li>").append(Html.escape(e.name())).append(": ");
      html.append(e.violations().size())
          .append(" violations; arithmetic of ")
          .append(e.verified().tiles())
          .append(" tiles of ")
          .append(e.verified().operators())
          .append(" operators executed, largest relative error ")
          .append(Figures.of(e.verified().maxRelativeError()))
          .append("; ")
          .append(e.interpolation().stepsChecked());
      html.append(" steps simulated again without interpolation, off by ");
      html.append(Figures.percent(e.interpolation().meanError())).append(" on average, ");
      html.append(Figures.percent(e.interpolation().largestError())).append(" at most.\n");
    }
    html.append("</ul>\n");
  }

  private void inputs(final StringBuilder html) {
    html.append("<h2>Inputs</h2>\n<div class=\"scroll\"><table class=\"hash\">\n");
    html.append(Html.header("file", "SHA-256"));
    evaluations.stream()
        .flatMap(e -> e.inputs().stream())
        .distinct()
        .forEach(i -> html.append(Html.row(i.file(), i.sha256())));
    html.append("</table></div>\n");
  }
}
