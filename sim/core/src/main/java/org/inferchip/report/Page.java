package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report as one HTML file that needs no network: tables, charts, inputs, checks. */
final class Page {
  private static final int NAMED = 3;

  private final List<SystemResult> results;
  private final Comparison comparison;
  private final String command;

  Page(final Result result) {
    this.results = result.systems();
    this.comparison = new Comparison(results);
    this.command = result.command();
  }

  /** The page, with these charts in their order. */
  String html(final List<ChartFigure> charts) {
    final Map<String, String> sections = new LinkedHashMap<>();
    sections.put("Side by side", table());
    LoadCurves.of(results).ifPresent(loads -> sections.put("At other loads", loads.html()));
    TrustSection.html(results).ifPresent(html -> sections.put("How sure this is", html));
    sections.put("Why each is where it is", reasons());
    sections.put("Charts", charts(charts));
    sections.put("Where time, energy and money go", operators());
    sections.put("Checks", checks());
    sections.put("Assumptions", assumptions());
    sections.put("Inputs", new InputSection(results).html());
    final StringBuilder html = new StringBuilder();
    html.append("<h1>").append(Html.escape(title())).append("</h1>\n");
    navigation(html, sections.keySet());
    summary(html);
    sections.forEach(
        (name, body) ->
            html.append("<h2 id=\"")
                .append(anchor(name))
                .append("\">")
                .append(name)
                .append("</h2>\n")
                .append(body));
    final SystemResult first = results.get(0);
    html.append(
        HtmlPage.reproduce(
            command, first.text("build/version"), first.text("build/revision"), first.seed()));
    return HtmlPage.of("Inferchip: " + title(), html.toString());
  }

  private String title() {
    return results.size() <= NAMED
        ? String.join(" / ", comparison.names())
        : String.join(" / ", comparison.distinct("model")) + " on " + results.size() + " systems";
  }

  private static String anchor(final String section) {
    return section.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]+", "-");
  }

  private static void navigation(final StringBuilder html, final Iterable<String> sections) {
    html.append("<nav aria-label=\"Sections\">");
    sections.forEach(
        name ->
            html.append("<a href=\"#")
                .append(anchor(name))
                .append("\">")
                .append(name)
                .append("</a> "));
    html.append("<a href=\"#reproduce\">Reproduce</a></nav>\n");
  }

  private void summary(final StringBuilder html) {
    final SystemResult first = results.get(0);
    html.append("<p>").append(Html.escape(String.join(" / ", comparison.distinct("model"))));
    html.append(" on the trace ");
    html.append(Html.escape(String.join(" / ", comparison.distinct("trace")))).append(": ");
    html.append(first.count("requests")).append(" requests, ");
    html.append(Figures.of(first.number("input_tokens"))).append(" prompt tokens.</p>\n<ul>\n");
    comparison.summary().forEach(s -> html.append("<li>").append(Html.escape(s)).append("</li>\n"));
    html.append("</ul>\n");
    comparison.caveats().forEach(text -> paragraph(html, "bad", text));
    together(SystemResult::violations).forEach(text -> paragraph(html, "bad", text));
    together(result -> result.texts("warnings")).forEach(text -> paragraph(html, "note", text));
  }

  private static void paragraph(final StringBuilder html, final String kind, final String text) {
    html.append("<p class=\"").append(kind).append("\">").append(Html.escape(text));
    html.append("</p>\n");
  }

  /** Texts with the systems that they are of before them; what several say stands once. */
  private List<String> together(
      final java.util.function.Function<SystemResult, List<String>> texts) {
    final Map<String, List<String>> names = new LinkedHashMap<>();
    for (final SystemResult result : results) {
      for (final String text : texts.apply(result)) {
        names.computeIfAbsent(text, one -> new ArrayList<>()).add(result.name());
      }
    }
    final List<String> all = new ArrayList<>();
    names.forEach((text, of) -> all.add(String.join(", ", of) + ": " + text));
    return all;
  }

  private String table() {
    final List<String> header = new ArrayList<>(List.of(""));
    header.addAll(comparison.names());
    final String hint =
        results.size() > 1 ? "A click on a row's name orders the systems by that row." : "";
    final HtmlTable table = HtmlTable.byRow(hint, header);
    comparison.figures().forEach(table::row);
    return table.html();
  }

  private String reasons() {
    final StringBuilder html = new StringBuilder();
    paragraph(
        html,
        "note",
        "Physical bounds: what arithmetic, memory and links need at their stated peaks. Beyond"
            + " them: tiles that do not fill units, latencies, sharing. Joules and dollars include"
            + " idle time.");
    html.append("<dl>\n");
    for (final SystemResult result : results) {
      html.append("<dt>").append(Html.escape(result.name())).append("</dt>\n<dd>");
      html.append(Html.escape(String.join(" ", new Reasons(result).sentences())));
      html.append("</dd>\n");
    }
    return html.append("</dl>\n").toString();
  }

  private static String charts(final List<ChartFigure> charts) {
    final StringBuilder html = new StringBuilder();
    paragraph(
        html,
        "note",
        "Values show under the pointer, and with the arrow keys on a chart. Each chart stands as"
            + " PNG, SVG and CSV in the folder charts beside this page.");
    html.append("<div class=\"charts\">\n");
    charts.forEach(chart -> html.append(chart.html()));
    return html.append("</div>\n").toString();
  }

  private String operators() {
    final StringBuilder html = new StringBuilder();
    paragraph(
        html,
        "note",
        "Energy of an operator is above idle power. An operator pays all but electricity by its"
            + " time, electricity by its joules; what is left is the host's and the idle chips'.");
    results.forEach(r -> html.append(new PageSections(r).operators()));
    return html.toString();
  }

  private String assumptions() {
    final StringBuilder html = new StringBuilder("<ul>\n");
    html.append("<li>Operators of a step run one after the other. The sequences of a decode batch");
    html.append(" count with their mean context.</li>\n");
    together(result -> result.texts("assumptions"))
        .forEach(one -> html.append("<li>").append(Html.escape(one)).append("</li>\n"));
    return html.append("</ul>\n").toString();
  }

  private String checks() {
    final StringBuilder html = new StringBuilder();
    html.append("<p>Asserted on every run: no operator is faster than its compute, memory and");
    html.append(" link bounds, bytes and busy times add up, joules are the sum of their parts,");
    html.append(" requests and tokens in are requests and tokens out, cache blocks add up, no");
    html.append(" clock goes back, every request arrives before it is scheduled and served,");
    html.append(" Little's law.</p>\n");
    final HtmlTable table =
        HtmlTable.of(
            "",
            "system",
            "violations",
            "operators executed",
            "tiles executed",
            "largest relative error",
            "steps simulated again",
            "mean error of interpolation",
            "largest");
    for (final SystemResult r : results) {
      table.row(
          r.name(),
          Figure.count(r.violations().size()),
          Figure.count(r.count("verified/operators")),
          Figure.count(r.count("verified/tiles")),
          Figure.of(r.number("verified/max_relative_error")),
          Figure.count(r.count("interpolation/steps_checked")),
          Figure.percent(r.number("interpolation/mean_error")),
          Figure.percent(r.number("interpolation/largest_error")));
    }
    return html.append(table.html()).toString();
  }
}
