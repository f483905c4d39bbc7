package org.inferchip.calibrate;

import java.util.Optional;
import org.inferchip.simulation.Plan;

/**
 * How a load test was laid over chips, and how many users each rank had.
 *
 * <p>Public nightly runs of one box stand twice in their table, times equal to the last digit, once
 * with n chips and n groups of experts, once with n x n chips: there the degree of the experts was
 * multiplied in. So where a deployment names its box, a row of n groups on n x n chips that are
 * more than the box has is one of n chips; all its users stay.
 *
 * @param tensor chips that each layer is split over
 * @param ranks of data-parallel attention, and groups of experts
 * @param users of all ranks
 */
record Degrees(int tensor, Plan.Ranks ranks, int users) {

  /**
   * Those of a row.
   *
   * @param each users of a rank
   * @param box chips of a box; absent: rows mean what they say
   */
  static Degrees of(
      final int tensor, final Plan.Ranks ranks, final int each, final Optional<Integer> box) {
    final int chips = tensor * ranks.dataParallel();
    final int experts = ranks.expertParallel();
    final int users = each * ranks.dataParallel();
    final boolean twice = box.map(most -> chips > most).orElse(false) && chips == experts * experts;
    if (!twice) {
      return new Degrees(tensor, ranks, users);
    }
    final boolean split = tensor > 1;
    return new Degrees(split ? experts : 1, new Plan.Ranks(split ? 1 : experts, experts), users);
  }
}
