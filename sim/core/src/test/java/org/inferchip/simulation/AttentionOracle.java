package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;

/** Simulated attention beside a closed form that was fitted apart from any program. */
public final class AttentionOracle {
  private static final int SHAPES = 200;
  private static final double MEAN_ERROR = 0.05;
  private static final double BIAS = 0.03;

  private AttentionOracle() {}

  /** Equal sequences with causal attention in 16 bits. */
  public static Attention attention(
      final String name,
      final int batch,
      final Attention.Sequence each,
      final int[] heads,
      final int headDim) {
    return new Attention(
        name,
        Collections.nCopies(batch, each),
        heads[0],
        heads[1],
        headDim,
        headDim,
        0,
        true,
        Format.BF16,
        Format.BF16);
  }

  /**
   * Holds mean error and bias over seeded shapes to their limits.
   *
   * @param shapes draws one; empty: too large, draw again
   * @param simulated microseconds of the tile program
   * @param closedForm microseconds of the oracle
   */
  public static void assertAgree(
      final long seed,
      final Function<Random, Optional<Attention>> shapes,
      final ToDoubleFunction<Attention> simulated,
      final ToDoubleFunction<Attention> closedForm) {
    final Random random = new Random(seed);
    double absolute = 0;
    double signed = 0;
    int done = 0;
    while (done < SHAPES) {
      final Optional<Attention> op = shapes.apply(random);
      if (op.isPresent()) {
        final double error =
            simulated.applyAsDouble(op.get()) / closedForm.applyAsDouble(op.get()) - 1;
        absolute += Math.abs(error);
        signed += error;
        done++;
      }
    }
    assertTrue(absolute / SHAPES < MEAN_ERROR, "mean error " + absolute / SHAPES);
    assertTrue(Math.abs(signed) / SHAPES < BIAS, "bias " + signed / SHAPES);
  }
}
