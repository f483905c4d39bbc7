package org.inferchip.explore;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.cost.HourlyCost;
import org.inferchip.model.LoadedModel;
import org.inferchip.serving.Host;
import org.inferchip.serving.InstanceUse;
import org.inferchip.serving.Policy;
import org.inferchip.serving.Pool;
import org.inferchip.serving.Prefixes;
import org.inferchip.serving.ServingConfig;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Pins;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepCost;
import org.inferchip.simulation.StepSimulator;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Keyed;
import org.inferchip.units.Problem;

/** Equal instances of a system before they serve: the plan, what steps cost, and the scheduler. */
final class PoolSetUp {
  private final Evaluator.Options options;
  private final Described<SystemDescription> described;
  private final Plan plan;
  private final int instances;
  private final OperatorSimulator operators;
  private final StepSimulator steps;

  PoolSetUp(
      final Evaluator.Options options,
      final Described<SystemDescription> described,
      final LoadedModel loaded,
      final Plan.Wishes wishes,
      final Map<String, String> pinned,
      final int instances) {
    this.options = options;
    this.described = described;
    this.instances = instances;
    plan = Plan.of(described.value(), loaded.model(), wishes);
    operators =
        new OperatorSimulator(
            plan.system().chip(), plan.system().stack(), options.detail(), Pins.of(plan, pinned));
    steps = new StepSimulator(plan, operators);
  }

  Described<SystemDescription> described() {
    return described;
  }

  Plan plan() {
    return plan;
  }

  int instances() {
    return instances;
  }

  OperatorSimulator operators() {
    return operators;
  }

  StepSimulator steps() {
    return steps;
  }

  /** The instances as the serving loop takes them. */
  Pool pool(final Trace trace) {
    return pool(trace, UnaryOperator.identity());
  }

  /** The same with other costs of steps. */
  Pool pool(final Trace trace, final UnaryOperator<StepCost> costs) {
    return pool(trace, costs.apply(steps));
  }

  /** The same with costs of steps that are counted for themselves. */
  Pool afresh(final Trace trace) {
    return pool(trace, new StepSimulator(plan, operators));
  }

  private Pool pool(final Trace trace, final StepCost cost) {
    return new Pool(plan.system(), plan.chips(), config(trace), cost, instances);
  }

  /** What they cost, each with the watts it drew. */
  Pooled pooled(final List<InstanceUse> uses) {
    final HourlyCost hourly =
        uses.stream()
            .map(use -> HourlyCost.of(plan.system(), plan.chips(), use.watts().facility()))
            .reduce(HourlyCost::plus)
            .orElseThrow();
    return new Pooled(plan, instances, hourly);
  }

  private ServingConfig config(final Trace trace) {
    final Stack.Scheduler scheduler = plan.system().stack().scheduler();
    final int ranks = plan.ranks().dataParallel();
    return new ServingConfig.Builder(
            scheduler.maxBatchedTokens() * ranks,
            scheduler.maxSequences() * ranks,
            (int) Math.min(Integer.MAX_VALUE / 2, plan.kvBlocks()),
            plan.model().maxPositionEmbeddings())
        .policy(options.policy().of(scheduler))
        .blockTokens(scheduler.blockTokens())
        // A prompt's chunk is computed by one rank.
        .prefill(true, ranks > 1 ? scheduler.maxBatchedTokens() : 0)
        .prefixes(cachesPrefixes(scheduler, trace) ? Prefixes.CACHED : Prefixes.OFF)
        .pipeline(plan.pipelineParallel(), plan.pipelineParallel() > 1)
        .host(Host.of(plan.system().stack().step()))
        .objectives(options.objectives())
        .swapTokens(swapTokens(scheduler))
        .build();
  }

  /** Room for preempted requests; refused to schedulers that preempt nobody. */
  private long swapTokens(final Stack.Scheduler scheduler) {
    final Policy policy = options.policy().of(scheduler);
    final boolean preempts = policy == Policy.VLLM || policy == Policy.PROMPTS_FIRST;
    if (plan.farTokens() > 0 && !preempts) {
      throw new InvalidInputException(
          Problem.ofFile("offload", "only schedulers that preempt keep caches behind device memory")
              .but(Keyed.of(policy), "policy vllm"));
    }
    return plan.farTokens();
  }

  private boolean cachesPrefixes(final Stack.Scheduler scheduler, final Trace trace) {
    final Policy policy = options.policy().of(scheduler);
    if (policy == Policy.SLOTTED) {
      if (options.prefixCaching().orElse(false)) {
        throw new InvalidInputException(
            Problem.ofFile("prefix caching", "seats in time slots reserve their cache")
                .but("asked for", "none with this stack, or --policy vllm"));
      }
      return false;
    }
    return options
        .prefixCaching()
        .orElseGet(
            () ->
                scheduler.prefixCaching().orElse(false)
                    && options.policy() == Policy.VLLM
                    && trace.requests().stream().anyMatch(Request::tellsContent));
  }
}
