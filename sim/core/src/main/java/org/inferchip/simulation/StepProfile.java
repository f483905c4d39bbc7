package org.inferchip.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inferchip.arch.SystemDescription;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.energy.EnergyLaw;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.Call;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.StepShape;
import org.inferchip.operator.Operator;
import org.inferchip.units.InvalidInputException;

/**
 * One step, operator by operator, without interpolation or padding.
 *
 * @param plan how the model lies on the system
 * @param shape its tokens
 * @param lines operators with how often they run, in the order of their first run
 * @param hostPicos host time, with what layers wait for weights from behind device memory
 * @param fallbacks what of the chip's fixed-function units could not be used
 */
public record StepProfile(
    Plan plan, StepShape shape, List<Line> lines, long hostPicos, List<String> fallbacks) {

  /**
   * An operator of the step.
   *
   * @param count runs in the step, on each device
   * @param inLayers those of them within layers
   * @param result of one run
   * @param meanShare work of a device on average over that of the device simulated
   * @param beside whether other work hides all but its bound
   */
  public record Line(
      int count, int inLayers, OperatorResult result, double meanShare, boolean beside) {
    private Line with(final OperatorResult other) {
      return new Line(count, inLayers, other, meanShare, beside);
    }
  }

  /** An operator with or without a launch of its own. */
  private record Launched(Operator operator, boolean beside) {
    OperatorResult on(final OperatorSimulator simulator) {
      final OperatorResult alone = simulator.simulate(operator).as(operator);
      return beside ? alone.beside() : alone;
    }
  }

  /** Copies the list. */
  public StepProfile {
    lines = List.copyOf(lines);
  }

  /**
   * Simulates a step.
   *
   * @param pinned mappings that are not searched, in their printed form, by operator name
   * @throws InvalidInputException if a pinned mapping is of no operator of the step, or if a
   *     sequence is longer than the model's positions, or if all do not fit into the cache
   */
  public static StepProfile of(
      final Plan plan,
      final StepShape shape,
      final Detail detail,
      final Map<String, String> pinned) {
    plan.require(shape);
    return of(
        plan,
        shape,
        new OperatorSimulator(
            plan.system().chip(),
            plan.system().stack(),
            detail,
            Pins.of(lower(plan, shape), pinned)));
  }

  /**
   * Simulates a step with what is known of its operators.
   *
   * @param simulator of the plan's chip and software
   * @throws InvalidInputException if a sequence is longer than the model's positions, or if all do
   *     not fit into the cache
   */
  public static StepProfile of(
      final Plan plan, final StepShape shape, final OperatorSimulator simulator) {
    plan.require(shape);
    final LoweredStep step = lower(plan, shape);
    final Map<Launched, Integer> counts = new LinkedHashMap<>();
    final Map<Launched, Double> means = new HashMap<>();
    final LoweredStep launched = simulator.launched(step);
    final Set<Call> beside = simulator.beside(launched);
    launched.forEachCall(
        (call, count) -> {
          final Launched one = new Launched(call.operator(), beside.contains(call));
          counts.merge(one, count, Integer::sum);
          means.merge(one, count * call.meanShare(), Double::sum);
        });
    final Map<Launched, Integer> inLayers = new HashMap<>();
    launched.forEachLayerCall(
        (call, count) ->
            inLayers.merge(
                new Launched(call.operator(), beside.contains(call)), count, Integer::sum));
    final List<Line> lines = new ArrayList<>();
    counts.forEach(
        (one, count) ->
            lines.add(
                new Line(
                    count,
                    inLayers.getOrDefault(one, 0),
                    one.on(simulator),
                    means.get(one) / count,
                    one.beside())));
    return new StepProfile(
        plan, shape, lines, hostPicos(plan, shape, lines), simulator.fallbacks());
  }

  private static LoweredStep lower(final Plan plan, final StepShape shape) {
    final StepShape read =
        new StepShape(shape.prefill(), plan.asRead(shape.decode()), shape.samples());
    return plan.lower(read);
  }

  /**
   * The same step with the same split, formats and mappings on a system whose numbers differ: what
   * other silicon buys before any kernel is written anew.
   */
  public StepProfile on(final SystemDescription system, final Detail detail) {
    final Plan same = plan.on(system);
    final List<Line> moved = new ArrayList<>();
    for (final Line line : lines) {
      final Operator operator = line.result().operator();
      final OperatorSimulator pinned =
          new OperatorSimulator(
              same.system().chip(),
              same.system().stack(),
              detail,
              Map.of(operator.name(), line.result().choice()));
      moved.add(line.with(new Launched(operator, line.beside()).on(pinned)));
    }
    return new StepProfile(same, shape, moved, hostPicos(same, shape, moved), fallbacks);
  }

  /**
   * The same step on a system whose floors, energies, prices or host times differ, out of recorded
   * counters: nothing is simulated. Other numbers must be the same.
   */
  public StepProfile repriced(final SystemDescription system) {
    final Plan same = plan.on(system);
    final List<Line> counted =
        lines.stream()
            .map(line -> line.with(line.result().repriced(same.system().chip())))
            .toList();
    return new StepProfile(same, shape, counted, hostPicos(same, shape, counted), fallbacks);
  }

  private static long hostPicos(final Plan plan, final StepShape shape, final List<Line> lines) {
    final StepShape own = RankedStep.of(shape, plan.ranks().dataParallel()).fullest();
    final int requests = own.prefill().size() + own.decode().size();
    return Math.round(
        HostTime.picos(plan, requests, own.tokens(), name -> (double) calls(lines, name))
            + copies(plan, shape, lines).map(FarTransfers.Cost::waitPicos).orElse(0.0));
  }

  /** Copies from behind device memory. */
  private static Optional<FarTransfers.Cost> copies(
      final Plan plan, final StepShape shape, final List<Line> lines) {
    final double all = lines.stream().mapToDouble(line -> latency(line, line.count())).sum();
    final double layers = lines.stream().mapToDouble(line -> latency(line, line.inLayers())).sum();
    final StepBatch batch = new StepBatch();
    shape.decode().forEach(sequence -> batch.addDecode(sequence.context() - 1));
    return FarTransfers.of(plan).map(far -> far.cost(batch, layers, all - layers));
  }

  private static double latency(final Line line, final int runs) {
    return (double) runs * line.result().latencyPicos();
  }

  private static int calls(final List<Line> lines, final String name) {
    return lines.stream()
        .filter(line -> line.result().operator().name().equals(name))
        .mapToInt(Line::count)
        .sum();
  }

  /** Device and host time. */
  public long latencyPicos() {
    return hostPicos
        + lines.stream().mapToLong(line -> line.count() * line.result().latencyPicos()).sum();
  }

  /** Joules of all chips, idle power over the step included. */
  public double energyJoules() {
    return energy().total();
  }

  /** Joules of all chips by component, idle power over the step included. */
  public EnergyBreakdown energy() {
    EnergyBreakdown sum = EnergyBreakdown.ZERO;
    double byOperator = plan.system().chip().power().idle() * plan.chips() * latencyPicos() * 1e-12;
    final EnergyBreakdown idle = EnergyBreakdown.idle(byOperator);
    for (final Line line : lines) {
      final EnergyBreakdown own = aboveIdle(line);
      byOperator += own.total();
      sum = sum.plus(own);
    }
    final Optional<FarTransfers.Cost> copies = copies(plan, shape, lines);
    byOperator += copies.map(cost -> cost.linkJoules() + cost.memoryJoules()).orElse(0.0);
    sum = sum.plus(copies.map(FarTransfers.Cost::energy).orElse(EnergyBreakdown.ZERO));
    final EnergyBreakdown all = sum.plus(idle);
    EnergyLaw.check("joules of a step by operator", byOperator, all);
    return all;
  }

  /** Joules of all runs of an operator on all chips, without idle power. */
  public EnergyBreakdown aboveIdle(final Line line) {
    final OperatorResult result = line.result();
    final boolean vocabulary = List.of("embedding", "lm_head").contains(result.operator().name());
    final int ranks =
        vocabulary
            ? plan.split().vocabularyDevices() * plan.ranks().dataParallel()
            : plan.stageChips();
    final int groups = Math.max(1, ranks / result.devices());
    final EnergyBreakdown all =
        result.energy().times((double) line.count() * groups * line.meanShare());
    return all.plus(EnergyBreakdown.idle(-all.idle()));
  }
}
