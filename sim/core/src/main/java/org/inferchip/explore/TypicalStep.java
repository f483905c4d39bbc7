package org.inferchip.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.StepShape;
import org.inferchip.serving.InstanceUse;
import org.inferchip.serving.RequestRecord;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepProfile;

/**
 * A step that stands for a kind of work of a run. Assumption: means of the run stand for all of its
 * steps.
 *
 * @param name of the kind
 * @param shape its tokens
 * @param share of the run's step time that this kind of work caused
 */
public record TypicalStep(String name, StepShape shape, double share) {

  /** The steps that stand for a run: its decoding and, where it caused any time, its prefill. */
  public static List<TypicalStep> of(final Evaluation evaluation) {
    final double prefill = evaluation.run().occupancy().prefillShare();
    final List<TypicalStep> steps = new ArrayList<>();
    steps.add(new TypicalStep("decode", decode(evaluation), 1 - prefill));
    if (prefill > 0) {
      final int budget = evaluation.plan().system().stack().scheduler().maxBatchedTokens();
      final int prompt = (int) Math.min(budget, whole(mean(evaluation, r -> r.promptTokens())));
      steps.add(new TypicalStep("prefill", StepShape.prefill(prompt, prompt), prefill));
    }
    return steps;
  }

  /**
   * A decode step of as many sequences as ran at once on average (of one instance), each with the
   * mean context of the completed requests half-way through their output, but no more than fit into
   * the cache: prompts that are only computed in part run too.
   */
  public static StepShape decode(final Evaluation evaluation) {
    final long context = whole(mean(evaluation, r -> r.promptTokens() + r.outputTokens() / 2.0));
    final long fit = Math.max(1, evaluation.plan().kvTokens() / context);
    final long running =
        whole(
            evaluation.run().instances().stream()
                .filter(one -> one.part() != InstanceUse.Part.PREFILL)
                .mapToDouble(InstanceUse::meanRunning)
                .average()
                .orElseThrow());
    return StepShape.decode((int) Math.min(fit, running), (int) context);
  }

  /**
   * Simulates a step of a run.
   *
   * @param pinned mappings of the run that are not searched; those of operators that this step does
   *     not have are left out
   */
  public static StepProfile profile(
      final Plan plan,
      final StepShape shape,
      final Detail detail,
      final Map<String, String> pinned) {
    final Map<String, String> own = new HashMap<>(pinned);
    final Set<String> names = new HashSet<>();
    plan.lower(shape).forEach((operator, count) -> names.add(operator.name()));
    own.keySet().retainAll(names);
    return StepProfile.of(plan, shape, detail, own);
  }

  private static double mean(
      final Evaluation evaluation, final ToDoubleFunction<RequestRecord> figure) {
    return evaluation.run().records().stream()
        .filter(record -> record.outcome() == RequestRecord.Outcome.COMPLETED)
        .mapToDouble(figure)
        .average()
        .orElse(1);
  }

  private static long whole(final double figure) {
    return Math.max(1, Math.round(figure));
  }
}
