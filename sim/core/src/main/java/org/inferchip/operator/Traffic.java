package org.inferchip.operator;

import java.util.Arrays;

/**
 * Rows that each device has for each other (and for itself) in an exchange of unequal parts. Before
 * it, a device holds its rows in the order of those they are for; after it, in the order of those
 * they came from. Rows are numbered through all devices: device 0's first, without gaps. Immutable.
 */
public final class Traffic {
  private final int devices;
  private final int width;
  private final int[] rows;

  /** First row of each part before and after the exchange; one more than the last at the end. */
  private final int[] before;

  private final int[] after;

  /**
   * An exchange.
   *
   * @param rows by sender, then by receiver
   * @param width elements of a row
   */
  public Traffic(final int[][] rows, final int width) {
    this.devices = rows.length;
    this.width = width;
    this.rows = new int[devices * devices];
    for (int from = 0; from < devices; from++) {
      if (rows[from].length != devices) {
        throw new IllegalArgumentException("rows for " + rows[from].length + " of " + devices);
      }
      System.arraycopy(rows[from], 0, this.rows, from * devices, devices);
    }
    if (width < 1 || Arrays.stream(this.rows).anyMatch(one -> one < 0)) {
      throw new IllegalArgumentException("rows of " + width + " elements, or fewer rows than none");
    }
    before = starts(false);
    after = starts(true);
  }

  private int[] starts(final boolean transposed) {
    final int[] starts = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      final int cell = transposed ? i % devices * devices + i / devices : i;
      starts[i + 1] = Math.addExact(starts[i], rows[cell]);
    }
    return starts;
  }

  /** The same rows on their way back. */
  public Traffic back() {
    final int[][] turned = new int[devices][devices];
    for (int from = 0; from < devices; from++) {
      for (int to = 0; to < devices; to++) {
        turned[to][from] = rows(from, to);
      }
    }
    return new Traffic(turned, width);
  }

  /** Devices that take part. */
  public int devices() {
    return devices;
  }

  /** Elements of a row. */
  public int width() {
    return width;
  }

  /** Rows that a device has for another, or keeps. */
  public int rows(final int from, final int to) {
    return rows[from * devices + to];
  }

  /** Rows of all devices. */
  public int total() {
    return before[rows.length];
  }

  /** First row, before the exchange, of those that a device has for another. */
  public int start(final int from, final int to) {
    return before[from * devices + to];
  }

  /** First row, after the exchange, of those that a device got from another. */
  public int arrival(final int to, final int from) {
    return after[to * devices + from];
  }

  /** Rows that a device holds before the exchange. */
  public int held(final int device) {
    return before[(device + 1) * devices] - before[device * devices];
  }

  /** Rows that a device holds after the exchange. */
  public int got(final int device) {
    return after[(device + 1) * devices] - after[device * devices];
  }

  /** The device that holds a row after the exchange, times devices, plus that which had it. */
  private int part(final int row) {
    int at = Arrays.binarySearch(after, row);
    at = at < 0 ? -at - 2 : at;
    while (after[at + 1] == row) {
      at++;
    }
    return at;
  }

  /** Where a row stood before the exchange that stands somewhere after it. */
  public int source(final int row) {
    final int part = part(row);
    return start(part % devices, part / devices) + row - after[part];
  }

  /** Rows from one on, after the exchange, that came from the same device, itself included. */
  public int together(final int row) {
    return after[part(row) + 1] - row;
  }

  /** The device that holds a row before or after the exchange. */
  public int device(final int row, final boolean arrived) {
    final int[] starts = arrived ? after : before;
    int device = 0;
    while (starts[(device + 1) * devices] <= row) {
      device++;
    }
    return device;
  }

  /** Most rows that one device has for another. */
  public int most() {
    return Arrays.stream(rows).max().orElse(0);
  }

  /** Whether every device has as many rows for each, itself included. */
  public boolean equalParts() {
    return Arrays.stream(rows).allMatch(one -> one == rows[0]);
  }

  /** Whether the rows of every pair can be cut into so many equal parts. */
  public boolean inEqualParts(final int parts) {
    return Arrays.stream(rows).allMatch(one -> one % parts == 0);
  }

  /** Most rows that leave a device or come to it. */
  public int busiest() {
    return Math.max(mostSent(), mostReceived());
  }

  /** Of the devices that take part, the least of the most rows that each shares with one other. */
  public int leastBusy() {
    int least = Integer.MAX_VALUE;
    for (int device = 0; device < devices; device++) {
      int most = 0;
      for (int other = 0; other < devices; other++) {
        most = Math.max(most, Math.max(rows(device, other), rows(other, device)));
      }
      least = most > 0 ? Math.min(least, most) : least;
    }
    return least;
  }

  /** Most rows that leave a device. */
  int mostSent() {
    int most = 0;
    for (int device = 0; device < devices; device++) {
      most = Math.max(most, held(device) - rows(device, device));
    }
    return most;
  }

  /** Most rows that come to a device. */
  int mostReceived() {
    int most = 0;
    for (int device = 0; device < devices; device++) {
      most = Math.max(most, got(device) - rows(device, device));
    }
    return most;
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof final Traffic that
        && width == that.width
        && Arrays.equals(rows, that.rows);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(rows) + width;
  }

  @Override
  public String toString() {
    return total() + " rows of " + width + " among " + devices;
  }
}
