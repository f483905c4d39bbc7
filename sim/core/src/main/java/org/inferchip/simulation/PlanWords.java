package org.inferchip.simulation;

import org.inferchip.arch.Offload;

/** How a model lies on the chips of a plan, in words. */
final class PlanWords {
  private PlanWords() {}

  static String layout(final Plan plan) {
    final Plan.Ranks ranks = plan.ranks();
    return plan.tensorParallel()
        + (plan.regions() > 1 ? " region" : " chip")
        + (plan.tensorParallel() > 1 ? "s" : "")
        + (ranks.dataParallel() > 1 ? " a rank, " : " a stage, ")
        + stages(plan)
        + (plan.regions() > 1 ? ", " + plan.regions() + " regions a chip" : "")
        + (plan.vocabularyStages() > 1
            ? ", " + plan.vocabularyStages() + " stages for the head"
            : "")
        + (ranks.dataParallel() > 1 ? ", " + ranks.dataParallel() + " ranks of sequences" : "")
        + (ranks.expertParallel() > 1
            ? ", experts over " + ranks.expertParallel() + " groups of chips"
            : "")
        + (plan.expertSkew() > 0 ? ", skew of experts " + plan.expertSkew() : "")
        + FarTransfers.of(plan).map(FarTransfers::words).orElse("")
        + (spared(plan) ? ", weights resident" : "");
  }

  private static String stages(final Plan plan) {
    final PipelineStages stages = plan.stages();
    final int most = stages.mostLayers();
    final int least = Math.min(stages.middle() > 0 ? stages.middle() : stages.first(), most);
    return plan.pipelineParallel()
        + " stages of "
        + (least == most ? "" : least + " to ")
        + most
        + (most > 1 ? " layers" : " layer");
  }

  /** Whether weights that could be kept behind device memory fit in it. */
  private static boolean spared(final Plan plan) {
    return plan.offload().weightShare() == 0
        && plan.system().placement().offload().map(Offload::spills).orElse(false);
  }
}
