package org.inferchip.trace;

import java.util.Arrays;

/**
 * Identifiers of the prompt's blocks, in order. They are prefix-chained: equal identifiers stand
 * for equal blocks after equal prefixes. Immutable.
 */
public final class BlockIds {
  /** No identifiers. */
  public static final BlockIds NONE = new BlockIds(new long[0]);

  private final long[] ids;

  private BlockIds(final long[] ids) {
    this.ids = ids;
  }

  /** These identifiers; the array is copied. */
  public static BlockIds of(final long... ids) {
    return ids.length == 0 ? NONE : new BlockIds(ids.clone());
  }

  /** How many there are. */
  public int size() {
    return ids.length;
  }

  /** The identifier of a block, counted from the start of the prompt. */
  public long get(final int block) {
    return ids[block];
  }

  /** A copy of all. */
  public long[] toArray() {
    return ids.clone();
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof BlockIds && Arrays.equals(ids, ((BlockIds) other).ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return Arrays.toString(ids);
  }
}
