package org.inferchip.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.report.chart.Axis;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.Gantt;
import org.inferchip.report.chart.Gantt.Stay;

/**
 * The operators of a layer over time, and when each unit of one core works for them. Stays of a
 * unit that almost touch are one: a paper's column cannot show the gaps between tiles.
 */
public final class LayerGantt {
  static final String HEADER = "lane,operator,start_us,end_us";

  /** The row of the operators, and what is done in it before one starts. */
  private static final String OPERATORS = "operators";

  private static final String LAUNCH = "launch";
  private static final double MICROS = 1e-6;

  /** Gaps shorter than this part of the whole are not shown. */
  private static final double SHORTEST = 1.0 / 300;

  private final Map<List<String>, List<long[]>> stays = new LinkedHashMap<>();
  private long end;

  /** Adds an operator that starts at a time: first its launch floor. */
  void operator(final String name, final long start, final long launch, final long latency) {
    if (launch > 0) {
      add(OPERATORS, LAUNCH, start, start + launch);
    }
    add(OPERATORS, name, start + launch, start + latency);
  }

  /** Adds a time for which a unit is taken. */
  void unit(final String unit, final String operator, final long start, final long free) {
    add(unit, operator, start, free);
  }

  private void add(final String lane, final String kind, final long from, final long to) {
    stays.computeIfAbsent(List.of(lane, kind), key -> new ArrayList<>()).add(new long[] {from, to});
    end = Math.max(end, to);
  }

  /** What is to be drawn, in microseconds, by row. */
  List<Stay> stays() {
    final List<Stay> all = new ArrayList<>();
    final List<String> lanes = stays.keySet().stream().map(key -> key.get(0)).distinct().toList();
    for (final String lane : lanes) {
      stays.forEach(
          (key, times) -> {
            if (key.get(0).equals(lane)) {
              merged(times)
                  .forEach(t -> all.add(new Stay(lane, key.get(1), t[0] * MICROS, t[1] * MICROS)));
            }
          });
    }
    return all;
  }

  private List<long[]> merged(final List<long[]> times) {
    final List<long[]> sorted = times.stream().sorted(Comparator.comparingLong(t -> t[0])).toList();
    final List<long[]> merged = new ArrayList<>();
    for (final long[] time : sorted) {
      final long[] last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && time[0] - last[1] <= end * SHORTEST) {
        last[1] = Math.max(last[1], time[1]);
      } else {
        merged.add(time.clone());
      }
    }
    return merged;
  }

  /** The chart of stays. */
  static Chart chart(final String title, final List<Stay> stays) {
    return Gantt.of(title, Axis.fromZero("time [us]"), stays);
  }

  /** Writes the chart of a layer where it is no part of a page. */
  public static void draw(final ResultFolder folder, final String title, final List<Stay> stays) {
    new ChartFiles(folder).write("layer", chart("A layer of " + title, stays));
  }

  /** The stays as CSV. */
  static String csv(final List<Stay> stays) {
    final StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (final Stay stay : stays) {
      csv.append(ResultCsv.quoted(stay.lane())).append(',');
      csv.append(ResultCsv.quoted(stay.kind())).append(',');
      csv.append(Json.number(stay.start())).append(',');
      csv.append(Json.number(stay.end())).append('\n');
    }
    return csv.toString();
  }
}
