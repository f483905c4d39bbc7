package org.inferchip.report.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import org.inferchip.report.chart.Sankey.Node;
import org.jfree.chart.entity.ChartEntity;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.PlotState;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

/**
 * Draws a {@link Sankey}. Columns are levels of the tree, equally far apart; each part has a slot
 * at least as high as its name, in its own column, and is drawn to scale in the middle of it. What
 * is split no further ends in its column, and the room to its right is its name's.
 */
final class SankeyPlot extends Plot {
  private static final long serialVersionUID = 1L;

  private static final double NODE = 11;
  private static final double GAP = 3;
  private static final double LINE = 15;
  private static final double NAMES = 168;
  private static final double THIN = 0.8;
  private static final double SPACE = 5;

  /** How far bands are on their way to white from the colour of what they end in. */
  private static final double PALE = 0.55;

  private final transient Node whole;
  private final String unit;
  private final double scale;
  private int colors;

  /**
   * A drawing.
   *
   * @param pixels height of the whole
   */
  SankeyPlot(final Node whole, final String unit, final double pixels) {
    this.whole = whole;
    this.unit = unit;
    this.scale = pixels / whole.value();
    setInsets(new RectangleInsets(4, 4, 4, 4));
    setOutlineVisible(false);
  }

  /** Pixels from the first part to the last. */
  double height() {
    return slot(whole);
  }

  /** Height of a part with all its own. */
  private double slot(final Node of) {
    double parts = 0;
    for (final Node part : of.parts()) {
      parts += slot(part) + (parts == 0 ? 0 : GAP);
    }
    return Math.max(parts, Math.max(LINE, scale * of.value()));
  }

  @Override
  public String getPlotType() {
    return "Sankey";
  }

  @Override
  public void draw(
      final Graphics2D graphics,
      final Rectangle2D area,
      final Point2D anchor,
      final PlotState parentState,
      final PlotRenderingInfo info) {
    colors = 0;
    final double step = (area.getWidth() - NODE - NAMES) / Math.max(1, whole.depth() - 1);
    final double top = area.getMinY() + (area.getHeight() - height()) / 2;
    final Rectangle2D first = new Rectangle2D.Double(area.getMinX(), top, NODE, pixels(whole));
    node(graphics, whole, first, ChartStyle.INK, info);
    parts(graphics, whole, first, step, info);
    beside(graphics, whole, first);
  }

  private double pixels(final Node of) {
    return Math.max(THIN, scale * of.value());
  }

  private void parts(
      final Graphics2D graphics,
      final Node of,
      final Rectangle2D from,
      final double step,
      final PlotRenderingInfo info) {
    double source = from.getMinY();
    double slotTop = from.getMinY();
    for (final Node part : of.parts()) {
      final boolean leaf = part.parts().isEmpty();
      final double high = pixels(part);
      // What is split further begins at the top of its slot, as its own parts do.
      final double y = slotTop + (leaf ? (slot(part) - high) / 2 : 0);
      final Rectangle2D to = new Rectangle2D.Double(from.getMinX() + step, y, NODE, high);
      final Color fill = leaf ? color(part.name()) : ChartStyle.INK;
      band(graphics, from.getMaxX(), source, to, fill);
      parts(graphics, part, to, step, info);
      node(graphics, part, to, fill, info);
      beside(graphics, part, to);
      source += scale * part.value();
      slotTop += slot(part) + GAP;
    }
  }

  private Color color(final String part) {
    final Color color = ChartStyle.color(part, colors);
    colors += ChartStyle.isGrey(part) ? 0 : 1;
    return color;
  }

  private static void band(
      final Graphics2D graphics,
      final double x,
      final double y,
      final Rectangle2D to,
      final Color fill) {
    final double middle = (x + to.getMinX()) / 2;
    final Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    path.curveTo(middle, y, middle, to.getMinY(), to.getMinX(), to.getMinY());
    path.lineTo(to.getMinX(), to.getMaxY());
    path.curveTo(middle, to.getMaxY(), middle, y + to.getHeight(), x, y + to.getHeight());
    path.closePath();
    graphics.setPaint(pale(fill));
    graphics.fill(path);
  }

  private static Color pale(final Color of) {
    final boolean trunk = of.equals(ChartStyle.INK);
    final double share = trunk ? 0.85 : PALE;
    return new Color(
        pale(of.getRed(), share), pale(of.getGreen(), share), pale(of.getBlue(), share));
  }

  private static int pale(final int of, final double share) {
    return (int) Math.round(of + share * (255 - of));
  }

  private void node(
      final Graphics2D graphics,
      final Node of,
      final Rectangle2D at,
      final Color fill,
      final PlotRenderingInfo info) {
    graphics.setPaint(fill);
    graphics.fill(at);
    if (info != null && info.getOwner() != null) {
      final String amount = ChartStyle.number(of.value()) + " " + unit;
      info.getOwner()
          .getEntityCollection()
          .add(new ChartEntity(at, of.name() + ": " + amount + ", " + share(of)));
    }
  }

  /**
   * The name of a part, and its share: to its right, over two lines where a band goes on from it;
   * in the band that comes to it where many go on.
   */
  private void beside(final Graphics2D graphics, final Node of, final Rectangle2D at) {
    graphics.setFont(ChartStyle.SMALL_FONT);
    graphics.setPaint(ChartStyle.INK);
    final boolean last = of.parts().stream().allMatch(part -> part.parts().isEmpty());
    if (of.parts().isEmpty()) {
      text(graphics, of.name() + " " + share(of), at.getMaxX(), at.getCenterY(), false);
    } else if (last && of != whole) {
      text(graphics, of.name(), at.getMinX(), at.getMaxY() - 1.6 * LINE, true);
      text(graphics, share(of), at.getMinX(), at.getMaxY() - 0.6 * LINE, true);
    } else {
      final double band = scale * of.parts().get(of.parts().size() - 1).value();
      final double y = Math.max(at.getCenterY(), at.getMaxY() - band + 1.2 * LINE);
      text(graphics, of.name(), at.getMaxX(), y - LINE / 2, false);
      text(graphics, share(of), at.getMaxX(), y + LINE / 2, false);
    }
  }

  private static void text(
      final Graphics2D graphics,
      final String text,
      final double edge,
      final double y,
      final boolean left) {
    TextUtils.drawAlignedString(
        text,
        graphics,
        (float) (left ? edge - SPACE : edge + SPACE),
        (float) y,
        left ? TextAnchor.CENTER_RIGHT : TextAnchor.CENTER_LEFT);
  }

  private String share(final Node of) {
    final double percent = 100 * of.value() / whole.value();
    return String.format(Locale.ROOT, percent < 1 ? "%.2f %%" : "%.1f %%", percent);
  }
}
