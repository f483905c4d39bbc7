package org.inferchip.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.inferchip.lowering.Call;
import org.inferchip.lowering.Call.Reach;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.Lowering;
import org.inferchip.lowering.StepShape;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Operator;

/**
 * What the operators of a step cost, simulated without interpolation, as vectors of a {@link
 * StepLayout}: by parts that depend on different sizes, whose sum is a step of one rank.
 */
final class StepOperators {
  private final Plan plan;
  private final OperatorSimulator operators;
  private final Lowering lowering;
  private final StepLayout layout;

  StepOperators(final Plan plan, final OperatorSimulator operators) {
    this.plan = plan;
    this.operators = operators;
    this.lowering = plan.lowering();
    this.layout =
        StepLayout.of(
            List.of(
                lowering.lower(StepShape.prefill(16, 16)),
                lowering.lower(StepShape.decode(1, 16)),
                lowering.lower(mixed())),
            plan.system().chip().memory().isEmpty(),
            FarTransfers.of(plan).isPresent());
  }

  private static StepShape mixed() {
    return new StepShape(
        List.of(new Attention.Sequence(16, 16)), List.of(new Attention.Sequence(1, 16)), 1);
  }

  /** Where the numbers of a vector stand. */
  StepLayout layout() {
    return layout;
  }

  /** Rows that the device computes: those of the next graph, if there is one. */
  int padded(final int rows, final boolean prompts) {
    return plan.system().stack().paddedRows(rows, prompts);
  }

  /** A step of one rank, but for what concerns all ranks. */
  double[] step(final StepShape shape, final int paddedTokens) {
    final double[] step = new double[layout.size()];
    CostCurve.add(step, tokens(paddedTokens), 1);
    if (shape.samples() > 0) {
      final boolean picked = shape.samples() < shape.tokens();
      CostCurve.add(step, samples(padded(shape.samples(), shape.hasPrompts()), picked), 1);
    }
    for (final Attention.Sequence chunk : shape.prefill()) {
      CostCurve.add(step, attention(new StepShape(List.of(chunk), List.of(), 0)), 1);
    }
    if (!shape.decode().isEmpty()) {
      CostCurve.add(step, attention(new StepShape(List.of(), plan.asRead(shape.decode()), 0)), 1);
    }
    layout.launchAttentionOnce(step, shape.prefill().size(), !shape.decode().isEmpty());
    return step;
  }

  /** Everything but attention and what follows the layers. */
  double[] tokens(final int tokens) {
    return vector(
        lowering.lower(chunk(tokens)),
        call -> !(call.operator() instanceof Attention) && call.reach() == Reach.RANK);
  }

  /** What so many tokens of each rank cost on their way to the experts and back. */
  double[] exchange(final int tokens) {
    return vector(lowering.lower(chunk(tokens)), call -> call.reach() == Reach.EXCHANGE);
  }

  /** What so many tokens of all ranks, which are as even as can be, cost the experts. */
  double[] experts(final int all) {
    final int ranks = plan.ranks().dataParallel();
    final List<Integer> tokens = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      tokens.add((all + ranks - 1 - rank) / ranks);
    }
    final LoweredStep step = lowering.lower(chunk(tokens.get(0)), tokens);
    return vector(step, call -> call.reach() == Reach.EXPERTS);
  }

  /** What follows the layers; where only some rows are sampled, they are picked from all. */
  double[] samples(final int samples, final boolean picked) {
    final Attention.Sequence one = new Attention.Sequence(1, 1);
    final StepShape shape =
        picked
            ? new StepShape(
                List.of(new Attention.Sequence(2, 2)),
                Collections.nCopies(samples - 1, one),
                samples)
            : StepShape.decode(samples, 1);
    final double[] vector = new double[layout.size()];
    lowering.lower(shape).epilogue().forEach(call -> add(vector, call, 1, layout.outside(), false));
    return vector;
  }

  /** Attention of some sequences, in all layers. */
  double[] attention(final StepShape shape) {
    return vector(lowering.lower(shape), call -> call.operator() instanceof Attention);
  }

  private static StepShape chunk(final int tokens) {
    return new StepShape(List.of(new Attention.Sequence(tokens, tokens)), List.of(), 0);
  }

  /** Calls of a step, its epilogue apart, as the software launches them. */
  private double[] vector(final LoweredStep step, final Predicate<Call> wanted) {
    final LoweredStep launched = operators.launched(step);
    final Set<Call> beside = operators.beside(launched);
    final double[] vector = new double[layout.size()];
    Stream.concat(launched.prologue().stream(), launched.hops().stream())
        .filter(wanted)
        .forEach(call -> add(vector, call, 1, layout.outside(), false));
    launched.forEachLayerCall(
        (call, count) -> {
          if (wanted.test(call)) {
            add(vector, call, count, layout.layers(), beside.contains(call));
          }
        });
    return vector;
  }

  private void add(
      final double[] vector,
      final Call call,
      final int count,
      final int place,
      final boolean beside) {
    final Operator operator = call.operator();
    final OperatorResult alone = operators.simulate(operator);
    final OperatorResult result = beside ? alone.beside() : alone;
    final OperatorResult named =
        result.operator().name().equals(operator.name()) ? result : result.as(operator);
    final int own =
        place == layout.outside() ? plan.split().vocabularyDevices() : plan.tensorParallel();
    final int devices = call.reach() == Reach.RANK ? own : plan.stageChips();
    final int groups = devices / named.devices();
    final double share = operator.name().equals(LoweredStep.SEND) ? 1.0 / plan.split().hops() : 1;
    layout.add(vector, named, count, Math.max(1, groups) * call.meanShare(), place, share);
  }
}
