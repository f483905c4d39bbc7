package org.inferchip.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jfree.chart.LegendItem;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
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
          assertFalse(axes.isEmpty(), kind);
          for (final ValueAxis axis : axes) {
            assertTrue(axis.getLabel().matches(".+ \\[.+]"), kind + ": " + axis.getLabel());
          }
        });
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
    final XYPlot points = (XYPlot) plot;
    final boolean rows = points.getDomainAxis().getLabel() == null; // rows have names
    return rows
        ? List.of(points.getRangeAxis())
        : List.of(points.getDomainAxis(), points.getRangeAxis());
  }
}
