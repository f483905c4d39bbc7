package org.inferchip.lowering;

import static org.inferchip.lowering.LoweredStep.NORMED;

import java.util.List;
import org.inferchip.model.Activation;
import org.inferchip.model.LayerShape;
import org.inferchip.model.MixtureOfExperts;
import org.inferchip.model.Model;
import org.inferchip.model.WeightMatrix;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.TensorRef.Role;

/** The feed-forward part of a layer: dense, or routed experts and shared ones. */
final class FeedForwardLowering {
  private static final String DELTA = "mlp_delta";

  private final Model model;
  private final Split split;
  private final Emitter emitter;

  FeedForwardLowering(final Model model, final Split split, final Emitter emitter) {
    this.model = model;
    this.split = split;
    this.emitter = emitter;
  }

  void add(final LayerShape shape, final int tokens, final List<Call> calls) {
    if (!shape.moe()) {
      network(shape, "", List.of(tokens), NORMED, DELTA, calls);
      return;
    }
    final MixtureOfExperts moe = model.moe().orElseThrow();
    final int perToken = moe.numExpertsPerTok();
    emitter.project(
        "router",
        List.of(tokens),
        moe.numExperts(),
        model.hiddenSize(),
        moe.routerBias(),
        View.of(NORMED),
        View.of("router_logits"),
        calls);
    calls.add(
        emitter.unary(
            emitter.elementwise(
                "top_k", Elementwise.Kind.TOP_K, tokens, moe.numExperts(), perToken),
            View.of("router_logits"),
            View.of("routes")));
    final int rows = Math.multiplyExact(tokens, perToken);
    calls.add(
        Call.of(
                emitter.elementwise(
                    "permute", Elementwise.Kind.PERMUTE, rows, model.hiddenSize(), 0))
            .with(Role.INPUT, NORMED)
            .with(Role.INDEX, "expert_rows")
            .with(Role.OUTPUT, "expert_input")
            .call());
    final List<Integer> groups = Routing.rows(moe.numExperts(), perToken, tokens);
    network(shape, "expert_", groups, "expert_input", "expert_output", calls);
    calls.add(
        Call.of(
                emitter.elementwise(
                    "combine", Elementwise.Kind.COMBINE, tokens, model.hiddenSize(), perToken))
            .with(Role.INPUT, "expert_output")
            .with(Role.INDEX, "token_rows")
            .with(Role.WEIGHT, "routes")
            .with(Role.OUTPUT, DELTA)
            .call());
    if (moe.nSharedExperts() > 0) {
      network(shape, "shared_expert_", List.of(tokens), NORMED, "shared_delta", calls);
      calls.add(
          Call.of(
                  emitter.elementwise(
                      "residual_add", Elementwise.Kind.ADD, tokens, model.hiddenSize(), 0))
              .with(Role.INPUT, "shared_delta")
              .with(Role.OTHER, DELTA)
              .with(Role.OUTPUT, DELTA)
              .call());
    }
  }

  /** Up (and gate), activation, down: three matrices where gated, two elsewhere. */
  private void network(
      final LayerShape shape,
      final String prefix,
      final List<Integer> groups,
      final String from,
      final String to,
      final List<Call> calls) {
    final boolean gated = model.gatedMlp();
    final String up = prefix + (gated ? "gate_up_proj" : "up_proj");
    final WeightMatrix upMatrix = shape.matrix(up);
    final WeightMatrix down = shape.matrix(prefix + "down_proj");
    final int width = split.part(down.inputs());
    final int rows = groups.stream().mapToInt(Integer::intValue).sum();
    emitter.project(
        up,
        groups,
        gated ? 2 * width : width,
        upMatrix.inputs(),
        upMatrix.bias(),
        View.of(from),
        View.of(prefix + "wide"),
        calls);
    final Elementwise.Kind kind = kind(gated);
    calls.add(
        emitter.unary(
            emitter.elementwise(
                kind.name().toLowerCase(java.util.Locale.ROOT), kind, rows, width, 0),
            View.of(prefix + "wide"),
            View.of(prefix + "activated")));
    emitter.project(
        prefix + "down_proj",
        groups,
        down.outputs(),
        width,
        down.bias(),
        View.of(prefix + "activated"),
        View.of(to),
        calls);
  }

  private Elementwise.Kind kind(final boolean gated) {
    final Activation activation = model.hiddenAct();
    if (activation == Activation.RELU) {
      return Elementwise.Kind.RELU;
    }
    if (activation == Activation.SILU) {
      if (!gated) {
        throw new IllegalArgumentException(model.name() + ": SiLU without a gate is not lowered");
      }
      return Elementwise.Kind.SILU_MUL;
    }
    return gated ? Elementwise.Kind.GELU_MUL : Elementwise.Kind.GELU;
  }
}
