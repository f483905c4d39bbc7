package org.inferchip.lowering;

import static org.inferchip.lowering.LoweredStep.NEXT_TOKENS;
import static org.inferchip.lowering.LoweredStep.NORMED;
import static org.inferchip.lowering.LoweredStep.POSITIONS;
import static org.inferchip.lowering.LoweredStep.RESIDUAL;
import static org.inferchip.lowering.LoweredStep.SAMPLED;
import static org.inferchip.lowering.LoweredStep.TOKENS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.model.Architecture;
import org.inferchip.model.Layer;
import org.inferchip.model.LayerShape;
import org.inferchip.model.Model;
import org.inferchip.model.Position;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * Lowers one step of a model to the operators of one device, fused as serving stacks fuse them: one
 * {@code qkv_proj}, one {@code gate_up_proj}, residual add with the norm that follows it. The head
 * runs on sampled rows only; the embedding is a gather.
 *
 * <p>Tensor parallelism splits heads and feed-forward columns; {@code o_proj} and {@code down_proj}
 * end in an all-reduce of tokens x hidden, the head in a gather of its sampled rows. Key-value
 * heads are replicated where there are fewer than devices. Parts that do not divide are rounded up:
 * the device lowered is the one with most work.
 *
 * <p>Experts are divided by their width, or dealt over groups of devices (expert parallelism). With
 * ranks of data-parallel attention each rank has tokens of its own, and the experts those of all:
 * see {@link RankedExperts}.
 *
 * <p>Where embedding and head are too large for one group of devices they lie over several.
 *
 * <p>Not lowered: vision towers, multi-token-prediction modules, attention sinks and soft caps (a
 * few vector operations inside attention).
 */
public final class Lowering {
  private final Model model;
  private final Split split;
  private final Numbers numbers;
  private final Emitter emitter;
  private final FeedForwardLowering networks;

  /** Steps of a model, split over devices; what is drawn of its experts is drawn once for all. */
  public Lowering(final Model model, final Split split, final Numbers numbers) {
    checkHeads(model, split.tensorParallel());
    this.model = model;
    this.split = split;
    this.numbers = numbers;
    this.emitter = new Emitter(model, split, numbers);
    this.networks = new FeedForwardLowering(model, split, numbers, emitter);
  }

  /** The operators of a step, of which every rank has the same. */
  public LoweredStep lower(final StepShape step) {
    return lower(step, Collections.nCopies(split.dataParallel(), step.tokens()));
  }

  /**
   * The operators of a step.
   *
   * @param step of the rank that has most
   * @param ranks tokens of each rank
   */
  public LoweredStep lower(final StepShape step, final List<Integer> ranks) {
    final int tokens = step.tokens();
    if (ranks.size() != split.dataParallel() || Collections.max(ranks) != tokens) {
      throw new IllegalArgumentException(tokens + " tokens of ranks with " + ranks);
    }
    return new LoweredStep(prologue(tokens), blocks(step, ranks), epilogue(step), hops(tokens));
  }

  /** As serving stacks do: whole heads, and key-value heads divided evenly or replicated evenly. */
  private static void checkHeads(final Model model, final int devices) {
    final int kvHeads = model.numKeyValueHeads();
    final boolean divides = model.numAttentionHeads() % devices == 0;
    if (!divides || kvHeads % devices != 0 && devices % kvHeads != 0) {
      throw new InvalidInputException(
          Problem.ofFile(model.name(), "its heads cannot be split over so many devices")
              .but(
                  Integer.toString(devices),
                  "a divisor of "
                      + model.numAttentionHeads()
                      + " heads that divides or is a multiple of "
                      + kvHeads
                      + " key-value heads"));
    }
  }

  private List<Call> prologue(final int tokens) {
    final List<Call> calls = new ArrayList<>();
    calls.add(
        gather("embedding", tokens, split.vocabularyPart(model.vocabSize()), TOKENS, RESIDUAL));
    emitter.allReduce(tokens, RESIDUAL, split.vocabularyDevices(), calls);
    if (model.position() == Position.LEARNED) {
      final int rows = model.learnedPositions().orElse(model.maxPositionEmbeddings());
      calls.add(gather("position_embedding", tokens, rows, POSITIONS, "position_rows"));
      calls.add(
          Call.of(emitter.elementwise("residual_add", Elementwise.Kind.ADD, tokens, hidden(), 0))
              .with(Role.INPUT, RESIDUAL)
              .with(Role.OTHER, "position_rows")
              .with(Role.OUTPUT, RESIDUAL)
              .call());
    }
    calls.add(emitter.norm(tokens, RESIDUAL, NORMED, "first_norm"));
    return calls;
  }

  private Call gather(
      final String name, final int tokens, final int table, final String index, final String to) {
    final Elementwise operator =
        emitter.elementwise(name, Elementwise.Kind.EMBEDDING, tokens, hidden(), table);
    return Call.of(operator)
        .with(Role.WEIGHT, name)
        .with(Role.INDEX, index)
        .with(Role.OUTPUT, to)
        .call();
  }

  private List<LayerBlock> blocks(final StepShape step, final List<Integer> ranks) {
    final Map<LayerShape, List<Integer>> kinds = new LinkedHashMap<>();
    for (final Layer layer : model.layers()) {
      kinds.computeIfAbsent(layer.shape(), shape -> new ArrayList<>()).add(layer.index());
    }
    final List<LayerBlock> blocks = new ArrayList<>();
    kinds.forEach((shape, layers) -> blocks.add(new LayerBlock(layers, layer(shape, step, ranks))));
    return blocks;
  }

  private List<Call> layer(
      final LayerShape shape, final StepShape step, final List<Integer> ranks) {
    final List<Call> calls = new ArrayList<>();
    final int tokens = step.tokens();
    if (model.mla().isPresent()) {
      new LatentAttentionLowering(model, split, numbers, emitter).add(shape, step, calls);
    } else {
      new HeadAttentionLowering(model, split, numbers, emitter).add(shape, step, calls);
    }
    emitter.allReduce(tokens, "attention_delta", calls);
    joinResidual("attention_delta", "post_attention_norm", "middle_norm", tokens, calls);
    if (!networks.add(shape, ranks, calls)) {
      emitter.allReduce(tokens, "mlp_delta", calls);
    }
    joinResidual("mlp_delta", "post_mlp_norm", LoweredStep.NEXT_NORM, tokens, calls);
    return calls;
  }

  /** Adds a branch to the residual stream and norms it; models with four norms norm the branch. */
  private void joinResidual(
      final String branch,
      final String branchNorm,
      final String nextNorm,
      final int tokens,
      final List<Call> calls) {
    if (model.normsPerLayer() == 4) {
      calls.add(emitter.norm(tokens, branch, branch, branchNorm));
    }
    calls.add(emitter.addNorm(tokens, branch, nextNorm));
  }

  private List<Call> epilogue(final StepShape step) {
    final List<Call> calls = new ArrayList<>();
    if (model.architecture() == Architecture.ENCODER || step.samples() == 0) {
      return calls;
    }
    final int rows = step.samples();
    final int vocabulary = split.vocabularyPart(model.vocabSize());
    final int devices = split.vocabularyDevices();
    if (rows < step.tokens()) {
      calls.add(
          Call.of(emitter.elementwise("permute", Elementwise.Kind.PERMUTE, rows, hidden(), 0))
              .with(Role.INPUT, NORMED)
              .with(Role.INDEX, SAMPLED)
              .with(Role.OUTPUT, "head_input")
              .call());
    }
    final Format format = numbers.activations();
    final MatMul head =
        new MatMul(
            "lm_head",
            List.of(rows),
            vocabulary,
            hidden(),
            format,
            numbers.weight("lm_head"),
            numbers.accumulator(),
            format,
            false);
    calls.add(
        Call.of(head)
            .with(Role.INPUT, rows < step.tokens() ? "head_input" : NORMED)
            .with(Role.WEIGHT, "lm_head")
            .with(Role.OUTPUT, "logits")
            .call());
    if (devices > 1) {
      final Collective all =
          new Collective(
              "all_gather",
              Collective.Kind.ALL_GATHER,
              (long) rows * vocabulary * devices,
              format,
              devices);
      calls.add(Call.of(all).with(Role.INPUT, "logits").with(Role.OUTPUT, "logits").call());
    }
    calls.add(
        Call.of(emitter.elementwise("sample", Elementwise.Kind.ARGMAX, rows, model.vocabSize(), 0))
            .with(Role.INPUT, "logits")
            .with(Role.OUTPUT, NEXT_TOKENS)
            .call());
    return calls;
  }

  private List<Call> hops(final int tokens) {
    final List<Call> calls = new ArrayList<>();
    for (int hop = 0; hop < split.hops(); hop++) {
      final Collective send =
          new Collective(
              LoweredStep.SEND,
              Collective.Kind.SEND,
              (long) tokens * hidden(),
              numbers.activations(),
              2);
      calls.add(Call.of(send).with(Role.INPUT, RESIDUAL).with(Role.OUTPUT, RESIDUAL).call());
    }
    return calls;
  }

  private int hidden() {
    return model.hiddenSize();
  }
}
