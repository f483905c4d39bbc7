package org.inferchip.report;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.ChartUtils;
import org.w3c.dom.Document;

/**
 * Writes charts: a PNG at twice the size on screen, for print; an SVG, whose text stays text and
 * whose bytes are the same on every JDK; and a CSV with what is drawn.
 */
final class ChartFiles {
  private static final int PNG_SCALE = 2;

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
    try {
      Files.write(folder.file(path + ".png"), png(chart));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    final String svg = svg(chart);
    folder.write(path + ".svg", svg);
    folder.write(path + ".csv", chart.csv());
    return Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] png(final Chart chart) {
    try {
      final ByteArrayOutputStream out = new ByteArrayOutputStream();
      ChartUtils.writeScaledChartAsPNG(
          out, chart.drawing(), chart.width(), chart.height(), PNG_SCALE, PNG_SCALE);
      return out.toByteArray();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String svg(final Chart chart) {
    final Document document =
        GenericDOMImplementation.getDOMImplementation()
            .createDocument("http://www.w3.org/2000/svg", "svg", null);
    final SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment("");
    final SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(chart.width(), chart.height()));
    chart.drawing().draw(graphics, new Rectangle(chart.width(), chart.height()));
    final StringWriter text = new StringWriter();
    try {
      graphics.stream(text, true);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
