package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.RowKernel;
import org.inferchip.arch.RowWork;
import org.inferchip.model.MixtureOfExperts;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.Elementwise.Kind;
import org.inferchip.operator.Operator;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;
import org.inferchip.simulation.SharedCache;

/**
 * Norms, activations, rotations and the like, timed in a serving engine by model, tensor
 * parallelism and tokens of a step.
 *
 * <p>Sizes are the model's where it has a description (tables give the hidden size as the width of
 * everything); otherwise the table's width, as far as it says enough. {@code final_layernorm} holds
 * the residual sum where the library has a kernel for both, and {@code layernorm} is the mean of
 * one layer's two norms, of which the first has no residual yet (times of vLLM's own profiles are
 * sixths, of three runs of both); norms before or after a named part hold none. {@code expert.*} is
 * one expert's product with all tokens, and so is the activation of a model of experts. Attention
 * is not predicted: the table does not say its contexts. Sites are models.
 */
final class EngineOperatorRows implements RowReader {
  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("input_layernorm", Kind.RMS_NORM),
          Map.entry("post_layernorm", Kind.RMS_NORM),
          Map.entry("post_attention_layernorm", Kind.RMS_NORM),
          Map.entry("add", Kind.ADD),
          Map.entry("emb", Kind.EMBEDDING),
          Map.entry("embedding", Kind.EMBEDDING),
          Map.entry("act_fn", Kind.SILU_MUL),
          Map.entry("mlp_act", Kind.SILU_MUL),
          Map.entry("rope", Kind.ROPE),
          Map.entry("attn_rope", Kind.ROPE),
          Map.entry("rotary_emb", Kind.ROPE));

  /** One time for the two norms of a layer. */
  private static final String BOTH_NORMS = "layernorm";

  /** Rows of the table of embeddings where the model is not known: an assumption. */
  private static final int VOCABULARY = 32000;

  /** Elements of a head where the model is not known: an assumption. */
  private static final int HEAD = 128;

  private final Map<String, Optional<Model>> models = new HashMap<>();

  @Override
  public String kind() {
    return "operators timed in a serving engine";
  }

  @Override
  public List<String> columns() {
    return List.of("device", "op", "dtype", "tokens", "width", "latency_us", "model", "tp");
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    for (final MeasuredRow row : file.rows()) {
      final double micros = row.required("latency_us");
      final String device = row.text("device");
      final Optional<String> system = targets.system(device, skips);
      if (system.isEmpty()) {
        continue;
      }
      final Target target = targets.target(system.get(), row.text("framework"), device);
      final Optional<Format> format = targets.format(row.text("dtype"), target, skips);
      if (format.isEmpty()) {
        continue;
      }
      final Optional<Model> model =
          models.computeIfAbsent(row.text("model"), name -> targets.model(name, new Skips()));
      final List<Operator> operators = new Sizes(row, target, model, format.get()).operators();
      if (operators.isEmpty()) {
        skips.add(
            "attn".equals(row.text("op"))
                ? "attention without the lengths of its contexts"
                : "operator " + row.text("op") + " of a model without description");
        continue;
      }
      Calls calls = Calls.none();
      for (final Operator operator : operators) {
        final Warmth warmth =
            operator instanceof final Elementwise one
                ? warmth(row, one, target, targets)
                : Warmth.COLD;
        calls = calls.then(Calls.of(target, operator, warmth));
      }
      if (row.text("op").equals(BOTH_NORMS)) {
        calls = calls.mean();
      }
      list.add(
          Measurement.of(
              row,
              target.setUp(device, row.text("op"), row.text("dtype"), row.text("framework")),
              row.text("model"),
              micros,
              calls.roofline(),
              calls::predict));
    }
    return list;
  }

  /**
   * What the kernel before has left in the cache, and what this one leaves there. Where a profile's
   * prompts are one token over and over, the row that it looks up is at hand.
   */
  private static Warmth warmth(
      final MeasuredRow row, final Elementwise one, final Target target, final Targets targets) {
    final SharedCache cache = SharedCache.of(target.chip());
    if (cache.usable() == 0) {
      return Warmth.COLD;
    }
    final boolean lookup = one.kind() == Kind.EMBEDDING;
    final double kept =
        cache.kept((lookup ? 0.0 : one.compulsoryReadBytes()) + one.compulsoryWriteBytes());
    final Map<Role, Double> hits = new EnumMap<>(Role.class);
    hits.put(Role.OUTPUT, kept);
    hits.put(Role.SUM, kept);
    if (!lookup) {
      hits.put(Role.INPUT, kept);
      hits.put(Role.OTHER, kept);
    } else if (targets.aliases().rotation(row.text("framework"), row.text("device")).copies()
        == 1) {
      hits.put(Role.WEIGHT, 1.0);
    }
    return new Warmth(hits);
  }

  /** Sizes of one row's operators. */
  private record Sizes(MeasuredRow row, Target target, Optional<Model> model, Format format) {
    /** What was timed; nothing where it is not known. */
    List<Operator> operators() {
      final String op = row.text("op").toLowerCase(Locale.ROOT);
      final int tokens = row.whole("tokens");
      final Kind kind = KINDS.get(op);
      if (op.equals("sampler")) {
        return sampler(tokens, row.whole("width"));
      }
      if (op.equals(BOTH_NORMS) || op.equals("final_layernorm")) {
        return norms(op, tokens, row.whole("width"));
      }
      final boolean enough = kind != Kind.SILU_MUL || model.isPresent();
      if (kind != null && enough) {
        return List.of(rows(kind, tokens, cols(kind), parameter(kind)));
      }
      if (model.isEmpty()) {
        return List.of();
      }
      final Model m = model.get();
      if (op.equals("qk_norm")) {
        return List.of(
            rows(
                Kind.RMS_NORM,
                tokens * (m.numAttentionHeads() + m.numKeyValueHeads()),
                m.headDim(),
                0));
      }
      return m.moe().map(moe -> experts(op, m, moe, tokens)).orElse(List.of());
    }

    private List<Operator> norms(final String op, final int tokens, final int width) {
      final Operator alone = rows(Kind.RMS_NORM, tokens, width, 0);
      final Operator joint = rows(Kind.ADD_RMS_NORM, tokens, width, 0);
      if (op.equals(BOTH_NORMS)) {
        return List.of(alone, joint);
      }
      return List.of(joinsSums() ? joint : alone);
    }

    /** Whether the library has a kernel for a residual sum and the norm after it. */
    private boolean joinsSums() {
      return target
          .stack()
          .elementwise()
          .map(all -> all.containsKey(RowWork.ADD_RMS_NORM))
          .orElse(false);
    }

    /** Logits are made 32 bits wide, and then searched, long rows by several blocks each. */
    private List<Operator> sampler(final int tokens, final int logits) {
      final int shares = shares(tokens, logits);
      return List.of(
          new Elementwise("widen", Kind.PERMUTE, tokens, logits, 0, format, Format.FP32),
          new Elementwise(
              "argmax",
              Kind.ARGMAX,
              tokens * shares,
              (logits + shares - 1) / shares,
              shares,
              Format.FP32,
              Format.FP32));
    }

    private int shares(final int tokens, final int logits) {
      return target
          .stack()
          .elementwise()
          .map(all -> all.get(RowWork.ARGMAX))
          .flatMap(RowKernel::reduction)
          .map(one -> (int) one.blocksOfRow(tokens, logits, target.chip().coreCount()))
          .orElse(1);
    }

    private List<Operator> experts(
        final String op, final Model m, final MixtureOfExperts moe, final int tokens) {
      final int width = moe.moeIntermediateSize();
      return switch (op) {
        case "gate" ->
            List.of(
                target.product("router", tokens, moe.numExperts(), m.hiddenSize(), format),
                rows(Kind.TOP_K, tokens, moe.numExperts(), moe.numExpertsPerTok()));
        case "expert.w1", "expert.w3" ->
            List.of(target.product("expert_up_proj", tokens, width, m.hiddenSize(), format));
        case "expert.w2" ->
            List.of(target.product("expert_down_proj", tokens, m.hiddenSize(), width, format));
        default -> List.of();
      };
    }

    private int cols(final Kind kind) {
      final int width = row.whole("width");
      return switch (kind) {
        case SILU_MUL ->
            model
                .map(
                    m ->
                        m.moe()
                            .map(MixtureOfExperts::moeIntermediateSize)
                            .orElse(part(m.intermediateSize())))
                .orElse(width);
        case ROPE ->
            model
                .map(m -> (part(m.numAttentionHeads()) + part(m.numKeyValueHeads())) * m.headDim())
                .orElse(width / HEAD * HEAD);
        default -> width;
      };
    }

    private int parameter(final Kind kind) {
      return switch (kind) {
        case ROPE -> model.map(Model::headDim).orElse(HEAD);
        case EMBEDDING -> model.map(Model::vocabSize).orElse(VOCABULARY);
        default -> 0;
      };
    }

    private int part(final int whole) {
      return Math.max(1, whole / row.whole("tp"));
    }

    private Elementwise rows(final Kind kind, final int rows, final int cols, final int parameter) {
      return new Elementwise(
          kind.name().toLowerCase(Locale.ROOT), kind, rows, cols, parameter, format, format);
    }
  }
}
