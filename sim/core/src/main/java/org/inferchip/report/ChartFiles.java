package org.inferchip.report;

import java.awt.Rectangle;
import java.util.List;
import java.util.stream.Collectors;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.ChartData;
import org.inferchip.report.chart.Spot;
import org.jfree.chart.ChartRenderingInfo;

/**
 * Writes charts: a PNG of 300 dots an inch where it is printed as wide as a column of a paper; an
 * SVG, whose text stays text and whose bytes are the same on every JDK; and a CSV with what is
 * drawn.
 */
public final class ChartFiles {
  private final ResultFolder folder;

  /** Into the folder {@code charts} of a result. */
  public ChartFiles(final ResultFolder folder) {
    this.folder = folder;
  }

  /**
   * Writes the files of a chart.
   *
   * @param name of the files, without folder and ending
   * @return the chart for a page
   */
  public ChartFigure write(final String name, final Chart chart) {
    final String path = "charts/" + name;
    final Rectangle canvas = new Rectangle(chart.width(), chart.height());
    final ChartRenderingInfo drawn = new ChartRenderingInfo();
    final Picture picture =
        new Picture(
            canvas.width, canvas.height, to -> chart.drawing().draw(to, canvas, null, drawn));
    folder.write(path + ".png", picture.png());
    final String svg = picture.svg();
    folder.write(path + ".svg", svg);
    folder.write(path + ".csv", csv(chart.data()));
    return new ChartFigure(name, chart, svg, Spot.of(drawn));
  }

  private static String csv(final ChartData data) {
    final StringBuilder csv = new StringBuilder(line(List.copyOf(data.header())));
    data.rows().forEach(row -> csv.append(line(row)));
    return csv.toString();
  }

  private static String line(final List<Object> row) {
    return row.stream().map(ChartFiles::cell).collect(Collectors.joining(",", "", "\n"));
  }

  private static String cell(final Object value) {
    return value instanceof Double number
        ? Json.number(number)
        : ResultCsv.quoted(value.toString());
  }
}
