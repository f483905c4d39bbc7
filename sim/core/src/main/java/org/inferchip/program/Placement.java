package org.inferchip.program;

/**
 * Where streams run. Streams of one core share its vector unit and its port; streams of one array
 * share its queue.
 */
public interface Placement {
  /** Devices (chips) that the program spans, at least 1. */
  int devices();

  /** The device of a stream. */
  int device(int stream);

  /** Index of the chip's core group (position in {@code Chip.cores}). */
  int coreGroup(int stream);

  /** The core within its group, on its device. */
  int core(int stream);

  /** The matrix array within the core. */
  int array(int stream);

  /**
   * Streams spread over one device: stream s runs on core (s / arrays) mod cores, array s mod
   * arrays, so that the first streams fill every array of every core once.
   *
   * @param coreGroup index of the core group
   * @param cores cores in it
   * @param arrays matrix arrays in a core
   */
  static Placement overCores(final int coreGroup, final int cores, final int arrays) {
    return new OverCores(coreGroup, cores, arrays, false);
  }

  /**
   * Streams spread over cores first: stream s runs on core s mod cores, array (s / cores) mod
   * arrays, so that few streams share a core's port and vector unit.
   *
   * @param coreGroup index of the core group
   * @param cores cores in it
   * @param arrays matrix arrays in a core
   */
  static Placement acrossCores(final int coreGroup, final int cores, final int arrays) {
    return new OverCores(coreGroup, cores, arrays, true);
  }

  /**
   * Streams on the cores of a group.
   *
   * @param group index of the core group
   * @param cores cores in it
   * @param arrays matrix arrays in a core
   * @param coresFirst whether neighbouring streams are on different cores, not on one
   */
  record OverCores(int group, int cores, int arrays, boolean coresFirst) implements Placement {
    @Override
    public int devices() {
      return 1;
    }

    @Override
    public int device(final int stream) {
      return 0;
    }

    @Override
    public int coreGroup(final int stream) {
      return group;
    }

    @Override
    public int core(final int stream) {
      return coresFirst ? stream % cores : stream / arrays % cores;
    }

    @Override
    public int array(final int stream) {
      return coresFirst ? stream / cores % arrays : stream % arrays;
    }
  }
}
