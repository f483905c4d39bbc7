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
import org.inferchip.engine.Detail;
import org.inferchip.model.LoadedModel;
import org.inferchip.serving.Policy;
import org.inferchip.serving.RunResult;
import org.inferchip.serving.Serving;
import org.inferchip.serving.Slo;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepCost;
import org.inferchip.trace.Trace;
import org.inferchip.trace.Transform;
import org.inferchip.trace.Transforms;

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
      Policy policy,
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
          Policy.VLLM,
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
    final FleetSetUp fleet = FleetSetUp.of(options, described, loaded);
    final RunResult run = Serving.run(trace, fleet.deployment(trace), progress);
    return new Served(
        fleet.evaluation(loaded, trace, run),
        costs -> Serving.run(trace, fleet.deployment(trace, costs), ended -> {}),
        other -> Serving.run(other, fleet.afresh(other), ended -> {}));
  }
}
