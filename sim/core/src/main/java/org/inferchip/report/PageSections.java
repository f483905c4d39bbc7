package org.inferchip.report;

import java.util.Map;
import org.inferchip.simulation.OperatorTotal;

/** The sections of the page that are of one system each: where everything goes. */
final class PageSections {
  private final SystemResult result;
  private final RunAccount account;

  PageSections(final SystemResult result) {
    this.result = result;
    this.account = new RunAccount(result);
  }

  /** Time, energy and money by operator and by component. */
  String operators() {
    final StringBuilder html = new StringBuilder();
    html.append("<h3>").append(Html.escape(result.name())).append("</h3>\n");
    final HtmlTable table =
        HtmlTable.of(
            "",
            "operator",
            "calls",
            "time [s]",
            "of the run",
            "lower bound / time",
            "energy [J]",
            "of the chips",
            "cost [$]",
            "of the cost");
    for (final OperatorTotal total : result.operators()) {
      if (total.calls() > 0) {
        row(table, total);
      }
    }
    html.append(table.html()).append("<div class=\"parts\">");
    parts(html, "time [s]", "of the run", account.times(), result.number("duration_s"));
    parts(html, "energy [J]", "of the chips", result.energy(), result.number("energy_j/total"));
    parts(html, "cost [$]", "of the cost", account.dollars(), account.allDollars());
    return html.append("</div>\n").toString();
  }

  private static void parts(
      final StringBuilder html,
      final String unit,
      final String of,
      final Map<String, Double> parts,
      final double all) {
    final HtmlTable table = HtmlTable.of("", "component", unit, of);
    parts.forEach(
        (part, value) -> {
          if (value > 0) {
            table.row(part.replace('_', ' '), Figure.of(value), Figure.percent(value / all));
          }
        });
    html.append(table.html());
  }

  private void row(final HtmlTable table, final OperatorTotal total) {
    table.row(
        total.name(),
        Figure.of(total.calls()),
        Figure.of(total.seconds()),
        Figure.percent(account.share(total.seconds())),
        Figure.percent(total.boundSeconds() / total.seconds()),
        Figure.of(total.joules()),
        Figure.percent(account.energyShare(total.joules())),
        Figure.of(account.dollars(total)),
        Figure.percent(account.dollars(total) / account.allDollars()));
  }
}
