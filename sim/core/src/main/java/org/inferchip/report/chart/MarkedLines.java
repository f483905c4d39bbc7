package org.inferchip.report.chart;

import java.awt.geom.Line2D;
import org.jfree.chart.LegendItem;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;

/**
 * Lines whose colour, dash and mark differ; a mark stands at a few points of each line, and not at
 * the same ones of two lines, so that lines over each other are told apart in grey.
 */
final class MarkedLines extends XYLineAndShapeRenderer {
  private static final long serialVersionUID = 1L;
  private static final int MARKS = 6;

  private final int[] points;

  MarkedLines(final int[] points) {
    super(true, true);
    this.points = points.clone();
    setDrawSeriesLineAsPath(true);
    setLegendLine(new Line2D.Double(-15, 0, 15, 0));
    for (int i = 0; i < points.length; i++) {
      setSeriesPaint(i, ChartStyle.color(i));
      setSeriesStroke(i, ChartStyle.stroke(i));
      setSeriesShape(i, ChartStyle.small(ChartStyle.shape(i)));
      setSeriesShapesFilled(i, i % 2 == 0);
    }
  }

  @Override
  public LegendItem getLegendItem(final int dataset, final int series) {
    final LegendItem item = super.getLegendItem(dataset, series);
    if (item != null) {
      item.setShapeVisible(true);
    }
    return item;
  }

  @Override
  public boolean getItemShapeVisible(final int series, final int item) {
    final int step = Math.max(1, points[series] / MARKS);
    return points[series] <= MARKS
        || item % step == (step / 2 + series * step / points.length) % step;
  }
}
