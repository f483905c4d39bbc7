package org.inferchip.trace;

import java.util.List;

/**
 * Changes a trace: its arrivals, or which requests are in it. Rows that fall out are drops with the
 * transform's reason, so that rows read stay accounted for; what was done is a note. A request that
 * waits for one that fell out falls out too.
 */
public interface Transform {
  /**
   * The changed trace.
   *
   * @param seed of what is drawn at random
   * @throws org.inferchip.units.InvalidInputException if the transform has no meaning for this
   *     trace
   */
  Trace apply(Trace trace, long seed);

  /** All of them, one after the other. */
  static Trace applyAll(final Trace trace, final List<Transform> transforms, final long seed) {
    Trace changed = trace;
    for (final Transform transform : transforms) {
      changed = transform.apply(changed, seed);
    }
    return changed;
  }
}
