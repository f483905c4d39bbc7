package org.inferchip.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.model.LoadedModel;
import org.inferchip.serving.Deployment;
import org.inferchip.serving.Policy;
import org.inferchip.serving.Pool;
import org.inferchip.serving.RouterPolicy;
import org.inferchip.serving.RunResult;
import org.inferchip.simulation.StepCost;
import org.inferchip.trace.Trace;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Keyed;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/** The instances of a run before they serve. */
final class FleetSetUp {
  private final Evaluator.Options options;
  private final PoolSetUp serving;
  private final Optional<PoolSetUp> prefill;

  private FleetSetUp(
      final Evaluator.Options options, final PoolSetUp serving, final Optional<PoolSetUp> prefill) {
    this.options = options;
    this.serving = serving;
    this.prefill = prefill;
  }

  /**
   * Lays the model on every kind of instance.
   *
   * @throws InvalidInputException if it does not fit, or caches cannot be handed over
   */
  static FleetSetUp of(
      final Evaluator.Options options,
      final Described<SystemDescription> described,
      final LoadedModel loaded) {
    final FleetWishes fleet = options.fleet();
    final Problems problems = new Problems();
    final Optional<PoolSetUp> serving =
        problems.read(
            () ->
                new PoolSetUp(
                    options,
                    described,
                    loaded,
                    options.wishes(),
                    options.pinned(),
                    fleet.replicas()));
    final Optional<PoolSetUp> prefill =
        fleet
            .prefill()
            .flatMap(
                of ->
                    problems.read(
                        () ->
                            new PoolSetUp(
                                options,
                                of.system(),
                                loaded,
                                of.wishes(),
                                Map.of(),
                                of.replicas())));
    problems.throwIfAny();
    prefill.ifPresent(from -> checkCaches(from, serving.orElseThrow()));
    return new FleetSetUp(options, serving.orElseThrow(), prefill);
  }

  private static void checkCaches(final PoolSetUp from, final PoolSetUp to) {
    if (from.plan().cache() != to.plan().cache()) {
      throw new InvalidInputException(
          Problem.ofFile(
                  from.plan().system().name(),
                  "its keys and values are handed over as they are, and "
                      + to.plan().system().name()
                      + " keeps them in another format")
              .but(Keyed.of(from.plan().cache()), Keyed.of(to.plan().cache())));
    }
  }

  PoolSetUp serving() {
    return serving;
  }

  /** Prefill first. */
  List<PoolSetUp> pools() {
    final List<PoolSetUp> pools = new ArrayList<>();
    prefill.ifPresent(pools::add);
    pools.add(serving);
    return pools;
  }

  Deployment deployment(final Trace trace) {
    return deployment(trace, UnaryOperator.identity());
  }

  /** With other costs of steps. */
  Deployment deployment(final Trace trace, final UnaryOperator<StepCost> costs) {
    return deployment(one -> one.pool(trace, costs));
  }

  /** With costs of steps that are counted for themselves. */
  Deployment afresh(final Trace trace) {
    return deployment(one -> one.afresh(trace));
  }

  private Deployment deployment(final Function<PoolSetUp, Pool> of) {
    final Pool pool = of.apply(serving);
    final RouterPolicy router = options.fleet().router();
    if (router == RouterPolicy.PREFIX && !pool.config().cachesPrefixes()) {
      throw new InvalidInputException(
          Problem.ofFile("router", "there are no prefix caches to look into")
              .but(
                  "prefix",
                  "a trace that tells which prompts begin alike, with --prefix-caching; or another"
                      + " router"));
    }
    return new Deployment(
        pool, router, options.seed(), prefill.map(from -> prefill(of.apply(from), pool)));
  }

  private Deployment.Prefill prefill(final Pool from, final Pool to) {
    for (final Pool one : List.of(from, to)) {
      final Policy policy = one.config().policy();
      if (policy == Policy.STATIC || policy == Policy.SLOTTED) {
        throw new InvalidInputException(
            Problem.ofFile(one.system().name(), "its scheduler hands no caches over")
                .but(
                    "policy " + Keyed.of(policy),
                    "--policy vllm or prompts-first, on a stack that schedules so"));
      }
    }
    return new Deployment.Prefill(
        from,
        options
            .fleet()
            .prefill()
            .orElseThrow()
            .link()
            .handover(serving.plan().model(), serving.plan().cache()));
  }

  Evaluation evaluation(final LoadedModel loaded, final Trace trace, final RunResult run) {
    return new FleetEvaluation(options, this, run).of(loaded, trace);
  }
}
