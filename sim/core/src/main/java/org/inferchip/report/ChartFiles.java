package org.inferchip.report;

import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jfree.chart.ChartUtils;

/**
 * Writes charts: a PNG at twice the size on screen, for print; an SVG, whose text stays text and
 * whose bytes are the same on every JDK; and a CSV with what is drawn.
 */
final class ChartFiles {
  private final ResultFolder folder;

  ChartFiles(final ResultFolder folder) {
    this.folder = folder;
  }

  /**
   * Writes the files of a chart.
   *
   * @return the SVG in base64, for a page
   */
  String write(final String name, final Chart chart) {
    final String path = "charts/" + name;
    folder.write(path + ".png", png(chart));
    final Rectangle canvas = new Rectangle(chart.width(), chart.height());
    final String svg =
        new Picture(canvas.width, canvas.height, to -> chart.drawing().draw(to, canvas)).svg();
    folder.write(path + ".svg", svg);
    folder.write(path + ".csv", chart.csv());
    return Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] png(final Chart chart) {
    try {
      final ByteArrayOutputStream out = new ByteArrayOutputStream();
      ChartUtils.writeScaledChartAsPNG(
          out,
          chart.drawing(),
          chart.width(),
          chart.height(),
          Picture.PNG_SCALE,
          Picture.PNG_SCALE);
      return out.toByteArray();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
