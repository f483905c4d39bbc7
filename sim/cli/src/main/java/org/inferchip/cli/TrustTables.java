package org.inferchip.cli;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.report.Figures;
import org.inferchip.report.SystemResult;
import org.inferchip.report.Trust;

/** How far figures can be trusted, on the console. */
final class TrustTables {
  private static final int BARS = 5;

  private TrustTables() {}

  /** Texts to print; none where nothing was drawn. */
  static List<Object> of(final List<SystemResult> results) {
    return Trust.of(results).map(TrustTables::of).orElse(List.of());
  }

  private static List<Object> of(final Trust trust) {
    final List<Object> texts = new ArrayList<>();
    final Table intervals = new Table().left("90 % of the draws lie within");
    trust.names().forEach(intervals::right);
    trust
        .rows()
        .forEach(
            (label, cells) -> {
              final List<Object> row = new ArrayList<>(List.of(label));
              row.addAll(cells);
              intervals.row(row.toArray());
            });
    texts.add(intervals);
    for (final List<String> sentences : List.of(trust.sentences(), trust.turns())) {
      if (!sentences.isEmpty()) {
        texts.add(String.join("\n", sentences));
      }
    }
    for (final Trust.Bars one : trust.tornados()) {
      if (one.metric().startsWith("tokens_per_")) {
        texts.add(tornado(one));
      }
    }
    texts.add(String.join("\n", trust.notes()));
    return texts;
  }

  private static Table tornado(final Trust.Bars of) {
    final Table table =
        new Table()
            .left(of.metric() + " of " + of.system() + " (" + Figures.of(of.stated()) + ")")
            .right("from")
            .right("to")
            .right("gives")
            .right("and");
    of.bars().stream()
        .limit(BARS)
        .forEach(
            bar ->
                table.row(
                    bar.parameter(),
                    bar.low(),
                    bar.high(),
                    Figures.of(bar.atLow()),
                    Figures.of(bar.atHigh())));
    return table;
  }
}
