package org.inferchip.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/**
 * How every chart looks: white, thin grid, a palette that colour-blind readers can tell apart
 * (Okabe and Ito 2008), and dashes that differ, so that a grey print can be read.
 */
final class ChartStyle {
  private static final Color[] PALETTE = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    new Color(0x5E3C99),
    new Color(0xB8A900),
    new Color(0x8C510A),
    new Color(0x35978F),
    new Color(0x882255),
    new Color(0x1B3A6B),
    new Color(0xE7A6B5),
    new Color(0x4D7A1F),
    new Color(0xA6CEE3),
    new Color(0x662506),
  };

  /** Parts of a whole that are no work of an operator; grey, so that they stand back. */
  private static final Map<String, Color> GREYS =
      Map.of(
          "other operators",
          new Color(0x8A8A8A),
          "host",
          new Color(0x3C3C3C),
          "launch",
          new Color(0xB4B4B4),
          "no request",
          new Color(0xDCDCDC),
          "idle",
          new Color(0xC4C4C4),
          "leakage",
          new Color(0x6E6E6E),
          "memory at rest",
          new Color(0x9C9C9C),
          "rest of idle",
          new Color(0xC4C4C4));

  private static final float[][] DASHES = {null, {9, 4}, {2, 3}, {9, 3, 2, 3}, {14, 4}};
  private static final Color GRID = new Color(0xD8D8D8);
  static final Color INK = new Color(0x222222);
  static final Font SMALL_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  /** Width of a line. */
  static final float LINE = 2.2f;

  /** Size of a mark where there are many, or lines through them. */
  static final double SMALL = 0.6;

  private ChartStyle() {}

  static Color color(final int index) {
    return PALETTE[index % PALETTE.length];
  }

  /** The colour of a named part of a whole; greys do not use up colours. */
  static Color color(final String part, final int index) {
    return GREYS.getOrDefault(part, color(index));
  }

  static boolean isGrey(final String part) {
    return GREYS.containsKey(part);
  }

  static Stroke stroke(final int index) {
    return stroke(index, LINE);
  }

  static Stroke stroke(final int index, final float width) {
    final float[] dash = DASHES[index % DASHES.length];
    return dash == null
        ? new BasicStroke(width)
        : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  /**
   * Shapes of points that differ without colour: hollow, and larger from shape to shape, so that
   * points at the same place are all seen.
   */
  static Shape shape(final int index) {
    final double r = 4 + 0.7 * (index % 8);
    return switch (index % 4) {
      case 0 -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
      case 1 -> new Rectangle2D.Double(-r, -r, 2 * r, 2 * r);
      case 2 -> polygon(-r, 0.8 * r, r, 0.8 * r, 0, -1.2 * r);
      default -> polygon(-1.2 * r, 0, 0, 1.2 * r, 1.2 * r, 0, 0, -1.2 * r);
    };
  }

  static Shape small(final Shape shape) {
    return scaled(shape, SMALL);
  }

  static Shape scaled(final Shape shape, final double factor) {
    return AffineTransform.getScaleInstance(factor, factor).createTransformedShape(shape);
  }

  private static Shape polygon(final double... xy) {
    final Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }

  /** Black or white, whichever reads better on a colour. */
  static Color inkOn(final Paint paint) {
    final Color color = (Color) paint;
    final double light = 0.3 * color.getRed() + 0.59 * color.getGreen() + 0.11 * color.getBlue();
    return light > 140 ? INK : Color.WHITE;
  }

  /** A value with four significant digits. */
  static String number(final double value) {
    final BigDecimal rounded = new BigDecimal(value).round(new MathContext(4));
    final double size = Math.abs(value);
    return size != 0 && (size < 1e-3 || size >= 1e7)
        ? String.format(Locale.ROOT, "%.2e", value)
        : String.format(Locale.ROOT, "%,f", rounded).replaceAll("\\.?0+$", "");
  }

  private static StandardChartTheme theme() {
    final StandardChartTheme theme = new StandardChartTheme("inferchip");
    theme.setExtraLargeFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    theme.setLargeFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    theme.setRegularFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    theme.setSmallFont(SMALL_FONT);
    theme.setShadowVisible(false);
    theme.setTitlePaint(INK);
    theme.setAxisLabelPaint(INK);
    theme.setTickLabelPaint(INK);
    theme.setChartBackgroundPaint(Color.WHITE);
    theme.setPlotBackgroundPaint(Color.WHITE);
    theme.setDomainGridlinePaint(GRID);
    theme.setRangeGridlinePaint(GRID);
    theme.setAxisOffset(new RectangleInsets(0, 0, 0, 0));
    return theme;
  }

  /** Gives an axis of a legend the fonts and colours of the others. */
  static void apply(final ValueAxis axis) {
    axis.setLabelFont(theme().getLargeFont());
    axis.setTickLabelFont(theme().getRegularFont());
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
  }

  static JFreeChart apply(final JFreeChart chart) {
    theme().apply(chart);
    chart.setPadding(new RectangleInsets(10, 10, 10, 16));
    chart.setAntiAlias(true);
    final LegendTitle legend = chart.getLegend();
    if (legend != null) {
      legend.setPosition(RectangleEdge.BOTTOM);
      legend.setFrame(BlockBorder.NONE);
    }
    if (chart.getPlot() instanceof XYPlot plot) {
      plot.setOutlineVisible(false);
      plot.setDomainGridlineStroke(new BasicStroke(0.8f));
      plot.setRangeGridlineStroke(new BasicStroke(0.8f));
    } else if (chart.getPlot() instanceof CategoryPlot plot) {
      plot.setOutlineVisible(false);
      plot.setRangeGridlineStroke(new BasicStroke(0.8f));
    }
    return chart;
  }
}
