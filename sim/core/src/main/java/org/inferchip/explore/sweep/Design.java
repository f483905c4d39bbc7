package org.inferchip.explore.sweep;

import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.model.LoadedModel;
import org.inferchip.simulation.Plan;

/**
 * A point, ready to be simulated.
 *
 * @param system with the point's values set
 * @param model that it runs
 * @param wishes split and formats
 * @param work with the point's values set
 */
record Design(
    Described<SystemDescription> system, LoadedModel model, Plan.Wishes wishes, Work work) {
  /**
   * The plan; where no split is asked for and steps need more room than one long request, on as few
   * chips as hold their sequences.
   */
  Plan plan() {
    Plan plan = Plan.of(system.value(), model.model(), wishes);
    final boolean free =
        wishes.tensorParallel().isEmpty()
            && wishes.pipelineParallel().isEmpty()
            && system.value().placement().tensorParallel().isEmpty();
    while (free && plan.kvTokens() < tokens() && canSplit(plan)) {
      plan =
          Plan.of(
              system.value(),
              model.model(),
              new Plan.Wishes(
                  Optional.of(2 * plan.tensorParallel()), Optional.empty(), wishes.weights()));
    }
    return plan;
  }

  private boolean canSplit(final Plan plan) {
    final int more = 2 * plan.tensorParallel();
    return plan.pipelineParallel() == 1
        && more <= system.value().count()
        && model.model().numAttentionHeads() % more == 0;
  }

  /** Tokens that the cache must hold at once. */
  private long tokens() {
    return work instanceof final Work.Steps steps ? (long) steps.batch() * steps.context() : 0;
  }
}
