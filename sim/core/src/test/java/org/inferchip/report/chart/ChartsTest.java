package org.inferchip.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.LegendItem;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.Range;
import org.junit.jupiter.api.Test;

class ChartsTest {
  private static final Map<String, Chart> KINDS = ChartSamples.all();

  @Test
  void shouldRefuseAnAxisWithoutAUnit() {
    assertThrows(IllegalArgumentException.class, () -> Axis.log("latency"));
    assertEquals("latency [ms]", Axis.log("latency [ms]").label());
  }

  @Test
  void shouldHaveAUnitOnEveryNumericAxis() {
    KINDS.forEach(
        (kind, chart) -> {
          final List<ValueAxis> axes = axes(chart.drawing().getPlot());
          assertEquals(kind.equals("sankey"), axes.isEmpty(), kind);
          for (final ValueAxis axis : axes) {
            assertTrue(axis.getLabel().matches(".+ \\[.+]"), kind + ": " + axis.getLabel());
          }
        });
  }

  @Test
  void shouldDrawFlowsToScaleAndLeaveOutNothings() {
    final Chart chart = KINDS.get("sankey");
    assertEquals(
        List.of(
            List.of("facility", "cooling", 20.0, 20.0),
            List.of("facility", "system", 80.0, 80.0),
            List.of("system", "host", 20.0, 20.0),
            List.of("system", "chips", 60.0, 60.0),
            List.of("chips", "idle", 30.0, 30.0),
            List.of("chips", "matrix", 29.9, 29.9),
            List.of("chips", "vector", 0.1, 0.1)),
        chart.data().rows());
    final ChartRenderingInfo info = new ChartRenderingInfo();
    final BufferedImage image =
        new BufferedImage(chart.width(), chart.height(), BufferedImage.TYPE_INT_RGB);
    final Rectangle canvas = new Rectangle(chart.width(), chart.height());
    chart.drawing().draw(image.createGraphics(), canvas, null, info);
    final Map<String, Spot> spots = new LinkedHashMap<>();
    Spot.of(info).forEach(spot -> spots.put(spot.text().replaceFirst(":.*", ""), spot));
    final double whole = spots.get("facility").height();
    assertEquals(0.6, spots.get("chips").height() / whole, 0.01);
    assertEquals(0.3, spots.get("idle").height() / whole, 0.01);
    for (final Spot spot : spots.values()) {
      assertTrue(spot.y() >= 0 && spot.y() + spot.height() <= chart.height(), spot.text());
    }
    assertEquals("vector: 0.1 J, 0.10 %", spots.get("vector").text());
  }

  @Test
  void shouldRefuseAFlowWhosePartsAreNotTheWhole() {
    final List<Sankey.Node> half = List.of(Sankey.Node.leaf("half", 1));
    assertThrows(IllegalArgumentException.class, () -> new Sankey.Node("whole", 2, half));
  }

  @Test
  void shouldDrawEverySeriesInItsOwnColourAndMark() {
    final XYPlot plot = KINDS.get("cdf").drawing().getXYPlot();
    final Set<Object> looks = new LinkedHashSet<>();
    for (int i = 0; i < plot.getSeriesCount(); i++) {
      looks.add(plot.getRenderer().getSeriesPaint(i));
      looks.add(plot.getRenderer().getSeriesShape(i));
    }
    assertEquals(7, plot.getSeriesCount());
    assertEquals(14, looks.size());
  }

  @Test
  void shouldNameWhatHasPointsInTheLegend() {
    assertEquals(
        List.of("equal", "20 % slower", "20 % faster", "compute", "memory"),
        legend(KINDS.get("correlation")));
    assertEquals(
        List.of("idle", "busy floor", "matrix", "memory", "port"), legend(KINDS.get("stacked")));
  }

  @Test
  void shouldListWhatIsDrawn() {
    final ChartData lines = KINDS.get("lines").data();
    assertEquals(List.of("series", "load [requests/s]", "TTFT p99 [ms]"), lines.header());
    assertEquals(8, lines.rows().size());
    assertEquals(List.of("b", 8.0, 180.0), lines.rows().get(7));

    final ChartData cdf = KINDS.get("cdf").data();
    assertEquals(
        List.of("system-0", 100.0),
        List.of(cdf.rows().get(499).get(0), cdf.rows().get(499).get(2)));
  }

  @Test
  void shouldOrderATornadoByItsSwings() {
    final Chart tornado = KINDS.get("tornado");
    assertEquals(
        List.of("power.busy_floor", "power.idle", "memory.stacks.energy.per_bit_of_every_read"),
        tornado.data().rows().stream().map(row -> row.get(0)).toList());
    assertTrue(tornado.drawing().getXYPlot().getRangeAxis().getRange().contains(1.9));
  }

  @Test
  void shouldAddUpAWaterfall() {
    final List<List<Object>> rows = KINDS.get("waterfall").data().rows();
    assertEquals(List.of("package", "sum", 0.0, 2110.0), rows.get(5));
    assertEquals(List.of("price", "sum", 0.0, 3010.0), rows.get(7));
  }

  @Test
  void shouldLeaveACellWithoutAValueOut() {
    assertEquals(11, KINDS.get("heat").data().rows().size());
  }

  @Test
  void shouldJoinTheFrontAndRingItsKnee() {
    final XYPlot plot = KINDS.get("pareto").drawing().getXYPlot();
    assertEquals(300, plot.getDataset(0).getItemCount(0));
    assertEquals(9, plot.getDataset(1).getItemCount(0));
    assertEquals(3, plot.getDataset(2).getSeriesCount());
    assertTrue(legend(KINDS.get("pareto")).contains("knee: f4"));
  }

  @Test
  void shouldWriteNumbersShortly() {
    assertEquals("0", ChartStyle.number(0));
    assertEquals("1.235", ChartStyle.number(1.23456));
    assertEquals("123,500", ChartStyle.number(123456));
    assertEquals("900", ChartStyle.number(900));
    assertEquals("-0.5", ChartStyle.number(-0.5));
    assertEquals("1.00e-07", ChartStyle.number(1e-7));
  }

  private static List<String> legend(final Chart chart) {
    final List<String> names = new ArrayList<>();
    final var items = chart.drawing().getPlot().getLegendItems();
    for (int i = 0; i < items.getItemCount(); i++) {
      final LegendItem item = items.get(i);
      names.add(item.getLabel());
    }
    return names;
  }

  private static List<ValueAxis> axes(final Plot plot) {
    if (plot instanceof CategoryPlot bars) {
      return List.of(bars.getRangeAxis());
    }
    if (plot instanceof SankeyPlot) {
      return List.of(); // amounts stand beside their names
    }
    final XYPlot points = (XYPlot) plot;
    final boolean rows = points.getDomainAxis().getLabel() == null; // rows have names
    return rows
        ? List.of(points.getRangeAxis())
        : List.of(points.getDomainAxis(), points.getRangeAxis());
  }

  @Test
  void shouldDrawNoTicksWhereALogarithmHasNoRange() {
    final DecadeAxis axis = new DecadeAxis("latency [ms]", NumberFormat.getInstance());
    axis.setRange(new Range(0, 10), true, false);
    assertEquals(List.of(), axis.refreshTicks(null, null, new Rectangle(9, 9), RectangleEdge.LEFT));
  }
}
