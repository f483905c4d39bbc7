package org.inferchip.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.cost.HourlyCost;
import org.inferchip.cost.TokenCost;
import org.inferchip.engine.Detail;
import org.inferchip.model.LoadedModel;
import org.inferchip.serving.Deployment;
import org.inferchip.serving.Pool;
import org.inferchip.serving.RouterPolicy;
import org.inferchip.serving.RunResult;
import org.inferchip.serving.Serving;
import org.inferchip.serving.ServingConfig;
import org.inferchip.serving.Slo;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepCost;
import org.inferchip.simulation.StepSimulator;
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
   * @param fleet how many instances serve together
   * @param detail whether equal streams are folded
   * @param seed of the sample of tiles whose arithmetic is executed
   */
  public record Options(
      Plan.Wishes wishes,
      ServingConfig.Policy policy,
      Optional<Boolean> prefixCaching,
      Map<String, Slo> objectives,
      Map<String, String> pinned,
      FleetWishes fleet,
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
          FleetWishes.NONE,
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
    final PoolSetUp pool =
        new PoolSetUp(options, described, loaded, options.wishes(), options.fleet().replicas());
    final StepSimulator steps = pool.steps();
    final RunResult run = Serving.run(trace, deployment(pool.pool(trace)), progress);
    final SampleReport verified = OperatorSampler.sample(pool.operators(), options.seed());
    final Pooled pooled = pool.pooled(run.instances());
    final HourlyCost hourly = pooled.hourly();
    final List<InputFile> inputs = new ArrayList<>(described.files());
    inputs.addAll(loaded.files());
    inputs.add(new InputFile(trace.name(), trace.sha256()));
    final Evaluation evaluation =
        new Evaluation(
            pool.plan().system().name(),
            pool.plan(),
            options.fleet(),
            List.of(pooled),
            run,
            steps.totals(),
            steps.hostSeconds(),
            new Evaluation.Interpolation(
                steps.check().checked(), steps.check().meanError(), steps.check().largestError()),
            hourly,
            tokens(run, hourly.owned(), hourly.utilisation()),
            hourly.rental().map(dollars -> tokens(run, dollars, 1)).orElse(null),
            pool.operators().fallbacks(),
            verified,
            described.sources().estimateShare(),
            described.sources().cited(),
            inputs);
    return new Served(
        evaluation,
        costs -> Serving.run(trace, deployment(pool.pool(trace, costs)), ended -> {}),
        other -> Serving.run(other, deployment(pool.afresh(other)), ended -> {}));
  }

  private Deployment deployment(final Pool pool) {
    final FleetWishes fleet = options.fleet();
    if (fleet.router() == RouterPolicy.PREFIX && !pool.config().cachesPrefixes()) {
      throw new InvalidInputException(
          Problem.ofFile("router", "there are no prefix caches to look into")
              .but(
                  "prefix",
                  "a trace that tells which prompts begin alike, with --prefix-caching; or another"
                      + " router"));
    }
    return new Deployment(pool, fleet.router(), options.seed());
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
