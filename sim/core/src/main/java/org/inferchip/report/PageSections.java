package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription.Enclosure;
import org.inferchip.explore.Evaluation;
import org.inferchip.simulation.OperatorTotal;

/** The sections of the page that are of one system each: where everything goes, assumptions. */
final class PageSections {
  private final Evaluation evaluation;
  private final RunAccount account;

  PageSections(final Evaluation evaluation) {
    this.evaluation = evaluation;
    this.account = new RunAccount(evaluation);
  }

  /** Time, energy and money by operator and by component. */
  String operators() {
    final StringBuilder html = new StringBuilder();
    html.append("<h3>").append(Html.escape(evaluation.name())).append("</h3>\n");
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
    for (final OperatorTotal total : evaluation.operators()) {
      if (total.calls() > 0) {
        html.append(row(total));
      }
    }
    html.append("</table></div>\n<div class=\"parts\">");
    parts(html, "time [s]", "of the run", times(), evaluation.run().rates().durationSeconds());
    parts(
        html,
        "energy [J]",
        "of the chips",
        EnergyParts.of(evaluation.run().energy().chips()),
        evaluation.run().energy().chips().total());
    parts(html, "cost [$]", "of the cost", account.dollars(), account.allDollars());
    return html.append("</div>\n").toString();
  }

  /** Seconds of the run by component; they add up to its duration. */
  private Map<String, Double> times() {
    double bound = 0;
    double launch = 0;
    double beyond = 0;
    for (final OperatorTotal total : evaluation.operators()) {
      bound += total.boundSeconds();
      launch += total.launchSeconds();
      beyond += total.seconds() - total.boundSeconds() - total.launchSeconds();
    }
    final double duration = evaluation.run().rates().durationSeconds();
    final Map<String, Double> times = new LinkedHashMap<>();
    times.put("lower bounds of operators", account.share(bound) * duration);
    times.put("beyond these bounds", account.share(beyond) * duration);
    times.put("launch floors", account.share(launch) * duration);
    times.put("host", account.share(evaluation.hostSeconds()) * duration);
    times.put("no request", account.restShare() * duration);
    return times;
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

  /** What the figures of this system rest on. */
  List<String> assumptions() {
    final Enclosure around = evaluation.plan().system().enclosure();
    final Stack stack = evaluation.plan().system().stack();
    final List<String> list = new ArrayList<>();
    list.add(
        String.format(
            Locale.ROOT,
            "%s: %s schedules at most %,d tokens and %,d sequences a step into a cache of %,d"
                + " blocks of %d tokens (%s of the memory for weights and cache).",
            evaluation.name(),
            stack.name(),
            stack.scheduler().maxBatchedTokens(),
            stack.scheduler().maxSequences(),
            evaluation.plan().kvBlocks(),
            stack.scheduler().blockTokens(),
            Figures.percent(stack.scheduler().memoryUtilisation())));
    list.add(
        String.format(
            Locale.ROOT,
            "%s: the owner writes off over %s years, pays $%s a kilowatt-hour at a PUE of %s, and"
                + " serves %s of all hours; %s of the numbers of the description are estimates.",
            evaluation.name(),
            Figures.of(around.depreciation()),
            Figures.of(around.electricity()),
            Figures.of(around.pue()),
            Figures.percent(around.utilisation()),
            Figures.percent(evaluation.estimateShare())));
    return list;
  }
}
