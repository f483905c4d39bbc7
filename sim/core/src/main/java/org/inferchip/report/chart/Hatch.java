package org.inferchip.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Stroke;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RectangularShape;
import org.jfree.chart.LegendItem;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.ui.RectangleEdge;

/**
 * Thin lines over bars that differ from part to part, so that a grey print can be read. They are
 * lines, not a texture: an SVG stays sharp and has the same bytes on every JDK.
 */
final class Hatch {
  private static final double SPACING = 6;
  private static final Stroke THIN = new BasicStroke(0.9f);
  private static final Rectangle2D LEGEND = new Rectangle2D.Double(0, 0, 14, 10);

  /** Kinds of lines: none, rising, falling, upright, level, crossed. */
  private static final int KINDS = 6;

  private Hatch() {}

  /** Draws a hatch over a bar. */
  static void draw(
      final Graphics2D graphics, final RectangularShape bar, final Paint fill, final int index) {
    if (index % KINDS == 0 || bar.getWidth() <= 0 || bar.getHeight() <= 0) {
      return;
    }
    graphics.setPaint(ink(fill));
    graphics.setStroke(THIN);
    graphics.draw(lines(bar, index));
  }

  private static Color ink(final Paint fill) {
    final Color ink = ChartStyle.inkOn(fill);
    return new Color(ink.getRed(), ink.getGreen(), ink.getBlue(), 95);
  }

  /** A legend's entry in the fill and hatch of its bars. */
  static LegendItem legend(final String name, final Paint fill, final int index) {
    final Path2D shape = new Path2D.Double(LEGEND);
    if (index % KINDS != 0) {
      shape.append(lines(LEGEND, index), false);
    }
    return new LegendItem(name, null, null, null, shape, fill, THIN, ink(fill));
  }

  private static Path2D lines(final RectangularShape bar, final int index) {
    final Path2D path = new Path2D.Double();
    final int kind = index % KINDS;
    if (kind == 1 || kind == 5) {
      slanted(path, bar, true);
    }
    if (kind == 2 || kind == 5) {
      slanted(path, bar, false);
    }
    if (kind == 3) {
      for (double x = bar.getMinX() + SPACING / 2; x < bar.getMaxX(); x += SPACING) {
        line(path, x, bar.getMinY(), x, bar.getMaxY());
      }
    }
    if (kind == 4) {
      for (double y = bar.getMinY() + SPACING / 2; y < bar.getMaxY(); y += SPACING) {
        line(path, bar.getMinX(), y, bar.getMaxX(), y);
      }
    }
    return path;
  }

  private static void slanted(final Path2D path, final RectangularShape bar, final boolean rising) {
    final double width = bar.getWidth();
    final double height = bar.getHeight();
    for (double start = -height + SPACING / 2; start < width; start += SPACING) {
      final double from = Math.max(0, start);
      final double to = Math.min(width, start + height);
      final double top = bar.getMinY();
      final double bottom = bar.getMaxY();
      if (rising) {
        line(
            path,
            bar.getMinX() + from,
            bottom - (from - start),
            bar.getMinX() + to,
            bottom - (to - start));
      } else {
        line(path, bar.getMinX() + from, top + from - start, bar.getMinX() + to, top + to - start);
      }
    }
  }

  private static void line(
      final Path2D path, final double x0, final double y0, final double x1, final double y1) {
    path.moveTo(x0, y0);
    path.lineTo(x1, y1);
  }

  /** Bars of categories, hatched by series. */
  static final class CategoryPainter extends StandardBarPainter {
    private static final long serialVersionUID = 1L;

    @Override
    public void paintBar(
        final Graphics2D graphics,
        final BarRenderer renderer,
        final int row,
        final int column,
        final RectangularShape bar,
        final RectangleEdge base) {
      super.paintBar(graphics, renderer, row, column, bar, base);
      draw(graphics, bar, renderer.getItemPaint(row, column), row);
    }
  }

  /** Bars over two numeric axes, hatched by series; very short ones are a line of their colour. */
  static final class XyPainter extends StandardXYBarPainter {
    private static final long serialVersionUID = 1L;
    private static final double SHORT = 3;
    private static final double LINE = 1.2;

    @Override
    public void paintBar(
        final Graphics2D graphics,
        final XYBarRenderer renderer,
        final int row,
        final int column,
        final RectangularShape bar,
        final RectangleEdge base) {
      if (bar.getWidth() < SHORT) {
        graphics.setPaint(renderer.getItemPaint(row, column));
        final double width = Math.max(LINE, bar.getWidth());
        graphics.fill(new Rectangle2D.Double(bar.getMinX(), bar.getMinY(), width, bar.getHeight()));
        return;
      }
      super.paintBar(graphics, renderer, row, column, bar, base);
      draw(graphics, bar, renderer.getItemPaint(row, column), row);
    }
  }
}
