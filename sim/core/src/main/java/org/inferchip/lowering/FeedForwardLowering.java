package org.inferchip.lowering;

import static org.inferchip.lowering.LoweredStep.NORMED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.inferchip.model.Activation;
import org.inferchip.model.LayerShape;
import org.inferchip.model.MixtureOfExperts;
import org.inferchip.model.Model;
import org.inferchip.model.WeightMatrix;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.TensorRef.Role;

/** The feed-forward part of a layer: dense, or routed experts and shared ones. */
final class FeedForwardLowering {
  static final String EXPERT = "expert_";
  private static final String DELTA = "mlp_delta";

  private final Model model;
  private final Split split;
  private final Numbers numbers;
  private final Emitter emitter;
  private final Optional<Router> router;
  private final Optional<Routing> routing;

  FeedForwardLowering(
      final Model model, final Split split, final Numbers numbers, final Emitter emitter) {
    this.model = model;
    this.split = split;
    this.numbers = numbers;
    this.emitter = emitter;
    this.routing =
        model
            .moe()
            .filter(moe -> split.expertParallel() == 1)
            .map(moe -> new Routing(moe, moe.skew(split.expertSkew())));
    this.router =
        model.moe().filter(moe -> split.expertParallel() > 1).map(moe -> router(moe, split));
  }

  private static Router router(final MixtureOfExperts moe, final Split split) {
    return Router.of(
        moe.numExperts(), moe.numExpertsPerTok(), moe.groups(), moe.skew(split.expertSkew()));
  }

  /**
   * Adds the operators of a layer.
   *
   * @param ranks tokens of each rank, of which this device's has most
   * @return whether the result is a sum over all ranks already, so that nothing is left to add
   */
  boolean add(final LayerShape shape, final List<Integer> ranks, final List<Call> calls) {
    final int tokens = Collections.max(ranks);
    if (!shape.moe()) {
      network(shape, "", List.of(tokens), View.of(NORMED), DELTA, calls);
      return false;
    }
    final MixtureOfExperts moe = model.moe().orElseThrow();
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
                "top_k", Elementwise.Kind.TOP_K, tokens, moe.numExperts(), moe.numExpertsPerTok()),
            View.of("router_logits"),
            View.of("routes")));
    if (ranks.size() > 1) {
      new RankedExperts(model, split, numbers, emitter, this).add(shape, ranks, DELTA, calls);
    } else {
      experts(shape, tokens, NORMED, DELTA, calls);
    }
    if (moe.nSharedExperts() > 0) {
      network(shape, "shared_expert_", List.of(tokens), View.of(NORMED), "shared_delta", calls);
      if (ranks.size() > 1) {
        emitter.allReduce(tokens, "shared_delta", calls);
      }
      calls.add(
          Call.of(
                  emitter.elementwise(
                      "residual_add", Elementwise.Kind.ADD, tokens, model.hiddenSize(), 0))
              .with(Role.INPUT, "shared_delta")
              .with(Role.OTHER, DELTA)
              .with(Role.OUTPUT, DELTA)
              .call());
    }
    return ranks.size() > 1;
  }

  /** Experts of devices that all have the tokens: each does what its own have of them. */
  void experts(
      final LayerShape shape,
      final int tokens,
      final String from,
      final String to,
      final List<Call> calls) {
    final MixtureOfExperts moe = model.moe().orElseThrow();
    final int perToken = moe.numExpertsPerTok();
    final List<Integer> groups =
        split.expertParallel() == 1
            ? routing.orElseThrow().rows(tokens)
            : routes(List.of(tokens)).busiest();
    final int rows = groups.stream().mapToInt(Integer::intValue).sum();
    final List<Call> own = new ArrayList<>();
    own.add(emitter.permute(rows, View.of(from), "expert_input"));
    network(shape, EXPERT, groups, View.of("expert_input"), "expert_output", own);
    final double mean = (double) tokens * perToken / split.expertParallel() / rows;
    own.forEach(call -> calls.add(call.on(Call.Reach.RANK, mean)));
    calls.add(emitter.combine(tokens, summands(rows, tokens), "expert_output", to));
  }

  /** Where the tokens of sources go. */
  Routes routes(final List<Integer> sources) {
    return new Routes(router.orElseThrow(), sources, split.expertParallel());
  }

  /** Rows that a token has on a device: their mean, rounded up. */
  static int summands(final int rows, final int tokens) {
    return (rows + tokens - 1) / tokens;
  }

  /** Up (and gate), activation, down: three matrices where gated, two elsewhere. */
  void network(
      final LayerShape shape,
      final String prefix,
      final List<Integer> groups,
      final View from,
      final String to,
      final List<Call> calls) {
    final View input = emitter.narrowed(up(prefix), groups, model.hiddenSize(), from, calls);
    narrowNetwork(shape, prefix, groups, input, to, calls);
  }

  /** As {@link #network}, of rows that are in the format of inputs of products. */
  void narrowNetwork(
      final LayerShape shape,
      final String prefix,
      final List<Integer> groups,
      final View input,
      final String to,
      final List<Call> calls) {
    final boolean gated = model.gatedMlp();
    final String up = up(prefix);
    final WeightMatrix upMatrix = shape.matrix(up);
    final WeightMatrix down = shape.matrix(prefix + "down_proj");
    final int width =
        prefix.equals(EXPERT) ? split.expertPart(down.inputs()) : split.part(down.inputs());
    final int rows = groups.stream().mapToInt(Integer::intValue).sum();
    emitter.product(
        up,
        groups,
        gated ? 2 * width : width,
        upMatrix.inputs(),
        upMatrix.bias(),
        input,
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

  /** The name of the first product of a network. */
  String up(final String prefix) {
    return prefix + (model.gatedMlp() ? "gate_up_proj" : "up_proj");
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
