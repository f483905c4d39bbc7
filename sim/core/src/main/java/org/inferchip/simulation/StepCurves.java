package org.inferchip.simulation;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.inferchip.arch.Stack;
import org.inferchip.lowering.StepShape;

/**
 * Costs of steps of one rank between those that were simulated. Operators whose work depends on the
 * number of tokens only are simulated at {@link Knots} of tokens; decode attention at knots of
 * (sequences, mean context); prefill attention at knots of (chunk, context), chunk by chunk.
 * Between knots costs are interpolated in coordinates in which they are affine.
 */
final class StepCurves {
  private static final int PER_DOUBLING = 2;

  private final Stack stack;
  private final StepOperators operators;
  private final CostCurve perToken;
  private final CostCurve perSample;
  private final CostCurve perPickedSample;
  private final CostSurface decode;
  private final CostSurface prefill;
  private final int layers;
  private final double[] pass;

  /**
   * Curves of which nothing is simulated yet.
   *
   * @param tokens most of a step
   */
  StepCurves(final Plan plan, final StepOperators operators, final int tokens) {
    this.stack = plan.system().stack();
    this.operators = operators;
    this.layers = plan.model().numHiddenLayers();
    this.pass = new double[operators.layout().size()];
    final int contexts = plan.model().maxPositionEmbeddings() + 1;
    final Knots tokenKnots = Knots.tokens(tokens);
    this.perToken = new CostCurve(tokenKnots, operators::tokens);
    this.perSample = new CostCurve(tokenKnots, samples -> operators.samples(samples, false));
    this.perPickedSample = new CostCurve(tokenKnots, samples -> operators.samples(samples, true));
    this.decode =
        new CostSurface(
            Knots.geometric(1, 2, PER_DOUBLING, stack.scheduler().maxSequences()),
            Knots.geometric(1, 16, PER_DOUBLING, contexts),
            (batch, context) -> batch,
            (batch, context) -> operators.attention(StepShape.decode(batch, context)));
    this.prefill =
        new CostSurface(
            Knots.geometric(1, 32, 1, tokens),
            Knots.geometric(0, 256, 1, contexts),
            // Pairs of query and key: (context + tokens/2) tokens, where context is what came
            // before.
            (chunk, before) -> chunk * (before + chunk / 2.0),
            (chunk, before) -> operators.attention(StepShape.prefill(chunk, before + chunk)));
  }

  /** The cost of a step of one rank, but for what concerns all ranks. */
  void step(final StepBatch batch, final double[] to) {
    Arrays.fill(to, 0);
    final boolean prompts = batch.chunks() > 0;
    perToken.addTo(to, operators.padded(batch.tokens(), prompts));
    if (batch.samples() > 0) {
      final boolean picked = batch.samples() < batch.tokens();
      (picked ? perPickedSample : perSample).addTo(to, operators.padded(batch.samples(), prompts));
    }
    if (batch.decodes() > 0) {
      decode.addTo(to, batch.decodes(), decodeContext(batch));
    }
    for (int i = 0; i < batch.chunks(); i++) {
      prefill.addTo(to, batch.chunkTokens(i), batch.chunkContext(i));
    }
    operators.layout().launchAttentionOnce(to, batch.chunks(), batch.decodes() > 0);
    if (batch.drafts() > 0 && batch.decodes() > 0) {
      draft(batch, to);
    }
  }

  /** Adds the passes that draft, of one token of each sequence, by a layer like the others. */
  private void draft(final StepBatch batch, final double[] to) {
    Arrays.fill(pass, 0);
    perToken.addTo(pass, operators.padded(batch.decodes(), false));
    decode.addTo(pass, batch.decodes(), decodeContext(batch));
    CostCurve.add(to, pass, drafted(batch));
    Arrays.fill(pass, 0);
    perSample.addTo(pass, operators.padded(batch.decodes(), false));
    CostCurve.add(to, pass, batch.drafts());
  }

  /** Drafting passes of a step, in passes through all layers. */
  double drafted(final StepBatch batch) {
    return (double) batch.drafts() / layers;
  }

  /** The cost of the larger half of a step that only decodes. */
  double[] half(final StepBatch batch) {
    final int size = (batch.decodes() + 1) / 2;
    final double[] half = new double[operators.layout().size()];
    perToken.addTo(half, operators.padded(size, false));
    perSample.addTo(half, operators.padded(size, false));
    decode.addTo(half, size, decodeContext(batch));
    return half;
  }

  /** Keys that each decoding sequence reads, the new one included. */
  private double decodeContext(final StepBatch batch) {
    return stack.contextSizes().isPresent()
        ? stack.readContext(1 + batch.decodeContextMax())
        : 1 + (double) batch.decodeContextSum() / batch.decodes();
  }

  /** The largest that a quantity of a step within limits can be: each part at its own worst. */
  double most(final StepLimits limits, final ToDoubleFunction<double[]> quantity) {
    final int samples = operators.padded(limits.requests(), false);
    return perToken.most(operators.padded(limits.tokens(), false), quantity)
        + Math.max(perSample.most(samples, quantity), perPickedSample.most(samples, quantity))
        + decode.most(limits.decodes(), limits.contextTokens(), quantity)
        + prefill.most(limits.chunkTokens(), limits.contextTokens(), quantity);
  }

  /** The least that a quantity of any step can be: its tokens' own part alone. */
  double least(final StepLimits limits, final ToDoubleFunction<double[]> quantity) {
    return -perToken.most(
        operators.padded(limits.tokens(), false), vector -> -quantity.applyAsDouble(vector));
  }
}
