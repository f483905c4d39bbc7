package org.inferchip.engine;

import java.util.Arrays;
import org.inferchip.program.Hashing;

/**
 * A state of a simulation: a hash of all that must be equal for two states to go on alike; the
 * instants that lie ahead, as picoseconds from the state's time; and running totals, of which the
 * differences between two states matter. Totals are read in the order in which they were added.
 */
final class Picture {
  private long at;
  private long hash;
  private long[] ahead = new long[64];
  private int instants;
  private long[] events = new long[64];
  private int pending;
  private boolean sorted;
  private long[] totals = new long[64];
  private int count;
  private int read;

  /** Begins the picture of a state at a time. */
  void clear(final long now) {
    at = now;
    hash = 1;
    instants = 0;
    pending = 0;
    sorted = false;
    count = 0;
  }

  /** The time of the state. */
  long at() {
    return at;
  }

  /** Adds what must be equal. */
  void equal(final long value) {
    hash = Hashing.mix(hash, value);
  }

  /** Adds an instant; all that are past are alike. */
  void instant(final long time) {
    if (instants == ahead.length) {
      ahead = Arrays.copyOf(ahead, 2 * instants);
    }
    ahead[instants++] = Math.max(0, time - at);
  }

  /** Adds the pending events, whose order of equal payloads is that of their times. */
  void events(final HeapEventQueue queue) {
    pending = queue.size();
    if (pending > events.length) {
      events = new long[2 * pending];
    }
    queue.keys(at, events);
    long sum = pending;
    for (int i = 0; i < pending; i++) {
      final long h = (HeapEventQueue.payload(events[i]) + 1) * 0x9E3779B97F4A7C15L;
      sum += h ^ h >>> 29;
    }
    equal(sum);
  }

  private void sort() {
    if (!sorted) {
      Arrays.sort(events, 0, pending);
      sorted = true;
    }
  }

  /** Adds a total. */
  void total(final long value) {
    if (count == totals.length) {
      totals = Arrays.copyOf(totals, 2 * count);
    }
    totals[count++] = value;
  }

  /** Goes back to the first total. */
  void rewind() {
    read = 0;
  }

  /** How much a total has grown since. */
  long grown(final long value) {
    return value - totals[read++];
  }

  /** Whether two states go on alike, up to some picoseconds of each instant. */
  boolean matches(final Picture other, final long tolerance) {
    if (hash != other.hash || instants != other.instants) {
      return false;
    }
    for (int i = 0; i < instants; i++) {
      if (Math.abs(ahead[i] - other.ahead[i]) > tolerance) {
        return false;
      }
    }
    return eventsMatch(other, tolerance);
  }

  private boolean eventsMatch(final Picture other, final long tolerance) {
    if (pending != other.pending) {
      return false;
    }
    sort();
    other.sort();
    for (int i = 0; i < pending; i++) {
      // Keys of different payloads differ by far more than a tolerance in time.
      if (Math.abs(events[i] - other.events[i]) > tolerance) {
        return false;
      }
    }
    return true;
  }
}
