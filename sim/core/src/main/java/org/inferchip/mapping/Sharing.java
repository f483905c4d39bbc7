package org.inferchip.mapping;

import org.inferchip.program.Task;

/**
 * How the loads of a region are shared by the streams of a wave, which run side by side: one of
 * them misses, the others find the data in the shared memory. The miss is spread evenly, to the
 * byte.
 *
 * @param sharers streams of the wave that load the region, this one included
 * @param ordinal which of them this is
 * @param distance bytes touched since an earlier wave loaded it, or {@link Task#FIRST_TOUCH}
 * @param ports streams that one fetch feeds
 */
record Sharing(int sharers, int ordinal, long distance, int ports) {

  /** Nobody else, never before. */
  static final Sharing ALONE = new Sharing(1, 0, Task.FIRST_TOUCH, 1);

  /**
   * Sharing with hardware multicast to groups of neighbours.
   *
   * @param multicast most ports that a fetch can feed
   */
  static Sharing of(
      final int sharers, final int ordinal, final long distance, final int multicast) {
    final int whole = sharers - sharers % multicast;
    return new Sharing(
        sharers, ordinal, distance, ordinal < whole ? multicast : Math.max(1, sharers % multicast));
  }

  /** Refines a load of which every byte misses once. */
  Task on(final Task load) {
    return on(load, load.bytes);
  }

  /** Refines a load of which some bytes miss, all sharers together. */
  Task on(final Task load, final long missing) {
    final long share = missing / sharers + (larger(missing) ? 1 : 0);
    return load.reuse(share, distance).multicast(ports);
  }

  /** Whether this one's share of bytes that miss is one of the larger ones. */
  private boolean larger(final long missing) {
    return ordinal < missing % sharers;
  }

  /** A key of how loads of so many bytes are refined. */
  long key(final long first, final long last) {
    final long numbers = (long) sharers << 32 | ports;
    return 4 * (31 * numbers + distance) + (larger(first) ? 2 : 0) + (larger(last) ? 1 : 0);
  }
}
