package org.inferchip.simulation;

import org.inferchip.model.Model;

/**
 * How the embedding, the layers and the head lie over the stages of a pipeline: in this order, and
 * so that the fullest stage is as light as can be. With more stages than layers the embedding, the
 * head or both have a stage of their own. Layers count as equally heavy: their mean.
 *
 * @param count stages
 * @param first layers on the stage that has the embedding
 * @param middle most layers on a stage that has neither embedding nor head
 * @param last layers on the stage that has the head; those of the first where there is one stage
 * @param fullestElements weights on the fullest stage
 */
record PipelineStages(int count, int first, int middle, int last, double fullestElements) {

  static PipelineStages of(final Model model, final int count) {
    return of(model, count, 1);
  }

  /**
   * Stages of which the embedding and the head take several each, and no layer.
   *
   * @param vocabulary stages of the embedding, and of the head; 1: the lightest way
   */
  static PipelineStages of(final Model model, final int count, final int vocabulary) {
    if (vocabulary == 1) {
      return lightest(model, count);
    }
    final int layers = model.numHiddenLayers();
    final double layer = layer(model);
    final int middle = ceilDiv(layers, count - 2 * vocabulary);
    final double head = model.head().map(matrix -> matrix.elements()).orElse(0L);
    final double widest = Math.max(model.embedding().elements(), head) / vocabulary;
    return new PipelineStages(count, 0, middle, 0, Math.max(middle * layer, widest));
  }

  private static double layer(final Model model) {
    return (double) model.layers().stream().mapToLong(one -> one.shape().elements()).sum()
        / model.numHiddenLayers();
  }

  private static PipelineStages lightest(final Model model, final int count) {
    final int layers = model.numHiddenLayers();
    if (count == 1) {
      return new PipelineStages(1, layers, 0, layers, model.parameters());
    }
    final double layer = layer(model);
    final double embedding = model.embedding().elements();
    final double head = model.head().map(matrix -> matrix.elements()).orElse(0L);
    final int most = ceilDiv(layers, count);
    PipelineStages best = null;
    for (int first = 0; first <= most; first++) {
      for (int last = 0; last <= Math.min(layers - first, layers); last++) {
        final int between = layers - first - last;
        if (count == 2 ? between > 0 : last > most) {
          continue;
        }
        final int middle = count == 2 ? 0 : ceilDiv(between, count - 2);
        final double fullest =
            Math.max(middle * layer, Math.max(first * layer + embedding, last * layer + head));
        if (best == null || fullest < best.fullestElements) {
          best = new PipelineStages(count, first, middle, last, fullest);
        }
      }
    }
    return best;
  }

  /** Most layers on any stage. */
  int mostLayers() {
    return Math.max(middle, Math.max(first, last));
  }

  /**
   * Latency of the slowest stage: that with most layers, or the head with the layers beside it. The
   * embedding counts with the head.
   *
   * @param layer latency of one
   * @param outside latency of embedding and head
   */
  double slowest(final double layer, final double outside) {
    return Math.max(mostLayers() * layer, last * layer + outside);
  }

  private static int ceilDiv(final int a, final int b) {
    return (a + b - 1) / b;
  }
}
