package org.inferchip.report.chart;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.entity.CategoryItemEntity;
import org.jfree.chart.entity.ChartEntity;
import org.jfree.chart.entity.XYItemEntity;

/**
 * A place in a picture where something is drawn, and what it is; a page tells it under the pointer.
 *
 * @param x left edge, in pixels of the picture
 * @param y upper edge
 * @param width 0 or more
 * @param height 0 or more
 * @param text what is drawn there, with units
 */
public record Spot(long x, long y, long width, long height, String text) {
  /** Points of one line that are told; more would not be told apart by a pointer. */
  private static final int MOST = 40;

  /** The places of a drawn chart that have a text. */
  public static List<Spot> of(final ChartRenderingInfo drawn) {
    final Map<Object, List<Spot>> series = new LinkedHashMap<>();
    for (final Object one : drawn.getEntityCollection().getEntities()) {
      final ChartEntity entity = (ChartEntity) one;
      final String text = entity.getToolTipText();
      if (text != null) {
        series.computeIfAbsent(line(entity), key -> new ArrayList<>()).add(spot(entity, text));
      }
    }
    final List<Spot> spots = new ArrayList<>();
    series.values().forEach(line -> spots.addAll(thinned(line)));
    return spots;
  }

  private static Spot spot(final ChartEntity entity, final String text) {
    final Rectangle2D area = entity.getArea().getBounds2D();
    return new Spot(
        Math.round(area.getX()),
        Math.round(area.getY()),
        Math.round(area.getWidth()),
        Math.round(area.getHeight()),
        text);
  }

  private static Object line(final ChartEntity entity) {
    if (entity instanceof XYItemEntity point) {
      return List.of(System.identityHashCode(point.getDataset()), point.getSeriesIndex());
    }
    return entity instanceof CategoryItemEntity bar ? bar.getRowKey() : "";
  }

  private static List<Spot> thinned(final List<Spot> line) {
    final List<Spot> kept = new ArrayList<>();
    final int step = (line.size() + MOST - 1) / MOST;
    for (int i = 0; i < line.size(); i++) {
      if (i % step == 0 || i == line.size() - 1) {
        kept.add(line.get(i));
      }
    }
    return kept;
  }
}
