package org.inferchip.report.diagram;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.util.List;

/** What holds of the blocks of every diagram. */
final class Sheets {
  private Sheets() {}

  /** Blocks stand beside or inside each other. */
  static void assertNoneCross(final Sheet sheet) {
    final List<Rectangle2D> frames = sheet.frames();
    assertFalse(frames.isEmpty());
    for (final Rectangle2D a : frames) {
      for (final Rectangle2D b : frames) {
        assertTrue(
            a == b || !a.intersects(b) || a.contains(b) || b.contains(a), a + " crosses " + b);
      }
    }
  }
}
