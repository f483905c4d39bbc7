package org.inferchip.calibrate;

import org.inferchip.units.Range;

/**
 * A gate that chooses groups of experts before experts, as DeepSeek-V3's: a group counts as its two
 * best experts.
 *
 * @param groups of experts, equal and in order
 * @param kept groups that a token may go to
 */
public record ExpertGate(@Range(min = 1) int groups, @Range(min = 1) int kept) {
  /** Any expert may be chosen. */
  static final ExpertGate FREE = new ExpertGate(1, 1);

  /** Checks that no more are kept than there are. */
  public ExpertGate {
    if (kept > groups) {
      throw new IllegalArgumentException(kept + " of " + groups + " groups are kept");
    }
  }
}
