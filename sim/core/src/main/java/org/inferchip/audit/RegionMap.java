package org.inferchip.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which rectangles of a tensor were written, disjoint. Rows are cut into bands at the borders of
 * the rectangles, each with its writes by first column; tilings whose tiles share borders have few.
 */
final class RegionMap {

  /**
   * One store.
   *
   * @param row first row
   * @param col first column
   * @param rows rows
   * @param cols columns
   * @param content what was stored
   * @param stream who stored it
   * @param item in which of its items
   */
  record Write(int row, int col, int rows, int cols, Content content, int stream, int item) {
    long area() {
      return (long) rows * cols;
    }
  }

  private static final class Band {
    final int end;
    final TreeMap<Integer, Write> writes;

    Band(final int end, final TreeMap<Integer, Write> writes) {
      this.end = end;
      this.writes = writes;
    }
  }

  private final TreeMap<Integer, Band> bands = new TreeMap<>();
  private long area;

  /** Elements written. */
  long area() {
    return area;
  }

  /** Adds a write, or gives back an earlier one that it overlaps and adds nothing. */
  Write add(final Write write) {
    final int end = write.row + write.rows;
    final List<Write> before = find(write.row, write.col, write.rows, write.cols);
    if (!before.isEmpty()) {
      return before.get(0);
    }
    cut(write.row);
    cut(end);
    int from = write.row;
    while (from < end) {
      final Map.Entry<Integer, Band> next = bands.ceilingEntry(from);
      final int start = next == null ? end : Math.min(end, next.getKey());
      if (start > from) {
        bands.put(from, new Band(start, new TreeMap<>()));
      }
      final Band band = bands.get(from);
      band.writes.put(write.col, write);
      from = band.end;
    }
    area += write.area();
    return null;
  }

  private void cut(final int row) {
    final Map.Entry<Integer, Band> entry = bands.lowerEntry(row);
    if (entry != null && entry.getValue().end > row) {
      final Band band = entry.getValue();
      bands.put(entry.getKey(), new Band(row, band.writes));
      bands.put(row, new Band(band.end, new TreeMap<>(band.writes)));
    }
  }

  /** The writes that touch a region, each once. */
  List<Write> find(final int row, final int col, final int rows, final int cols) {
    final List<Write> found = new ArrayList<>(1);
    Map.Entry<Integer, Band> entry = bands.floorEntry(row);
    if (entry == null || entry.getValue().end <= row) {
      entry = bands.higherEntry(row);
    }
    for (;
        entry != null && entry.getKey() < row + rows;
        entry = bands.higherEntry(entry.getKey())) {
      collect(entry.getValue(), entry.getKey(), row, col, cols, found);
    }
    return found;
  }

  private static void collect(
      final Band band,
      final int start,
      final int row,
      final int col,
      final int cols,
      final List<Write> found) {
    final Integer first = band.writes.floorKey(col);
    for (final Write write :
        band.writes.subMap(first == null ? col : first, true, col + cols, false).values()) {
      // A write that spans several bands is met first in its own first band or in that of the row.
      if (write.col + write.cols > col && (write.row == start || start <= row)) {
        found.add(write);
      }
    }
  }

  /** Some place without a write within rows x cols, in words; null if there is none. */
  String hole(final long rows, final long cols) {
    if (area == rows * cols) {
      return null;
    }
    int row = 0;
    for (final Map.Entry<Integer, Band> entry : bands.entrySet()) {
      if (entry.getKey() > row) {
        break;
      }
      int col = 0;
      for (final Write write : entry.getValue().writes.values()) {
        if (write.col > col) {
          break;
        }
        col = write.col + write.cols;
      }
      if (col < cols) {
        return "row " + row + " column " + col;
      }
      row = entry.getValue().end;
    }
    return row < rows ? "row " + row + " column 0" : null;
  }
}
