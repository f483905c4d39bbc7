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
    html.append("<div class=\"scroll\"><table>\n");
    html.append(
        Html.header(
            "operator",
            "calls",
            "time [s]",
            "of the run",
            "lower bound / time",
            "energy [J]",
            "of the chips",
            "cost [$]",
            "of the cost"));
    for (final OperatorTotal total : result.operators()) {
      if (total.calls() > 0) {
        html.append(row(total));
      }
    }
    html.append("</table></div>\n<div class=\"parts\">");
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
    html.append("<table>\n").append(Html.header("component", unit, of));
    parts.forEach(
        (part, value) -> {
          if (value > 0) {
            html.append(
                Html.row(part.replace('_', ' '), Figures.of(value), Figures.percent(value / all)));
          }
        });
    html.append("</table>\n");
  }

  private String row(final OperatorTotal total) {
    return Html.row(
        total.name(),
        Figures.of(total.calls()),
        Figures.of(total.seconds()),
        Figures.percent(account.share(total.seconds())),
        Figures.percent(total.boundSeconds() / total.seconds()),
        Figures.of(total.joules()),
        Figures.percent(account.energyShare(total.joules())),
        Figures.of(account.dollars(total)),
        Figures.percent(account.dollars(total) / account.allDollars()));
  }
}
