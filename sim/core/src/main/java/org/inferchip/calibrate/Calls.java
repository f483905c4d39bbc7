package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.arch.ScaleUp;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Warmth;
import org.inferchip.simulation.OperatorResult;

/**
 * Operators that follow each other, timed together: their latencies add up, launch floors included.
 * Immutable.
 */
final class Calls {
  private static final double MICROS_PER_PICO = 1e-6;

  private record Call(Target target, Operator operator, Warmth warmth, long beyondPicos) {}

  private final List<Call> calls;
  private final double share;

  private Calls(final List<Call> calls) {
    this(calls, 1);
  }

  private Calls(final List<Call> calls, final double share) {
    this.calls = List.copyOf(calls);
    this.share = share;
  }

  /** One operator as in serving. */
  static Calls of(final Target target, final Operator operator) {
    return of(target, operator, Warmth.COLD);
  }

  /** One operator whose tensors start warm. */
  static Calls of(final Target target, final Operator operator, final Warmth warmth) {
    return new Calls(List.of(new Call(target, operator, warmth, 0)));
  }

  /** Nothing yet. */
  static Calls none() {
    return new Calls(List.of());
  }

  /** These and then others. */
  Calls then(final Calls others) {
    final List<Call> all = new ArrayList<>(calls);
    all.addAll(others.calls);
    return new Calls(all);
  }

  /** These, each of them taking so much longer. */
  Calls beyond(final long picos) {
    return new Calls(
        calls.stream()
            .map(
                one ->
                    new Call(one.target(), one.operator(), one.warmth(), one.beyondPicos() + picos))
            .toList());
  }

  /** These so many times. */
  Calls times(final int count) {
    Calls all = none();
    for (int i = 0; i < count; i++) {
      all = all.then(this);
    }
    return all;
  }

  /** The mean of these, where a table has one time for several calls. */
  Calls mean() {
    return new Calls(calls, 1.0 / calls.size());
  }

  /** Time of all. What limits a single operator is said; of many it is not. */
  Prediction predict() {
    long picos = 0;
    OperatorResult last = null;
    for (final Call call : calls) {
      last = call.target().operators().simulate(call.operator(), call.warmth());
      picos += last.latencyPicos() + call.beyondPicos();
    }
    final double micros = share * picos * MICROS_PER_PICO;
    return calls.size() == 1 ? Prediction.of(micros, last.limiter()) : Prediction.ofMany(micros);
  }

  /**
   * One launch, and of each (or their mean) operator the longer of its operations and its bytes.
   */
  Roofline roofline() {
    final double[] compute = new double[calls.size()];
    final double[] moved = new double[calls.size()];
    for (int i = 0; i < calls.size(); i++) {
      compute[i] = computeMicros(calls.get(i).target(), calls.get(i).operator());
      moved[i] = movedMicros(calls.get(i).target(), calls.get(i).operator());
    }
    return (launch, computeShare, memoryShare) -> {
      double sum = launch;
      for (int i = 0; i < compute.length; i++) {
        sum += Math.max(compute[i] / computeShare, moved[i] / memoryShare);
      }
      return launch + share * (sum - launch);
    };
  }

  private static double computeMicros(final Target target, final Operator operator) {
    final double operations = 2.0 * operator.multiplyAccumulates();
    if (operator instanceof final MatMul product) {
      return operations / target.peak(product.activation()) * 1e6;
    }
    return operator instanceof final Attention attention
        ? operations / target.peak(attention.activation()) * 1e6
        : 0;
  }

  private static double movedMicros(final Target target, final Operator operator) {
    if (operator instanceof final Collective exchange) {
      final double rate = target.chip().scaleUp().map(ScaleUp::bandwidth).orElse(1.0);
      return exchange.compulsoryLinkBytes() / rate * 1e6;
    }
    final double read =
        operator instanceof final Elementwise rows && rows.kind() == Elementwise.Kind.EMBEDDING
            ? 2.0 * rows.compulsoryWriteBytes()
            : (double) operator.compulsoryReadBytes() + operator.compulsoryWriteBytes();
    return read / target.bandwidth() * 1e6;
  }
}
