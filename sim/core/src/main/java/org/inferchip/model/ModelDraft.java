package org.inferchip.model;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Source;

/** A model while it is being imported; fields as in {@link Model}, with the commonest values. */
final class ModelDraft {
  String name;
  String id;
  Architecture architecture = Architecture.DECODER;
  int layers;
  int hidden;
  int heads;
  int keyValueHeads;
  int headDim;
  int intermediate;
  Activation activation = Activation.SILU;
  boolean gated = true;
  Norm norm = Norm.RMS;
  int normsPerLayer = 2;
  int vocabulary;
  boolean tied;
  Position position = Position.ROPE;
  int maxPositions;
  Optional<Integer> learnedPositions = Optional.empty();
  Optional<Integer> typeVocabulary = Optional.empty();
  boolean pooler;
  boolean biasQkv;
  boolean biasO;
  boolean biasMlp;
  boolean qkNorm;
  boolean sinks;
  Optional<Double> attentionCap = Optional.empty();
  Optional<Double> logitCap = Optional.empty();
  Optional<SlidingWindow> window = Optional.empty();
  Optional<LatentAttention> mla = Optional.empty();
  Optional<MixtureOfExperts> moe = Optional.empty();
  int predictLayers;
  boolean textTowerOnly;

  Model build(final Map<String, Source> sources) {
    return new Model(
        name,
        id,
        Optional.empty(),
        architecture,
        layers,
        hidden,
        heads,
        keyValueHeads,
        headDim,
        intermediate,
        activation,
        gated,
        norm,
        normsPerLayer,
        vocabulary,
        tied,
        position,
        maxPositions,
        learnedPositions,
        typeVocabulary,
        pooler,
        biasQkv,
        biasO,
        biasMlp,
        qkNorm,
        sinks,
        attentionCap,
        logitCap,
        window,
        mla,
        moe,
        predictLayers,
        textTowerOnly,
        sources);
  }
}
