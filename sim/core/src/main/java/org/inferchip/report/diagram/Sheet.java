package org.inferchip.report.diagram;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.inferchip.report.Picture;

/**
 * A canvas of blocks, arrows and texts that grows with what is put on it. Positions are pixels on
 * screen from the top left corner. No font is measured, so that the layout is the same everywhere:
 * a letter is taken as {@link #LETTER} of its size, and longer texts are broken at blanks.
 */
final class Sheet {
  /** White around what is drawn. */
  static final int MARGIN = 24;

  /** Line height of body text. */
  static final double LINE = 16;

  private static final double LETTER = 0.58;

  /** How much wider bold letters are taken. */
  private static final double BOLD = 1.1;

  private static final int BODY = 12;
  private static final int PADDING = 8;
  private static final double HEAD = 6;

  /** Side of a square over the distance from one to the next. */
  private static final double SQUARE = 0.82;

  private static final Color INK = new Color(0x222222);
  private static final Color EDGE = new Color(0x555555);

  private final List<Consumer<Graphics2D>> marks = new ArrayList<>();
  private final List<Rectangle2D> frames = new ArrayList<>();
  private double right;
  private double bottom;

  /** A sheet on which something is drawn. */
  static Sheet drawn(final Consumer<Sheet> drawing) {
    final Sheet sheet = new Sheet();
    drawing.accept(sheet);
    return sheet;
  }

  /** The height of a block with so many lines of text. */
  static double height(final int lines) {
    return lines * LINE + 2 * PADDING - 2;
  }

  /** Texts broken so that each fits a block of that width. */
  static List<String> broken(final List<String> texts, final double width) {
    final int letters = (int) ((width - 2 * PADDING) / (LETTER * BODY));
    final List<String> lines = new ArrayList<>();
    for (final String text : texts) {
      String rest = text;
      while (rest.length() > letters && rest.lastIndexOf(' ', letters) > 0) {
        final int cut = rest.lastIndexOf(' ', letters);
        lines.add(rest.substring(0, cut));
        rest = rest.substring(cut + 1);
      }
      lines.add(rest);
    }
    return lines;
  }

  /** An empty block. */
  void frame(final Rectangle2D at, final Fill fill) {
    frames.add(at);
    final RoundRectangle2D shape =
        new RoundRectangle2D.Double(
            at.getX(), at.getY(), at.getWidth(), at.getHeight(), PADDING, PADDING);
    add(at.getMaxX(), at.getMaxY(), g -> outlined(g, shape, fill));
  }

  /** A block with lines of text, the first of them bold. */
  void block(final Rectangle2D at, final Fill fill, final List<String> lines) {
    frame(at, fill);
    double y = at.getY() + PADDING + BODY - 2;
    for (int i = 0; i < lines.size(); i++) {
      text(at.getX() + PADDING, y, BODY, i == 0, lines.get(i));
      y += LINE;
    }
  }

  /** Equal squares in as many columns as make them largest. */
  void cells(final Rectangle2D field, final int count, final Fill fill) {
    int columns = 1;
    double pitch = 0;
    for (int i = 1; i <= count; i++) {
      final int rows = (count + i - 1) / i;
      final double side = Math.min(field.getWidth() / i, field.getHeight() / rows);
      if (side > pitch) {
        pitch = side;
        columns = i;
      }
    }
    final double side = SQUARE * pitch;
    for (int i = 0; i < count; i++) {
      final double x = field.getX() + i % columns * pitch;
      final double y = field.getY() + i / columns * pitch;
      final Rectangle2D square = new Rectangle2D.Double(x, y, side, side);
      add(x + side, y + side, g -> outlined(g, square, fill));
    }
  }

  /** A text whose first line's base is at y. */
  void text(final double x, final double y, final int size, final boolean bold, final String text) {
    add(
        x + text.length() * LETTER * size * (bold ? BOLD : 1),
        y,
        g -> {
          g.setColor(INK);
          g.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, size));
          g.drawString(text, (float) x, (float) y);
        });
  }

  /** A line without heads. */
  void line(final double x1, final double y1, final double x2, final double y2) {
    add(
        Math.max(x1, x2),
        Math.max(y1, y2),
        g -> {
          g.setColor(EDGE);
          g.setStroke(new BasicStroke(1.5f));
          g.draw(new Line2D.Double(x1, y1, x2, y2));
        });
  }

  /** An arrow with heads at both ends; across or down. */
  void arrow(final double x1, final double y1, final double x2, final double y2) {
    final double length = Math.hypot(x2 - x1, y2 - y1);
    final double dx = (x2 - x1) / length;
    final double dy = (y2 - y1) / length;
    add(
        Math.max(x1, x2),
        Math.max(y1, y2),
        g -> {
          g.setColor(EDGE);
          g.setStroke(new BasicStroke(2));
          g.draw(new Line2D.Double(x1 + HEAD * dx, y1 + HEAD * dy, x2 - HEAD * dx, y2 - HEAD * dy));
          g.fill(head(x1, y1, -dx, -dy));
          g.fill(head(x2, y2, dx, dy));
        });
  }

  private static Path2D head(final double x, final double y, final double dx, final double dy) {
    final Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    path.lineTo(x - HEAD * (1.6 * dx - 0.7 * dy), y - HEAD * (1.6 * dy + 0.7 * dx));
    path.lineTo(x - HEAD * (1.6 * dx + 0.7 * dy), y - HEAD * (1.6 * dy - 0.7 * dx));
    path.closePath();
    return path;
  }

  private static void outlined(final Graphics2D g, final java.awt.Shape shape, final Fill fill) {
    g.setColor(fill.color());
    g.fill(shape);
    g.setColor(EDGE);
    g.setStroke(new BasicStroke(1));
    g.draw(shape);
  }

  private void add(final double maxX, final double maxY, final Consumer<Graphics2D> mark) {
    right = Math.max(right, maxX);
    bottom = Math.max(bottom, maxY);
    marks.add(mark);
  }

  /** Where the blocks are. */
  List<Rectangle2D> frames() {
    return List.copyOf(frames);
  }

  /** The sheet with a margin, on white. */
  Picture picture() {
    final int width = (int) Math.ceil(right) + MARGIN;
    final int height = (int) Math.ceil(bottom) + MARGIN;
    return new Picture(
        width,
        height,
        g -> {
          g.setColor(Fill.NONE.color());
          g.fill(new Rectangle2D.Double(0, 0, width, height));
          marks.forEach(mark -> mark.accept(g));
        });
  }
}
