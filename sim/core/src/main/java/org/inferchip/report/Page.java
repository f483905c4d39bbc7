package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
      .scroll{overflow-x:auto;font-size:.86em}
      .parts{display:flex;flex-wrap:wrap;gap:0 2em;align-items:flex-start}
      .hash td{font:.8em monospace} dt{font-weight:600;margin-top:.6em} dd{margin-left:1.2em}
      @media (max-width:600px){th:first-child{white-space:normal} th,td{padding:.25em .3em}}
      @media print{body{max-width:none;font-size:11px} h2,img{break-inside:avoid}}
      """;

  private final List<SystemResult> results;
  private final String command;

  Page(final Result result) {
    this.results = result.systems();
    this.command = result.command();
  }

  /**
   * The page.
   *
   * @param charts SVG of each chart, by name
   */
  String html(final Map<String, String> charts) {
    final SystemResult first = results.get(0);
    final Comparison comparison = new Comparison(results);
    final StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head>");
    html.append("<meta charset=\"utf-8\"><meta name=\"viewport\"");
    html.append(" content=\"width=device-width,initial-scale=1\"><title>Inferchip: ");
    html.append(Html.escape(names())).append("</title>\n<style>\n").append(STYLE);
    html.append("</style></head><body>\n<h1>").append(Html.escape(names())).append("</h1>\n<p>");
    html.append(Html.escape(String.join(" / ", comparison.distinct("model"))));
    html.append(" on the trace ");
    html.append(Html.escape(String.join(" / ", comparison.distinct("trace")))).append(": ");
    html.append(first.count("requests")).append(" requests, ");
    html.append(Figures.of(first.number("input_tokens"))).append(" prompt tokens.</p>\n");
    html.append("<ul>\n");
    comparison.summary().forEach(s -> html.append("<li>").append(Html.escape(s)).append('\n'));
    html.append("</ul>\n");
    comparison
        .caveats()
        .forEach(c -> html.append("<p class=\"bad\">").append(Html.escape(c)).append("</p>\n"));
    warnings(html);
    html.append("<h2>Side by side</h2>\n<div class=\"scroll\">");
    table(comparison, html);
    html.append("</div>\n");
    reasons(html);
    html.append("<h2>Charts</h2>\n");
    charts.forEach(
        (name, svg) ->
            html.append("<img alt=\"")
                .append(Html.escape(name))
                .append("\" src=\"")
                .append(Html.image(svg))
                .append("\">\n"));
    operators(html);
    checks(html);
    assumptions(html);
    inputs(html);
    html.append("<h2>Reproduce</h2>\n<p><code>").append(Html.escape(command));
    html.append("</code></p>\n<p class=\"note\">inferchip ").append(first.text("build/version"));
    html.append(", revision ").append(Html.escape(first.text("build/revision")));
    return html.append("</p>\n</body></html>\n").toString();
  }

  private String names() {
    return String.join(" / ", results.stream().map(SystemResult::name).toList());
  }

  private void warnings(final StringBuilder html) {
    for (final SystemResult result : results) {
      for (final String warning : result.texts("warnings")) {
        html.append("<p class=\"note\">").append(Html.escape(result.name())).append(": ");
        html.append(Html.escape(warning)).append("</p>\n");
      }
      for (final String violation : result.violations()) {
        html.append("<p class=\"bad\">").append(Html.escape(result.name())).append(": ");
        html.append(Html.escape(violation)).append("</p>\n");
      }
    }
  }

  private void table(final Comparison comparison, final StringBuilder html) {
    final List<String> header = new ArrayList<>(List.of(""));
    results.forEach(result -> header.add(result.name()));
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

  private void reasons(final StringBuilder html) {
    html.append("<h2>Why each is where it is</h2>\n<p class=\"note\">Physical bounds: what");
    html.append(
        " arithmetic, memory and links need at their stated peaks. Beyond them: tiles that");
    html.append(
        " do not fill units, latencies, sharing. Joules and dollars include idle time.</p>\n");
    html.append("<dl>\n");
    for (final SystemResult result : results) {
      html.append("<dt>").append(Html.escape(result.name())).append("\n<dd>");
      html.append(Html.escape(String.join(" ", new Reasons(result).sentences()))).append('\n');
    }
    html.append("</dl>\n");
  }

  private void operators(final StringBuilder html) {
    html.append("<h2>Where time, energy and money go</h2>\n<p class=\"note\">");
    html.append("Energy of an operator is above idle power. An operator pays capital and");
    html.append(" maintenance by its time, electricity by its joules; what is left is the host's");
    html.append(" and the idle chips'.</p>\n");
    results.forEach(r -> html.append(new PageSections(r).operators()));
  }

  private void assumptions(final StringBuilder html) {
    html.append("<h2>Assumptions</h2>\n<ul>\n");
    html.append("<li>Operators of a step run one after the other. The sequences of a decode batch");
    html.append(" count with their mean context. Prefixes are not shared between requests.\n");
    for (final SystemResult result : results) {
      for (final String one : result.texts("assumptions")) {
        html.append("<li>").append(Html.escape(result.name() + ": " + one)).append('\n');
      }
    }
    html.append("</ul>\n");
  }

  private void checks(final StringBuilder html) {
    html.append(
        "<h2>Checks</h2>\n<p>Asserted on every run: no operator is faster than its compute,");
    html.append(" memory and link bounds, bytes and busy times add up, requests and tokens in are");
    html.append(" requests and tokens out, cache blocks add up, no clock goes back, every request");
    html.append(" arrives before it is scheduled and served, Little's law.</p>\n<ul>\n");
    for (final SystemResult r : results) {
      html.append("<li>").append(Html.escape(r.name())).append(": ");
      html.append(r.violations().size())
          .append(" violations; arithmetic of ")
          .append(r.count("verified/tiles"))
          .append(" tiles of ")
          .append(r.count("verified/operators"))
          .append(" operators executed, largest relative error ")
          .append(Figures.of(r.number("verified/max_relative_error")))
          .append("; ")
          .append(r.count("interpolation/steps_checked"));
      html.append(" steps simulated again without interpolation, off by ");
      html.append(Figures.percent(r.number("interpolation/mean_error"))).append(" on average, ");
      html.append(Figures.percent(r.number("interpolation/largest_error"))).append(" at most.\n");
    }
    html.append("</ul>\n");
  }

  private void inputs(final StringBuilder html) {
    html.append("<h2>Inputs</h2>\n<div class=\"scroll\"><table class=\"hash\">\n");
    html.append(Html.header("file", "SHA-256"));
    results.stream()
        .flatMap(r -> r.inputs().stream())
        .distinct()
        .forEach(i -> html.append(Html.row(i.file(), i.sha256())));
    html.append("</table></div>\n");
  }
}
