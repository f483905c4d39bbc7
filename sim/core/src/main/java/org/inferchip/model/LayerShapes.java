package org.inferchip.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one place that says which weights a layer has. Matrices that read the same input are one
 * fused matrix ({@code qkv_proj}, {@code gate_up_proj}), as every serving stack loads them.
 */
final class LayerShapes {
  private final Model model;
  private final List<LayerShape> made = new ArrayList<>();

  LayerShapes(final Model model) {
    this.model = model;
  }

  /** The shape of a layer; the same instance for equal layers. */
  LayerShape of(final int layer) {
    final Span span = model.slidingWindow().map(window -> window.span(layer)).orElse(Span.FULL);
    final boolean moe = model.moe().isPresent() && layer >= model.moe().get().firstKDenseReplace();
    for (final LayerShape shape : made) {
      if (shape.span() == span && shape.moe() == moe) {
        return shape;
      }
    }
    final LayerShape shape = make(span, moe);
    made.add(shape);
    return shape;
  }

  private LayerShape make(final Span span, final boolean moe) {
    final Optional<SlidingWindow> local = model.slidingWindow().filter(one -> span == Span.LOCAL);
    final Optional<KeyBlocks> blocks = local.flatMap(SlidingWindow::blocks);
    // Blocks far back may be seen again, so that none is dropped.
    final int window =
        blocks.isPresent()
            ? Integer.MAX_VALUE
            : local.map(SlidingWindow::window).orElse(Integer.MAX_VALUE);
    final List<WeightMatrix> matrices = new ArrayList<>();
    if (model.mla().isPresent()) {
      addLatentAttention(model.mla().get(), matrices);
    } else {
      addHeads(matrices);
    }
    if (moe) {
      addExperts(model.moe().orElseThrow(), matrices);
    } else {
      addFeedForward("", model.intermediateSize(), 1, 1, matrices);
    }
    return new LayerShape(span, window, blocks, moe, matrices, vectors());
  }

  private void addHeads(final List<WeightMatrix> to) {
    final int hidden = model.hiddenSize();
    final int queries = model.numAttentionHeads() * model.headDim();
    final int keysAndValues = 2 * model.numKeyValueHeads() * model.headDim();
    to.add(WeightMatrix.of("qkv_proj", queries + keysAndValues, hidden, model.attentionBiasQkv()));
    to.add(WeightMatrix.of("o_proj", hidden, queries, model.attentionBiasO()));
  }

  private void addLatentAttention(final LatentAttention mla, final List<WeightMatrix> to) {
    final int hidden = model.hiddenSize();
    final int heads = model.numAttentionHeads();
    final boolean bias = model.attentionBiasQkv();
    final int queries = heads * mla.qkHeadDim();
    if (mla.qLoraRank() > 0) {
      to.add(WeightMatrix.of("q_a_proj", mla.qLoraRank(), hidden, bias));
      to.add(WeightMatrix.of("q_b_proj", queries, mla.qLoraRank(), false));
    } else {
      to.add(WeightMatrix.of("q_proj", queries, hidden, false));
    }
    to.add(WeightMatrix.of("kv_a_proj", mla.cachedElements(), hidden, bias));
    final int rebuilt = heads * (mla.qkNopeHeadDim() + mla.vHeadDim());
    to.add(WeightMatrix.of("kv_b_proj", rebuilt, mla.kvLoraRank(), false));
    to.add(WeightMatrix.of("o_proj", hidden, heads * mla.vHeadDim(), model.attentionBiasO()));
  }

  private void addExperts(final MixtureOfExperts moe, final List<WeightMatrix> to) {
    to.add(WeightMatrix.of("router", moe.numExperts(), model.hiddenSize(), moe.routerBias()));
    addFeedForward(
        "expert_", moe.moeIntermediateSize(), moe.numExperts(), moe.numExpertsPerTok(), to);
    if (moe.nSharedExperts() > 0) {
      addFeedForward("shared_expert_", moe.sharedWidth(), 1, 1, to);
      if (moe.sharedExpertIntermediateSize().isPresent()) {
        to.add(WeightMatrix.of("shared_expert_gate", 1, model.hiddenSize(), false));
      }
    }
  }

  private void addFeedForward(
      final String prefix,
      final int width,
      final int copies,
      final int copiesPerToken,
      final List<WeightMatrix> to) {
    final int hidden = model.hiddenSize();
    final boolean bias = model.mlpBias();
    final String in = model.gatedMlp() ? "gate_up_proj" : "up_proj";
    final int widened = model.gatedMlp() ? 2 * width : width;
    to.add(new WeightMatrix(prefix + in, widened, hidden, copies, copiesPerToken, bias));
    to.add(new WeightMatrix(prefix + "down_proj", hidden, width, copies, copiesPerToken, bias));
  }

  private List<WeightVector> vectors() {
    final List<WeightVector> vectors = new ArrayList<>();
    final long normWidth = (long) model.norm().vectors() * model.hiddenSize();
    vectors.add(new WeightVector("norms", model.normsPerLayer() * normWidth));
    model
        .mla()
        .ifPresent(
            mla ->
                vectors.add(new WeightVector("latent_norms", mla.qLoraRank() + mla.kvLoraRank())));
    if (model.qkNorm()) {
      vectors.add(new WeightVector("qk_norm", 2L * model.headDim()));
    }
    if (model.attentionSinks()) {
      vectors.add(new WeightVector("sinks", model.numAttentionHeads()));
    }
    return vectors;
  }
}
