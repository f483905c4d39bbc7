package org.inferchip.report.diagram;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.inferchip.arch.Grid;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.SystemDescription;

/** Chips in the grid of their links; of three dimensions one layer beside the other. */
final class ChipLattice {
  private static final double GAP = 14;
  private static final double CHIP = 128;
  private static final double SMALL = 30;

  /** Chips with words in a row and in a column; more are squares. */
  private static final int MOST_WITH_WORDS = 4;

  private static final int LONGEST_ROW = 16;
  private static final double WIDTH = 900;

  private final SystemDescription system;
  private final Sheet sheet;
  private final List<String> label;
  private int across;
  private int rows;
  private int count;
  private boolean words;
  private boolean wraps;

  /**
   * A lattice.
   *
   * @param label of a chip
   */
  ChipLattice(final SystemDescription system, final Sheet sheet, final List<String> label) {
    this.system = system;
    this.sheet = sheet;
    this.label = label;
  }

  /** Draws from a place down; gives where it ends. */
  double draw(final ScaleUp links, final double left, final double top) {
    final Grid grid = links.grid();
    final int shown = Math.min(system.count(), links.reach());
    final int layers = grid.dimensions() == 3 ? grid.side(2) : 1;
    count = shown / layers;
    across = grid.dimensions() == 1 ? Math.min(LONGEST_ROW, shown) : grid.side(0);
    rows = (count + across - 1) / across;
    words = layers == 1 && across <= MOST_WITH_WORDS && rows <= MOST_WITH_WORDS;
    wraps = links.topology().wraps();
    final double wide = across * (side() + gap()) + 2 * GAP;
    final double high = rows * (tall() + gap()) + GAP;
    final int inARow = Math.max(1, (int) (WIDTH / wide));
    for (int layer = 0; layer < layers; layer++) {
      layer(left + layer % inARow * wide, top + GAP + layer / inARow * high);
    }
    double y = top + 2 * GAP + (layers + inARow - 1) / inARow * high;
    sheet.text(
        left,
        y,
        12,
        false,
        "every line "
            + Labels.rate(links.bandwidth() / (2 * grid.dimensions()))
            + " each way"
            + (wraps ? "; open ends go round to the other side" : "")
            + (layers > 1 ? "; the same from layer to layer" : ""));
    if (system.count() > shown) {
      y += Sheet.LINE;
      sheet.text(left, y, 12, false, system.count() / shown + " such grids in all");
    }
    return y;
  }

  private double side() {
    return words ? CHIP : SMALL;
  }

  private double tall() {
    return words ? Sheet.height(label.size()) : SMALL;
  }

  private double gap() {
    return words ? 3 * GAP : 16;
  }

  private void layer(final double x, final double y) {
    for (int i = 0; i < count; i++) {
      final double left = x + i % across * (side() + gap());
      final double top = y + i / across * (tall() + gap());
      final boolean last = i % across == across - 1 || i == count - 1;
      final boolean lowest = i + across >= count;
      if (!last || wraps && across > 1) {
        final double end = left + side() + (last ? gap() / 2 : gap());
        sheet.line(left + side(), top + tall() / 2, end, top + tall() / 2);
      }
      if (rows > 1 && (!lowest || wraps)) {
        final double end = top + tall() + (lowest ? gap() / 2 : gap());
        sheet.line(left + side() / 2, top + tall(), left + side() / 2, end);
      }
      final Rectangle2D at = new Rectangle2D.Double(left, top, side(), tall());
      if (words) {
        sheet.block(at, Fill.DIE, label);
      } else {
        sheet.frame(at, Fill.DIE);
      }
    }
  }
}
