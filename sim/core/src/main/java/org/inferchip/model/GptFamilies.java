package org.inferchip.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Config files of the older architectures: layer norm, learned positions, biases, two matrices. */
final class GptFamilies {
  private static final int MLP_RATIO = 4;

  /** OPT's position table begins with two rows that no position uses. */
  private static final int OPT_OFFSET = 2;

  private GptFamilies() {}

  static void opt(final ConfigJson config, final ModelDraft to) {
    shape(config, to, "num_hidden_layers", "hidden_size", "num_attention_heads");
    to.intermediate = config.number("ffn_dim");
    to.activation = activation(config, "activation_function");
    to.maxPositions = config.number("max_position_embeddings");
    to.learnedPositions = Optional.of(to.maxPositions + OPT_OFFSET);
    config.only("do_layer_norm_before", "true");
    config.only("word_embed_proj_dim", Integer.toString(to.hidden));
    to.biasQkv = config.flag("enable_bias", true);
    to.biasO = to.biasQkv;
    to.biasMlp = to.biasQkv;
  }

  static void bert(final ConfigJson config, final ModelDraft to) {
    shape(config, to, "num_hidden_layers", "hidden_size", "num_attention_heads");
    to.architecture = Architecture.ENCODER;
    to.intermediate = config.number("intermediate_size");
    to.activation = activation(config, "hidden_act");
    to.maxPositions = config.number("max_position_embeddings");
    to.learnedPositions = Optional.of(to.maxPositions);
    to.typeVocabulary = Optional.of(config.number("type_vocab_size"));
    to.pooler = true;
    config.only("position_embedding_type", "absolute");
    config.only("is_decoder", "false");
  }

  static void gpt2(final ConfigJson config, final ModelDraft to) {
    shape(config, to, "n_layer", "n_embd", "n_head");
    to.intermediate = config.number("n_inner", MLP_RATIO * to.hidden);
    to.activation = activation(config, "activation_function");
    to.maxPositions = config.number("n_positions");
    to.learnedPositions = Optional.of(to.maxPositions);
    config.only("add_cross_attention", "false");
  }

  static void gptNeo(final ConfigJson config, final ModelDraft to) {
    shape(config, to, "num_layers", "hidden_size", "num_heads");
    to.intermediate = config.number("intermediate_size", MLP_RATIO * to.hidden);
    to.activation = activation(config, "activation_function");
    to.maxPositions = config.number("max_position_embeddings");
    to.learnedPositions = Optional.of(to.maxPositions);
    to.biasQkv = false;
    final List<Span> spans = neoSpans(config);
    if (spans.contains(Span.LOCAL)) {
      to.window = Optional.of(new SlidingWindow(config.number("window_size"), spans));
    }
  }

  /** {@code attention_types}: a list of [kinds, how often] pairs, repeated over the layers. */
  private static List<Span> neoSpans(final ConfigJson config) {
    final List<Span> spans = new ArrayList<>();
    final JsonNode types = config.node("attention_types");
    if (types.size() != 1 || types.get(0).size() != 2) {
      config.problem(
          "attention_types", "is not modelled", types.toString(), "one [kinds, times] pair");
      return spans;
    }
    for (final JsonNode kind : types.get(0).get(0)) {
      spans.add("local".equals(kind.asText()) ? Span.LOCAL : Span.FULL);
    }
    return spans;
  }

  private static void shape(
      final ConfigJson config,
      final ModelDraft to,
      final String layers,
      final String hidden,
      final String heads) {
    to.layers = config.number(layers);
    to.hidden = config.number(hidden);
    to.heads = Math.max(1, config.number(heads));
    to.keyValueHeads = to.heads;
    to.headDim = to.hidden / to.heads;
    if (to.hidden % to.heads != 0) {
      config.problem(
          hidden, "is no multiple of " + heads, "" + to.hidden, "a multiple of " + to.heads);
    }
    to.vocabulary = config.number("vocab_size");
    to.tied = config.flag("tie_word_embeddings", true);
    to.gated = false;
    to.norm = Norm.LN;
    to.position = Position.LEARNED;
    to.biasQkv = true;
    to.biasO = true;
    to.biasMlp = true;
  }

  static Activation activation(final ConfigJson config, final String key) {
    final String text = config.text(key, "");
    switch (text) {
      case "silu":
      case "swish":
        return Activation.SILU;
      case "gelu":
        return Activation.GELU;
      case "gelu_pytorch_tanh":
        return Activation.GELU_TANH;
      case "gelu_new":
        return Activation.GELU_NEW;
      case "relu":
        return Activation.RELU;
      default:
        config.problem(
            key, "an activation that is not modelled", text, "silu, gelu, gelu_new, relu, ...");
        return Activation.SILU;
    }
  }
}
