package org.inferchip.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.inferchip.lowering.StepShape;
import org.inferchip.operator.Attention;

/**
 * Measures how far interpolated steps are off, on steps of the run itself: steps 1, 4, 16, 64, ...
 * are simulated again with their exact tokens and contexts, decode sequences each with its own.
 */
public final class InterpolationCheck {
  private final ToDoubleFunction<StepShape> exactPicos;
  private long next = 1;
  private int checked;
  private double sum;
  private double largest;

  /**
   * A check that has seen no step.
   *
   * @param exactPicos device time of a step without interpolation, picoseconds
   */
  InterpolationCheck(final ToDoubleFunction<StepShape> exactPicos) {
    this.exactPicos = exactPicos;
  }

  void maybe(final long step, final StepBatch batch, final double devicePicos) {
    if (step != next) {
      return;
    }
    next *= 4;
    final List<Attention.Sequence> prefill = new ArrayList<>();
    for (int i = 0; i < batch.chunks(); i++) {
      prefill.add(
          new Attention.Sequence(
              batch.chunkTokens(i), batch.chunkContext(i) + batch.chunkTokens(i)));
    }
    final List<Attention.Sequence> decode = new ArrayList<>();
    for (int i = 0; i < batch.decodes(); i++) {
      decode.add(new Attention.Sequence(1, batch.decodeContext(i) + 1));
    }
    final StepShape shape = new StepShape(prefill, decode, batch.samples());
    final double exact = exactPicos.applyAsDouble(shape);
    final double error = Math.abs(devicePicos - exact) / exact;
    checked++;
    sum += error;
    largest = Math.max(largest, error);
  }

  /** Steps simulated again. */
  public int checked() {
    return checked;
  }

  /** Mean relative error of their device time. */
  public double meanError() {
    return checked == 0 ? 0 : sum / checked;
  }

  /** Largest relative error of their device time. */
  public double largestError() {
    return largest;
  }
}
