package org.inferchip.report.chart;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** When each unit does what: a row a lane, a bar a stay. */
public final class Gantt {
  private static final int WIDTH = 2 * Chart.COLUMN;

  private Gantt() {}

  /**
   * A stay.
   *
   * @param lane the row
   * @param kind what is done; kinds differ in colour and hatch
   * @param start on the axis of time
   * @param end on the axis of time
   */
  public record Stay(String lane, String kind, double start, double end) {}

  /** A Gantt chart; lanes and kinds stand in the order in which they first come. */
  public static Chart of(final String title, final Axis time, final List<Stay> stays) {
    final List<String> lanes =
        new ArrayList<>(new LinkedHashSet<>(stays.stream().map(Stay::lane).toList()));
    final Rows rows = new Rows(lanes);
    final List<List<Object>> data = new ArrayList<>();
    for (final Stay stay : stays) {
      rows.bar(lanes.indexOf(stay.lane()), stay.kind(), stay.start(), stay.end());
      data.add(List.of(stay.lane(), stay.kind(), stay.start(), stay.end()));
    }
    return new Chart(
        rows.drawing(title, time),
        WIDTH,
        rows.height(),
        new ChartData(
            List.of("lane", "kind", "start: " + time.label(), "end: " + time.label()), data));
  }
}
