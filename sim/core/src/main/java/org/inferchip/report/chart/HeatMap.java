package org.inferchip.report.chart;

import java.awt.Color;
import java.awt.Paint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYZDataset;

/**
 * A result over two parameters. The colours grow lighter with the value alone (viridis), so that
 * they mean the same in grey; each cell has its number where it fits.
 */
public final class HeatMap {
  /** Stops of viridis (van der Walt and Smith 2015), evenly spaced. */
  private static final int[] VIRIDIS = {
    0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C,
    0xFDE725
  };

  private static final int MOST_NUMBERS = 10;
  private static final int HEIGHT = 170;
  private static final int ROW_HEIGHT = 34;
  private static final int LEAST_HEIGHT = 380;

  private HeatMap() {}

  /**
   * Values over a grid.
   *
   * @param x label of the columns, with unit
   * @param columns values of the parameter, as written
   * @param y label of the rows, with unit
   * @param rows values of the parameter, as written, from the bottom up
   * @param z of the cells
   * @param values by row and column; NaN where there is none, which stays white
   */
  public static Chart of(
      final String title,
      final Axis x,
      final List<String> columns,
      final Axis y,
      final List<String> rows,
      final Axis z,
      final double[][] values) {
    final List<List<Object>> table = new ArrayList<>();
    final List<double[]> cells = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        if (!Double.isNaN(values[row][column])) {
          cells.add(new double[] {column, row, values[row][column]});
          table.add(List.of(columns.get(column), rows.get(row), values[row][column]));
        }
      }
    }
    final double least = cells.stream().mapToDouble(cell -> cell[2]).min().orElse(0);
    final double most = cells.stream().mapToDouble(cell -> cell[2]).max().orElse(0);
    final Scale scale = new Scale(least, most > least ? most : least + 1);
    final DefaultXYZDataset data = new DefaultXYZDataset();
    data.addSeries(
        z.label(), new double[][] {column(cells, 0), column(cells, 1), column(cells, 2)});
    final XYBlockRenderer renderer = new XYBlockRenderer();
    renderer.setPaintScale(scale);
    renderer.setDefaultToolTipGenerator(
        (from, series, item) ->
            x.name()
                + ": "
                + columns.get((int) cells.get(item)[0])
                + "\n"
                + y.name()
                + ": "
                + rows.get((int) cells.get(item)[1])
                + "\n"
                + z.name()
                + ": "
                + z.with(cells.get(item)[2]));
    final XYPlot plot = new XYPlot(data, axis(x, columns), axis(y, rows), renderer);
    final JFreeChart drawing =
        ChartStyle.apply(new JFreeChart(title, JFreeChart.DEFAULT_TITLE_FONT, plot, false));
    if (columns.size() <= MOST_NUMBERS) {
      cells.forEach(cell -> plot.addAnnotation(number(cell, scale)));
    }
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    drawing.addSubtitle(legend(z, scale));
    return new Chart(
        drawing,
        Chart.COLUMN,
        Math.max(LEAST_HEIGHT, HEIGHT + ROW_HEIGHT * rows.size()),
        new ChartData(List.of(x.label(), y.label(), z.label()), table));
  }

  private static double[] column(final List<double[]> cells, final int index) {
    return cells.stream().mapToDouble(cell -> cell[index]).toArray();
  }

  private static SymbolAxis axis(final Axis of, final List<String> values) {
    final SymbolAxis axis = new SymbolAxis(of.label(), values.toArray(String[]::new));
    axis.setGridBandsVisible(false);
    axis.setRange(-0.5, values.size() - 0.5);
    return axis;
  }

  private static XYTextAnnotation number(final double[] cell, final Scale scale) {
    final XYTextAnnotation text =
        new XYTextAnnotation(ChartStyle.number(cell[2]), cell[0], cell[1]);
    text.setFont(ChartStyle.SMALL_FONT);
    text.setPaint(ChartStyle.inkOn(scale.getPaint(cell[2])));
    return text;
  }

  private static PaintScaleLegend legend(final Axis z, final Scale scale) {
    final NumberAxis axis = (NumberAxis) XyPlots.axis(Axis.linear(z.label()));
    ChartStyle.apply(axis);
    final PaintScaleLegend legend = new PaintScaleLegend(scale, axis);
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setMargin(new RectangleInsets(6, 40, 2, 20));
    legend.setStripWidth(12);
    legend.setBackgroundPaint(Color.WHITE);
    return legend;
  }

  /** Colours between two values. */
  private record Scale(double least, double most) implements PaintScale {
    @Override
    public double getLowerBound() {
      return least;
    }

    @Override
    public double getUpperBound() {
      return most;
    }

    @Override
    public Paint getPaint(final double value) {
      final double along =
          Math.min(1, Math.max(0, (value - least) / (most - least))) * (VIRIDIS.length - 1);
      final int at = Math.min(VIRIDIS.length - 2, (int) along);
      final int[] from = parts(VIRIDIS[at]);
      final int[] to = parts(VIRIDIS[at + 1]);
      final int[] mixed = new int[from.length];
      Arrays.setAll(mixed, i -> (int) Math.round(from[i] + (along - at) * (to[i] - from[i])));
      return new Color(mixed[0], mixed[1], mixed[2]);
    }

    private static int[] parts(final int rgb) {
      return new int[] {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF};
    }
  }
}
