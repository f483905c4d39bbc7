package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.report.chart.Axis;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.Tornado;

/** How far figures can be trusted, on the page: nothing where nothing was drawn. */
final class TrustSection {
  private static final List<String> DRAWN = List.of("tokens_per_joule", "tokens_per_usd");

  private TrustSection() {}

  /** What stands below the heading. */
  static Optional<String> html(final List<SystemResult> results) {
    return Trust.of(results).map(TrustSection::html);
  }

  private static String html(final Trust trust) {
    final StringBuilder html = new StringBuilder("<p class=\"note\">");
    html.append("Every number of the descriptions that is not certain was drawn from its range;");
    html.append(" numbers that systems have in common got the same draw. 90 % of the draws lie");
    html.append(" within:</p>\n");
    final List<String> header = new ArrayList<>(List.of(""));
    header.addAll(trust.names());
    final HtmlTable table = HtmlTable.kind("", header.toArray(String[]::new));
    trust.rows().forEach(table::row);
    html.append(table.html()).append("<ul>\n");
    final List<String> sentences = new ArrayList<>(trust.sentences());
    sentences.addAll(trust.turns());
    sentences.forEach(s -> html.append("<li>").append(Html.escape(s)).append("</li>\n"));
    html.append("</ul>\n");
    trust
        .notes()
        .forEach(n -> html.append("<p class=\"note\">").append(Html.escape(n)).append("</p>\n"));
    return html.toString();
  }

  /** Tornados of tokens per joule and per dollar, by file name; none where nothing was drawn. */
  static Map<String, Chart> charts(final List<SystemResult> results) {
    final Map<String, Chart> charts = new LinkedHashMap<>();
    Trust.of(results)
        .ifPresent(
            trust ->
                trust.tornados().stream()
                    .filter(one -> DRAWN.contains(one.metric()) && !one.bars().isEmpty())
                    .forEach(
                        one ->
                            charts.put(
                                "tornado-" + one.metric() + "-" + one.system(), chart(one))));
    return charts;
  }

  private static Chart chart(final Trust.Bars of) {
    return Tornado.of(
        "What the uncertainty of " + of.system() + " comes from",
        Axis.linear(UncertaintyJson.label(of.metric())),
        of.stated(),
        of.bars().stream()
            .map(
                bar ->
                    new Tornado.Swing(
                        bar.parameter(), bar.low(), bar.high(), bar.atLow(), bar.atHigh()))
            .toList());
  }
}
