package org.inferchip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.ChartSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartFilesTest {
  @TempDir private Path folder;

  @Test
  void shouldWriteTheSameDrawingAndDataEveryTime() throws IOException {
    final Path first = write("first", ChartSamples.all());
    final Path second = write("second", ChartSamples.all());
    for (final String kind : ChartSamples.all().keySet()) {
      for (final String ending : new String[] {".svg", ".csv"}) {
        assertEquals(
            -1, Files.mismatch(first.resolve(kind + ending), second.resolve(kind + ending)), kind);
      }
    }
  }

  @Test
  void shouldStateThePrintResolutionOfAColumn() throws IOException {
    final Path png = write("out", ChartSamples.all()).resolve("lines.png");
    final BufferedImage image = ImageIO.read(png.toFile());
    final byte[] bytes = Files.readAllBytes(png);
    final int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("pHYs") + 4;
    assertTrue(at > 4);
    final double inches =
        image.getWidth() / (ByteBuffer.wrap(bytes).getInt(at) * 0.0254); // dots a metre
    assertEquals(88, inches * 25.4, 0.5); // millimetres: a column of a paper
    assertEquals(300, image.getWidth() / inches, 0.1);
  }

  @Test
  void shouldWriteDataBesideTheDrawingWithUnits() throws IOException {
    final String csv = Files.readString(write("out", ChartSamples.all()).resolve("tornado.csv"));
    assertEquals(
        "parameter,low,high,low end: tokens per joule [1/J],high end: tokens per joule [1/J]\n"
            + "power.busy_floor,0.07,0.5,1.9,1.1\n",
        csv.substring(0, csv.indexOf("power.idle")));
  }

  private Path write(final String name, final Map<String, Chart> charts) {
    final Path target = folder.resolve(name);
    try (ResultFolder files = ResultFolder.at(target)) {
      charts.forEach(new ChartFiles(files)::write);
      files.publish();
    }
    return target.resolve("charts");
  }
}
