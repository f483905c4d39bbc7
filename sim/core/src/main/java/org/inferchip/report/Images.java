package org.inferchip.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;

/** Charts as PNG files, and as text that a page holds. */
final class Images {
  /** Pixels for each on screen, for print. */
  private static final int SCALE = 2;

  private Images() {}

  /**
   * Writes a chart to {@code charts/NAME.png}.
   *
   * @return the same bytes in base64
   */
  static String write(
      final ResultFolder folder,
      final String name,
      final JFreeChart chart,
      final int width,
      final int height) {
    try {
      final ByteArrayOutputStream out = new ByteArrayOutputStream();
      ChartUtils.writeScaledChartAsPNG(out, chart, width, height, SCALE, SCALE);
      Files.write(folder.file("charts/" + name + ".png"), out.toByteArray());
      return Base64.getEncoder().encodeToString(out.toByteArray());
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
