package org.inferchip.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.cost.HourlyCost;
import org.inferchip.cost.TokenCost;
import org.inferchip.engine.Detail;
import org.inferchip.model.LoadedModel;
import org.inferchip.serving.RunResult;
import org.inferchip.serving.Serving;
import org.inferchip.serving.ServingConfig;
import org.inferchip.serving.ServingConfig.Prefixes;
import org.inferchip.serving.Slo;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Pins;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepCost;
import org.inferchip.simulation.StepSimulator;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;
import org.inferchip.trace.Transform;
import org.inferchip.trace.Transforms;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.verification.OperatorSampler;
import org.inferchip.verification.SampleReport;

/** Serves a trace on a system and counts what it takes: the whole of one design point. */
public final class Evaluator {
  private final Options options;

  /**
   * What is asked of every system.
   *
   * @param wishes splits and formats that are not left to the plan
   * @param policy scheduler
   * @param prefixCaching whether prompts that begin alike are computed once; empty: where the stack
   *     does it, the policy allows and the trace tells which do
   * @param objectives service-level objectives by class
   * @param pinned mappings that are not searched, in their printed form, by operator name
   * @param detail whether equal streams are folded
   * @param seed of the sample of tiles whose arithmetic is executed
   */
  public record Options(
      Plan.Wishes wishes,
      ServingConfig.Policy policy,
      Optional<Boolean> prefixCaching,
      Map<String, Slo> objectives,
      Map<String, String> pinned,
      Detail detail,
      long seed) {
    /** What is asked where nothing but splits and formats is wished for. */
    public static Options usual(final Plan.Wishes wishes, final long seed) {
      return new Options(
          wishes,
          ServingConfig.Policy.VLLM,
          Optional.empty(),
          Map.of(),
          Map.of(),
          Detail.FOLDED,
          seed);
    }
  }

  /** An evaluator. */
  public Evaluator(final Options options) {
    this.options = options;
  }

  /**
   * An evaluation whose trace can be served again.
   *
   * @param evaluation the evaluation
   * @param again serves the trace with other costs of steps, made of those that were simulated
   * @param other serves another trace
   */
  public record Served(
      Evaluation evaluation,
      Function<UnaryOperator<StepCost>, RunResult> again,
      Function<Trace, RunResult> other) {

    /** Serves the trace at other loads: with its arrivals so many times closer together. */
    public List<LoadPoint> under(final Trace trace, final List<Double> factors) {
      final List<LoadPoint> points = new ArrayList<>();
      for (final double factor : factors) {
        final Trace scaled = Transform.applyAll(trace, List.of(Transforms.scaleRate(factor)), 0);
        final double seconds = scaled.spanNanos() * 1e-9;
        points.add(new LoadPoint(factor, scaled.requests().size() / seconds, other.apply(scaled)));
      }
      return points;
    }
  }

  /**
   * Evaluates one system.
   *
   * @param progress told the requests that have ended, as they grow
   */
  public Evaluation evaluate(
      final Described<SystemDescription> described,
      final LoadedModel loaded,
      final Trace trace,
      final LongConsumer progress) {
    return serve(described, loaded, trace, progress).evaluation();
  }

  /** As {@link #evaluate}, to be served again. */
  public Served serve(
      final Described<SystemDescription> described,
      final LoadedModel loaded,
      final Trace trace,
      final LongConsumer progress) {
    final Plan plan = Plan.of(described.value(), loaded.model(), options.wishes());
    final SystemDescription system = plan.system();
    final OperatorSimulator operators =
        new OperatorSimulator(
            system.chip(), system.stack(), options.detail(), Pins.of(plan, options.pinned()));
    final StepSimulator steps = new StepSimulator(plan, operators);
    final RunResult run =
        Serving.run(trace, config(plan, trace), system, plan.chips(), steps, progress);
    final SampleReport verified = OperatorSampler.sample(operators, options.seed());
    final HourlyCost hourly = HourlyCost.of(system, plan.chips(), run.energy().watts().facility());
    final List<InputFile> inputs = new ArrayList<>(described.files());
    inputs.addAll(loaded.files());
    inputs.add(new InputFile(trace.name(), trace.sha256()));
    final Evaluation evaluation =
        new Evaluation(
            system.name(),
            plan,
            run,
            steps.totals(),
            steps.hostSeconds(),
            new Evaluation.Interpolation(
                steps.check().checked(), steps.check().meanError(), steps.check().largestError()),
            hourly,
            tokens(run, hourly.owned(), hourly.utilisation()),
            hourly.rental().map(dollars -> tokens(run, dollars, 1)).orElse(null),
            operators.fallbacks(),
            verified,
            described.sources().estimateShare(),
            described.sources().cited(),
            inputs);
    return new Served(
        evaluation,
        costs ->
            Serving.run(
                trace, config(plan, trace), system, plan.chips(), costs.apply(steps), ended -> {}),
        other ->
            Serving.run(
                other,
                config(plan, other),
                system,
                plan.chips(),
                new StepSimulator(plan, operators),
                ended -> {}));
  }

  private ServingConfig config(final Plan plan, final Trace trace) {
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
        .host(ServingConfig.Host.of(plan.system().stack().step()))
        .objectives(options.objectives())
        .swapTokens(swapTokens(plan, scheduler))
        .build();
  }

  /** Room for preempted requests; refused to schedulers that preempt nobody. */
  private long swapTokens(final Plan plan, final Stack.Scheduler scheduler) {
    final ServingConfig.Policy policy = options.policy().of(scheduler);
    final boolean preempts =
        policy == ServingConfig.Policy.VLLM || policy == ServingConfig.Policy.PROMPTS_FIRST;
    if (plan.farTokens() > 0 && !preempts) {
      throw new InvalidInputException(
          Problem.ofFile("offload", "only schedulers that preempt keep caches behind device memory")
              .but(policy.name().toLowerCase(Locale.ROOT), "policy vllm"));
    }
    return plan.farTokens();
  }

  private boolean cachesPrefixes(final Stack.Scheduler scheduler, final Trace trace) {
    final ServingConfig.Policy policy = options.policy().of(scheduler);
    if (policy == ServingConfig.Policy.SLOTTED) {
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
                    && options.policy() == ServingConfig.Policy.VLLM
                    && trace.requests().stream().anyMatch(Request::tellsContent));
  }

  private static TokenCost tokens(
      final RunResult run, final double dollarsPerHour, final double utilisation) {
    return TokenCost.of(
        dollarsPerHour,
        utilisation,
        run.rates().durationSeconds(),
        run.occupancy().prefillShare(),
        run.counts().inputTokens(),
        run.counts().outputTokens());
  }
}
