package org.inferchip.model;

import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Place;
import org.inferchip.arch.yaml.YamlNode;
import org.inferchip.units.Problems;

/** What fields of a model must hold together; each field alone was checked when it was read. */
final class ModelRules {
  private final Model model;
  private final YamlNode.Mapping tree;
  private final Problems problems = new Problems();

  private ModelRules(final Described<Model> described) {
    this.model = described.value();
    this.tree = described.tree();
  }

  /**
   * Checks a model.
   *
   * @throws org.inferchip.units.InvalidInputException with every rule that is broken
   */
  static void check(final Described<Model> described) {
    final ModelRules rules = new ModelRules(described);
    rules.heads();
    rules.positions();
    rules.experts();
    rules.kind();
    rules.problems.throwIfAny();
  }

  private void heads() {
    if (model.numAttentionHeads() % model.numKeyValueHeads() != 0) {
      add(
          "num_key_value_heads",
          "does not divide num_attention_heads",
          Integer.toString(model.numKeyValueHeads()),
          "a divisor of " + model.numAttentionHeads());
    }
    if (model.mla().isPresent() && model.mla().get().qkHeadDim() != model.headDim()) {
      add(
          "head_dim",
          "is not the width of a query head",
          Integer.toString(model.headDim()),
          "qk_nope_head_dim + qk_rope_head_dim = " + model.mla().get().qkHeadDim());
    }
    model.moe().ifPresent(moe -> moe.groups().ifPresent(groups -> groups(moe, groups)));
    if (model.slidingWindow().isPresent() && model.slidingWindow().get().pattern().isEmpty()) {
      add("sliding_window", "has an empty pattern", "[]", "such as [local, full]");
    }
    model
        .slidingWindow()
        .ifPresent(window -> window.blocks().ifPresent(all -> blocks(window, all)));
  }

  private void blocks(final SlidingWindow window, final KeyBlocks blocks) {
    if (blocks.local() * (long) blocks.size() != window.window()) {
      add(
          "sliding_window.blocks.local",
          "makes another window than is stated",
          blocks.local() + " blocks of " + blocks.size(),
          "window = size x local");
    }
    if (model.mla().isPresent() || model.architecture() == Architecture.ENCODER) {
      add("sliding_window.blocks", "are of heads of decoders only", "blocks", "none");
    }
  }

  private void groups(final MixtureOfExperts moe, final ExpertGroups groups) {
    final boolean enough =
        groups.perToken() <= groups.count()
            && moe.numExperts() % groups.count() == 0
            && groups.perToken() * (moe.numExperts() / groups.count()) >= moe.numExpertsPerTok();
    if (!enough) {
      add(
          "moe.groups",
          "have too few experts for a token, or not equally many",
          groups.perToken() + " of " + groups.count() + " groups of " + moe.numExperts(),
          "groups that divide the experts and hold " + moe.numExpertsPerTok() + " together");
    }
  }

  private void positions() {
    final boolean learned = model.position() == Position.LEARNED;
    if (learned && model.learnedPositions().isEmpty()) {
      add("position", "needs learned_positions", "learned", "learned_positions beside it");
    }
    if (!learned && model.learnedPositions().isPresent()) {
      add(
          "learned_positions",
          "stands beside rotary positions",
          model.learnedPositions().get().toString(),
          "position: learned");
    }
    if (learned
        && model.learnedPositions().orElse(Integer.MAX_VALUE) < model.maxPositionEmbeddings()) {
      add(
          "learned_positions",
          "fewer than max_position_embeddings",
          model.learnedPositions().get().toString(),
          "at least " + model.maxPositionEmbeddings());
    }
  }

  private void experts() {
    if (model.moe().isEmpty()) {
      return;
    }
    final MixtureOfExperts moe = model.moe().get();
    if (moe.numExpertsPerTok() > moe.numExperts()) {
      add(
          "moe",
          "a token visits more experts than there are",
          Integer.toString(moe.numExpertsPerTok()),
          "at most " + moe.numExperts());
    }
    if (moe.firstKDenseReplace() > model.numHiddenLayers()) {
      add(
          "moe",
          "more dense layers than layers",
          Integer.toString(moe.firstKDenseReplace()),
          "at most " + model.numHiddenLayers());
    }
  }

  private void kind() {
    final boolean encoder = model.architecture() == Architecture.ENCODER;
    if (model.pooler() && !encoder) {
      add("pooler", "only an encoder has one", "true", "false");
    }
    if (encoder && model.numNextnPredictLayers() > 0) {
      add("num_nextn_predict_layers", "an encoder predicts no tokens", "", "0");
    }
  }

  private void add(
      final String key, final String message, final String found, final String expected) {
    final YamlNode node = tree.get(key);
    final Place place = node == null ? tree.place() : node.place();
    problems.add(place.problem(key, message).but(found, expected));
  }
}
