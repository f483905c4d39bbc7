package org.inferchip.report;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.ChartData;
import org.inferchip.report.chart.Spot;
import org.inferchip.units.Tasks;
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
    return write(Drawn.of(name, chart));
  }

  /**
   * Draws charts side by side and writes their files.
   *
   * @param charts by the name of their files
   * @param threads that draw
   * @return the charts in their order
   */
  List<ChartFigure> write(final Map<String, Chart> charts, final int threads) {
    final List<Callable<Drawn>> drawings = new ArrayList<>();
    charts.forEach((name, chart) -> drawings.add(() -> Drawn.of(name, chart)));
    return Tasks.all(drawings, threads).stream().map(this::write).toList();
  }

  private ChartFigure write(final Drawn drawn) {
    final ChartFigure figure = drawn.figure();
    final String path = "charts/" + figure.name();
    folder.write(path + ".png", drawn.png());
    folder.write(path + ".svg", figure.svg());
    folder.write(path + ".csv", csv(figure.chart().data()));
    return figure;
  }

  /** A chart as it is written. */
  private record Drawn(ChartFigure figure, byte[] png) {
    static Drawn of(final String name, final Chart chart) {
      final Rectangle canvas = new Rectangle(chart.width(), chart.height());
      final ChartRenderingInfo spots = new ChartRenderingInfo();
      final Picture picture =
          new Picture(
              canvas.width, canvas.height, to -> chart.drawing().draw(to, canvas, null, spots));
      final byte[] png = picture.png();
      return new Drawn(new ChartFigure(name, chart, picture.svg(), Spot.of(spots)), png);
    }
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
