package org.inferchip.calibrate;

import java.util.List;
import java.util.Optional;
import org.inferchip.serving.Drafts;
import org.inferchip.simulation.Plan;
import org.inferchip.units.Range;

/**
 * Tokens that engines of some releases drafted in load tests, whose tables do not say so.
 *
 * @param model whose tests
 * @param releases of the engine
 * @param tokens drafted in each step
 * @param ranked those with data-parallel attention
 * @param delivered of a request by a step on average, the one without a draft included
 */
record DraftRule(
    String model,
    List<String> releases,
    @Range(min = 1) int tokens,
    @Range(min = 1) int ranked,
    @Range(min = 1) double delivered) {

  Optional<Drafts> drafts(final Plan plan, final String release) {
    if (!model.equals(plan.model().name()) || !releases.contains(release)) {
      return Optional.empty();
    }
    final Drafts single = Drafts.delivering(tokens, delivered);
    return Optional.of(
        plan.ranks().dataParallel() > 1 ? new Drafts(ranked, single.chance()) : single);
  }
}
