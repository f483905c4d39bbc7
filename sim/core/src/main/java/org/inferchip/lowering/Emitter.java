package org.inferchip.lowering;

import java.util.List;
import java.util.Locale;
import org.inferchip.model.Model;
import org.inferchip.model.Norm;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Traffic;
import org.inferchip.program.TensorRef.Role;

/** Makes the calls that several parts of a layer share. */
final class Emitter {
  private final Model model;
  private final Split split;
  private final Numbers numbers;

  Emitter(final Model model, final Split split, final Numbers numbers) {
    this.model = model;
    this.split = split;
    this.numbers = numbers;
  }

  /** Work of the vector unit in the format of activations. */
  Elementwise elementwise(
      final String name,
      final Elementwise.Kind kind,
      final int rows,
      final int cols,
      final int parameter) {
    final Format format = numbers.activations();
    return new Elementwise(name, kind, rows, cols, parameter, format, format);
  }

  /** One operator from one value to another. */
  Call unary(final Elementwise operator, final View from, final View to) {
    return Call.of(operator).with(Role.INPUT, from).with(Role.OUTPUT, to).call();
  }

  /**
   * A projection of rows of groups, with conversion of its input first where weights are narrow.
   */
  void project(
      final String name,
      final List<Integer> groupRows,
      final int n,
      final int k,
      final boolean bias,
      final View from,
      final View to,
      final List<Call> calls) {
    product(name, groupRows, n, k, bias, narrowed(name, groupRows, k, from, calls), to, calls);
  }

  /** Rows of groups in the format of a projection's inputs, converted where that is narrower. */
  View narrowed(
      final String projection,
      final List<Integer> groupRows,
      final int k,
      final View from,
      final List<Call> calls) {
    if (!numbers.narrows(projection)) {
      return from;
    }
    final View input = View.of(from.value() + "_narrow");
    final int experts = MatMul.experts(projection, groupRows.size());
    final Elementwise narrow =
        new Elementwise(
            "quantize",
            Elementwise.Kind.QUANTIZE,
            groupRows.stream().mapToInt(Integer::intValue).sum(),
            k,
            experts == 1 ? 0 : experts,
            numbers.activations(),
            numbers.inputs());
    calls.add(
        Call.of(narrow)
            .with(Role.INPUT, from)
            .with(Role.OUTPUT, input)
            .with(Role.SUM, from.value() + "_scales")
            .call());
    return input;
  }

  /** A projection of rows that are in the format of inputs of products. */
  void product(
      final String name,
      final List<Integer> groupRows,
      final int n,
      final int k,
      final boolean bias,
      final View input,
      final View to,
      final List<Call> calls) {
    final MatMul operator =
        new MatMul(
            name,
            groupRows,
            n,
            k,
            numbers.input(name),
            numbers.weight(name),
            numbers.accumulator(),
            numbers.activations(),
            bias);
    final Call.Builder call =
        Call.of(operator).with(Role.INPUT, input).with(Role.WEIGHT, name).with(Role.OUTPUT, to);
    calls.add((bias ? call.with(Role.BIAS, name + "_bias") : call).call());
  }

  /** A norm of tokens x hidden. */
  Call norm(final int tokens, final String from, final String to, final String weights) {
    final boolean rms = model.norm() == Norm.RMS;
    final Elementwise operator =
        elementwise(
            rms ? "rmsnorm" : "layernorm",
            rms ? Elementwise.Kind.RMS_NORM : Elementwise.Kind.LAYER_NORM,
            tokens,
            model.hiddenSize(),
            0);
    final Call.Builder call =
        Call.of(operator).with(Role.INPUT, from).with(Role.WEIGHT, weights).with(Role.OUTPUT, to);
    return (rms ? call : call.with(Role.BIAS, weights + "_bias")).call();
  }

  /** Adds a branch to the residual stream and norms the sum. */
  Call addNorm(final int tokens, final String branch, final String weights) {
    final boolean rms = model.norm() == Norm.RMS;
    final Elementwise operator =
        elementwise(
            rms ? "rmsnorm" : "layernorm",
            rms ? Elementwise.Kind.ADD_RMS_NORM : Elementwise.Kind.ADD_LAYER_NORM,
            tokens,
            model.hiddenSize(),
            0);
    final Call.Builder call =
        Call.of(operator)
            .with(Role.INPUT, branch)
            .with(Role.OTHER, LoweredStep.RESIDUAL)
            .with(Role.WEIGHT, weights)
            .with(Role.SUM, LoweredStep.RESIDUAL)
            .with(Role.OUTPUT, LoweredStep.NORMED);
    return (rms ? call : call.with(Role.BIAS, weights + "_bias")).call();
  }

  /** Sums tokens x hidden over the devices that share a layer; nothing on one device. */
  void allReduce(final int tokens, final String value, final List<Call> calls) {
    allReduce(tokens, value, split.tensorParallel(), calls);
  }

  /** Sums tokens x hidden over so many devices; nothing on one device. */
  void allReduce(final int tokens, final String value, final int devices, final List<Call> calls) {
    if (devices == 1) {
      return;
    }
    final Collective operator =
        new Collective(
            LoweredStep.ALL_REDUCE,
            Collective.Kind.ALL_REDUCE,
            (long) tokens * model.hiddenSize(),
            numbers.summed(),
            devices);
    calls.add(Call.of(operator).with(Role.INPUT, value).with(Role.OUTPUT, value).call());
  }

  /** Rows put in another order. */
  Call permute(final int rows, final View from, final String to) {
    return permute(rows, numbers.activations(), from, to);
  }

  /** Rows in some format put in another order. */
  Call permute(final int rows, final Format format, final View from, final String to) {
    return Call.of(
            new Elementwise(
                "permute", Elementwise.Kind.PERMUTE, rows, model.hiddenSize(), 0, format, format))
        .with(Role.INPUT, from)
        .with(Role.INDEX, "expert_rows")
        .with(Role.OUTPUT, to)
        .call();
  }

  /** The weighted sum of so many rows of each token. */
  Call combine(final int tokens, final int each, final String from, final String to) {
    return Call.of(
            elementwise("combine", Elementwise.Kind.COMBINE, tokens, model.hiddenSize(), each))
        .with(Role.INPUT, from)
        .with(Role.INDEX, "token_rows")
        .with(Role.WEIGHT, "routes")
        .with(Role.OUTPUT, to)
        .call();
  }

  /** Rows that go where the routes say. */
  Call exchange(
      final String name,
      final Traffic traffic,
      final Format format,
      final String from,
      final String to) {
    return Call.of(Collective.routed(name, traffic, format))
        .with(Role.INPUT, from)
        .with(Role.OUTPUT, to)
        .call();
  }

  /** Equal parts that are gathered from devices, or whose sums are scattered over them. */
  Call together(
      final Collective.Kind kind,
      final int rows,
      final int devices,
      final Format format,
      final String from,
      final String to) {
    return Call.of(
            new Collective(
                kind.name().toLowerCase(Locale.ROOT),
                kind,
                (long) rows * model.hiddenSize(),
                format,
                devices))
        .with(Role.INPUT, from)
        .with(Role.OUTPUT, to)
        .call();
  }
}
