package org.inferchip.report.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/**
 * A logarithmic axis with labels at 1, 2 and 5 of each decade; at every digit, and at 1.5, where it
 * spans one decade at most, and at the decades alone where it spans more than three.
 */
final class DecadeAxis extends LogAxis {
  private static final long serialVersionUID = 1L;
  private static final int MOST_DECADES = 3;
  private static final double[] STEPS = {1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9};

  private final NumberFormat format;

  DecadeAxis(final String label, final NumberFormat format) {
    super(label);
    this.format = format;
    setBase(10);
  }

  @Override
  public List<NumberTick> refreshTicks(
      final Graphics2D graphics,
      final AxisState state,
      final Rectangle2D area,
      final RectangleEdge edge) {
    final boolean below = RectangleEdge.isTopOrBottom(edge);
    final TextAnchor anchor = below ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    final double low = getRange().getLowerBound();
    final double high = getRange().getUpperBound();
    final double decades = StrictMath.log10(high / low);
    final List<NumberTick> ticks = new ArrayList<>();
    if (!(low > 0 && high < Double.POSITIVE_INFINITY)) {
      return ticks;
    }
    for (int decade = (int) Math.floor(StrictMath.log10(low)); ; decade++) {
      final double start = StrictMath.pow(10, decade);
      if (start > high) {
        return ticks;
      }
      for (final double step : STEPS) {
        final double value = step * start;
        final boolean labelled = labelled(step, decades);
        if (value >= low && value <= high) {
          ticks.add(
              new NumberTick(
                  labelled ? TickType.MAJOR : TickType.MINOR,
                  value,
                  labelled ? format.format(value) : "",
                  anchor,
                  TextAnchor.CENTER,
                  0));
        }
      }
    }
  }

  private static boolean labelled(final double step, final double decades) {
    if (step == 1 || decades <= 1) {
      return true;
    }
    return decades <= MOST_DECADES && (step == 2 || step == 5);
  }
}
