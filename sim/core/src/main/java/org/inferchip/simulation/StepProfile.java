package org.inferchip.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.Stack;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.Lowering;
import org.inferchip.lowering.StepShape;
import org.inferchip.operator.Operator;
import org.inferchip.units.InvalidInputException;

/**
 * One step, operator by operator, without interpolation or padding.
 *
 * @param plan how the model lies on the system
 * @param lines operators with how often they run, in the order of their first run
 * @param hostPicos host time
 */
public record StepProfile(Plan plan, List<Line> lines, long hostPicos) {

  /**
   * An operator of the step.
   *
   * @param count runs in the step, on each device
   * @param result of one run
   */
  public record Line(int count, OperatorResult result) {}

  /** Copies the list. */
  public StepProfile {
    lines = List.copyOf(lines);
  }

  /**
   * Simulates a step.
   *
   * @param pinned mappings that are not searched, in their printed form, by operator name
   * @throws InvalidInputException if a pinned mapping is of no operator of the step
   */
  public static StepProfile of(
      final Plan plan,
      final StepShape shape,
      final Detail detail,
      final Map<String, String> pinned) {
    final LoweredStep step = Lowering.lower(plan.model(), shape, plan.split(), plan.numbers());
    final OperatorSimulator simulator =
        new OperatorSimulator(
            plan.system().chip(), plan.system().stack(), detail, Pins.of(step, pinned));
    final Map<Operator, Integer> counts = new LinkedHashMap<>();
    step.forEach((operator, count) -> counts.merge(operator, count, Integer::sum));
    final List<Line> lines = new ArrayList<>();
    counts.forEach(
        (operator, count) -> lines.add(new Line(count, simulator.simulate(operator).as(operator))));
    final Stack.Step host = plan.system().stack().step();
    final int requests = shape.prefill().size() + shape.decode().size();
    final double seconds =
        host.fixed() + host.perRequest() * requests + host.perToken() * shape.tokens();
    return new StepProfile(plan, lines, Math.round(seconds * 1e12));
  }

  /** Device and host time. */
  public long latencyPicos() {
    return hostPicos
        + lines.stream().mapToLong(line -> line.count() * line.result().latencyPicos()).sum();
  }

  /** Joules of all chips, idle power over the step included. */
  public double energyJoules() {
    double joules = plan.system().chip().power().idle() * latencyPicos() * 1e-12 * plan.chips();
    for (final Line line : lines) {
      final OperatorResult result = line.result();
      final int groups = Math.max(1, plan.tensorParallel() / result.devices());
      joules += line.count() * groups * (result.energy().total() - result.energy().idle());
    }
    return joules;
  }
}
