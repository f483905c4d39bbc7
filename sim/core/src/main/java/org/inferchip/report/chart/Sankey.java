package org.inferchip.report.chart;

import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;

/**
 * Where something goes: bands as wide as their amounts, from the whole on the left to its parts on
 * the right. Parts that are split no further stand above the others and have their names beside
 * them, so that names need no legend, nor colours to be told apart.
 */
public final class Sankey {
  /** Height of the whole, in pixels. */
  private static final double WHOLE = 270;

  private static final int HEAD = 66;
  private static final double TOLERANCE = 1e-9;

  private Sankey() {}

  /**
   * An amount.
   *
   * @param name of it
   * @param value above 0
   * @param parts what it goes to, by {@link #of}: none, or their sum is the value
   */
  public record Node(String name, double value, List<Node> parts) {
    /** Checks the sum. */
    public Node {
      parts = List.copyOf(parts);
      final double sum = parts.stream().mapToDouble(Node::value).sum();
      if (!parts.isEmpty() && Math.abs(sum - value) > TOLERANCE * value) {
        throw new IllegalArgumentException(
            "the parts of " + name + " are " + sum + ", not " + value);
      }
    }

    /** An amount that is split no further. */
    public static Node leaf(final String name, final double value) {
      return new Node(name, value, List.of());
    }

    /** How many amounts lie one behind the other. */
    int depth() {
      return 1 + parts.stream().mapToInt(Node::depth).max().orElse(0);
    }
  }

  /**
   * A chart of an amount and its parts; those of nothing are left out.
   *
   * @param unit of the values
   */
  public static Chart of(final String title, final Node whole, final String unit) {
    final Node shown = shown(whole);
    final SankeyPlot plot = new SankeyPlot(shown, unit, WHOLE);
    final JFreeChart drawing =
        ChartStyle.apply(new JFreeChart(title, JFreeChart.DEFAULT_TITLE_FONT, plot, false));
    final List<List<Object>> rows = new ArrayList<>();
    rows(shown, whole.value(), rows);
    return new Chart(
        drawing,
        Chart.COLUMN,
        HEAD + (int) Math.ceil(plot.height()),
        new ChartData(List.of("from", "to", "amount [" + unit + "]", "share [%]"), rows));
  }

  private static Node shown(final Node of) {
    return new Node(
        of.name(),
        of.value(),
        of.parts().stream().filter(part -> part.value() > 0).map(Sankey::shown).toList());
  }

  private static void rows(final Node of, final double whole, final List<List<Object>> to) {
    for (final Node part : of.parts()) {
      to.add(List.of(of.name(), part.name(), part.value(), 100 * part.value() / whole));
      rows(part, whole, to);
    }
  }
}
