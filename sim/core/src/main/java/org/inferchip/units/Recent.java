package org.inferchip.units;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was not asked for the longest, beyond so many entries. */
public final class Recent<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private static final float LOAD_FACTOR = 0.75f;

  private final int kept;

  /**
   * None yet.
   *
   * @param kept entries that are remembered
   */
  public Recent(final int kept) {
    super(kept, LOAD_FACTOR, true);
    this.kept = kept;
  }

  @Override
  protected boolean removeEldestEntry(final Map.Entry<K, V> eldest) {
    return size() > kept;
  }
}
