package org.inferchip.audit;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Area of a union of rectangles, which may overlap; many are repeated. */
final class Coverage {
  private record Rectangle(int row, int col, int rows, int cols) {}

  private final Set<Rectangle> seen = new HashSet<>();
  private final TreeMap<Integer, Band> bands = new TreeMap<>();

  private record Band(int end, Ranges cols) {}

  void add(final int row, final int col, final int rows, final int cols) {
    if (!seen.add(new Rectangle(row, col, rows, cols))) {
      return;
    }
    final int end = row + rows;
    cut(row);
    cut(end);
    int from = row;
    while (from < end) {
      final Map.Entry<Integer, Band> next = bands.ceilingEntry(from);
      final int start = next == null ? end : Math.min(end, next.getKey());
      final Band band = start > from ? new Band(start, Ranges.NONE) : bands.get(from);
      bands.put(from, new Band(band.end, band.cols.plus(col, col + cols)));
      from = band.end;
    }
  }

  private void cut(final int row) {
    final Map.Entry<Integer, Band> entry = bands.lowerEntry(row);
    if (entry != null && entry.getValue().end > row) {
      final Band band = entry.getValue();
      bands.put(entry.getKey(), new Band(row, band.cols));
      bands.put(row, band);
    }
  }

  long area() {
    long sum = 0;
    for (final Map.Entry<Integer, Band> entry : bands.entrySet()) {
      sum += (long) (entry.getValue().end - entry.getKey()) * entry.getValue().cols.size();
    }
    return sum;
  }
}
