package org.inferchip.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.inferchip.numerics.Format;

/** Config files of the architectures that grew out of Llama: RMS norm, rotary positions, gated. */
final class LlamaFamilies {
  private LlamaFamilies() {}

  static void llama(final ConfigJson config, final ModelDraft to) {
    common(config, to);
    to.tied = config.flag("tie_word_embeddings", false);
    to.biasQkv = config.flag("attention_bias", false);
    to.biasO = to.biasQkv;
    to.biasMlp = config.flag("mlp_bias", false);
  }

  static void granite(final ConfigJson config, final ModelDraft to) {
    llama(config, to);
    config.notes().add("scalar multipliers of the residual stream are left out: they cost nothing");
  }

  static void mistral(final ConfigJson config, final ModelDraft to) {
    common(config, to);
    to.tied = config.flag("tie_word_embeddings", false);
    everywhere(config, to);
  }

  static void mixtral(final ConfigJson config, final ModelDraft to) {
    mistral(config, to);
    to.moe = experts(config, "num_local_experts", to.intermediate, 0, Optional.empty());
  }

  static void phi3(final ConfigJson config, final ModelDraft to) {
    mistral(config, to);
  }

  static void qwen2(final ConfigJson config, final ModelDraft to) {
    common(config, to);
    to.tied = config.flag("tie_word_embeddings", false);
    to.biasQkv = true;
    qwenWindow(config, to);
  }

  static void qwen2Moe(final ConfigJson config, final ModelDraft to) {
    qwen2(config, to);
    everyLayerSparse(config);
    final int shared = config.number("shared_expert_intermediate_size");
    to.moe =
        experts(
            config, "num_experts", config.number("moe_intermediate_size"), 1, Optional.of(shared));
  }

  static void qwen3(final ConfigJson config, final ModelDraft to) {
    common(config, to);
    to.tied = config.flag("tie_word_embeddings", false);
    to.biasQkv = config.flag("attention_bias", false);
    to.biasO = to.biasQkv;
    to.qkNorm = true;
    qwenWindow(config, to);
  }

  static void qwen3Moe(final ConfigJson config, final ModelDraft to) {
    qwen3(config, to);
    everyLayerSparse(config);
    to.moe =
        experts(config, "num_experts", config.number("moe_intermediate_size"), 0, Optional.empty());
  }

  static void deepseekV3(final ConfigJson config, final ModelDraft to) {
    common(config, to);
    config.only("moe_layer_freq", "1");
    to.tied = config.flag("tie_word_embeddings", false);
    to.biasQkv = config.flag("attention_bias", false);
    to.biasO = to.biasQkv;
    final LatentAttention mla =
        new LatentAttention(
            config.number("q_lora_rank", 0),
            config.number("kv_lora_rank"),
            config.number("qk_nope_head_dim"),
            config.number("qk_rope_head_dim"),
            config.number("v_head_dim"));
    to.mla = Optional.of(mla);
    to.headDim = mla.qkHeadDim();
    final boolean sigmoid = "sigmoid".equals(config.text("scoring_func", "sigmoid"));
    to.moe =
        Optional.of(
            new MixtureOfExperts(
                config.number("n_routed_experts"),
                config.number("num_experts_per_tok"),
                config.number("moe_intermediate_size"),
                config.number("n_shared_experts", 0),
                Optional.empty(),
                config.number("first_k_dense_replace"),
                "noaux_tc".equals(config.text("topk_method", "noaux_tc")),
                sigmoid ? RouterScore.SIGMOID : RouterScore.SOFTMAX,
                groups(config),
                Optional.empty(),
                Optional.empty()));
    to.predictLayers = config.number("num_nextn_predict_layers", 0);
  }

  private static Optional<ExpertGroups> groups(final ConfigJson config) {
    final int count = config.number("n_group", 1);
    return count <= 1
        ? Optional.empty()
        : Optional.of(new ExpertGroups(count, config.number("topk_group")));
  }

  static void gptOss(final ConfigJson config, final ModelDraft to) {
    common(config, to);
    to.tied = config.flag("tie_word_embeddings", false);
    to.biasQkv = config.flag("attention_bias", true);
    to.biasO = to.biasQkv;
    to.biasMlp = true;
    to.sinks = true;
    layered(config, to, List.of(Span.LOCAL, Span.FULL));
    final boolean mxfp4 =
        "mxfp4".equals(config.node("quantization_config").path("quant_method").asText());
    to.moe =
        Optional.of(
            new MixtureOfExperts(
                config.number("num_local_experts"),
                config.number("num_experts_per_tok"),
                to.intermediate,
                0,
                Optional.empty(),
                0,
                true,
                RouterScore.SOFTMAX,
                Optional.empty(),
                mxfp4 ? Optional.of(Format.MXFP4) : Optional.empty(),
                Optional.empty()));
  }

  static void gemma2(final ConfigJson config, final ModelDraft to) {
    gemma(config, to);
    to.attentionCap = config.decimal("attn_logit_softcapping");
    to.logitCap = config.decimal("final_logit_softcapping");
    layered(config, to, List.of(Span.LOCAL, Span.FULL));
  }

  static void gemma3(final ConfigJson config, final ModelDraft to) {
    gemma(config, to);
    to.qkNorm = true;
    final int period = config.number("sliding_window_pattern", 6);
    final List<Span> pattern =
        new ArrayList<>(Collections.nCopies(Math.max(1, period), Span.LOCAL));
    pattern.set(pattern.size() - 1, Span.FULL);
    layered(config, to, pattern);
  }

  private static void gemma(final ConfigJson config, final ModelDraft to) {
    final int gemmaHeads = 8;
    final int gemmaKeyValueHeads = 4;
    final int gemmaHeadDim = 256;
    final int gemma3Vocabulary = 262208;
    final int gemma3Positions = 131072;
    to.layers = config.number("num_hidden_layers");
    to.hidden = config.number("hidden_size");
    to.intermediate = config.number("intermediate_size");
    to.heads = config.numberOr("num_attention_heads", gemmaHeads);
    to.keyValueHeads = config.numberOr("num_key_value_heads", gemmaKeyValueHeads);
    to.headDim = config.numberOr("head_dim", gemmaHeadDim);
    to.vocabulary = config.numberOr("vocab_size", gemma3Vocabulary);
    to.maxPositions = config.numberOr("max_position_embeddings", gemma3Positions);
    to.tied = config.flag("tie_word_embeddings", true);
    to.activation = Activation.GELU_TANH;
    to.normsPerLayer = 4;
  }

  private static void common(final ConfigJson config, final ModelDraft to) {
    to.layers = config.number("num_hidden_layers");
    to.hidden = config.number("hidden_size");
    to.heads = config.number("num_attention_heads");
    to.keyValueHeads = config.number("num_key_value_heads", to.heads);
    to.headDim = config.number("head_dim", to.hidden / Math.max(1, to.heads));
    to.intermediate = config.number("intermediate_size");
    to.vocabulary = config.number("vocab_size");
    to.maxPositions = config.number("max_position_embeddings");
    to.activation = GptFamilies.activation(config, "hidden_act");
    if (!config.has("head_dim") && to.hidden % Math.max(1, to.heads) != 0) {
      config.problem(
          "hidden_size",
          "is no multiple of num_attention_heads, and head_dim is missing",
          Integer.toString(to.hidden),
          "head_dim");
    }
  }

  private static Optional<MixtureOfExperts> experts(
      final ConfigJson config,
      final String count,
      final int width,
      final int shared,
      final Optional<Integer> sharedWidth) {
    return Optional.of(
        new MixtureOfExperts(
            config.number(count),
            config.number("num_experts_per_tok"),
            width,
            shared,
            sharedWidth,
            0,
            false,
            RouterScore.SOFTMAX,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private static void everyLayerSparse(final ConfigJson config) {
    config.only("decoder_sparse_step", "1");
    if (config.node("mlp_only_layers").size() > 0) {
      config.problem(
          "mlp_only_layers", "is not modelled", config.node("mlp_only_layers").toString(), "[]");
    }
  }

  private static void everywhere(final ConfigJson config, final ModelDraft to) {
    if (config.has("sliding_window")) {
      to.window = window(config, to, List.of(Span.LOCAL));
    }
  }

  private static void layered(
      final ConfigJson config, final ModelDraft to, final List<Span> otherwise) {
    final List<Span> given = HuggingFaceImport.spans(config, "layer_types");
    to.window = window(config, to, given.isEmpty() ? otherwise : given);
  }

  private static void qwenWindow(final ConfigJson config, final ModelDraft to) {
    if (!config.flag("use_sliding_window", false)) {
      return;
    }
    final int full = Math.min(config.number("max_window_layers"), to.layers);
    final Span[] spans = new Span[to.layers];
    Arrays.fill(spans, Span.LOCAL);
    Arrays.fill(spans, 0, full, Span.FULL);
    to.window = window(config, to, List.of(spans));
  }

  private static Optional<SlidingWindow> window(
      final ConfigJson config, final ModelDraft to, final List<Span> pattern) {
    final int window = config.number("sliding_window");
    // A window as long as the context, or only full layers, is none.
    final boolean any = pattern.contains(Span.LOCAL) && window < to.maxPositions;
    return any ? Optional.of(new SlidingWindow(window, pattern)) : Optional.empty();
  }
}
