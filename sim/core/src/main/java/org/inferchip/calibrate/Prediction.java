package org.inferchip.calibrate;

import java.util.Optional;
import org.inferchip.engine.Bounds;
import org.inferchip.simulation.OperatorResult;

/**
 * A predicted number.
 *
 * @param value in the measurement's unit
 * @param limiter what holds the operator back; empty where the number is of many operators
 */
record Prediction(double value, Optional<Bounds.Limiter> limiter) {
  private static final double MICROS_PER_PICO = 1e-6;

  /** Latency of an operator in microseconds, launch floor included. */
  static Prediction of(final OperatorResult result) {
    return of(result.latencyPicos() * MICROS_PER_PICO, result.limiter());
  }

  static Prediction of(final double value, final Bounds.Limiter limiter) {
    return new Prediction(value, Optional.of(limiter));
  }

  /** This, and no less than so much. */
  Prediction least(final double least) {
    return new Prediction(Math.max(least, value), limiter);
  }

  /** Of work in which many operators follow each other, such as a step or a run. */
  static Prediction ofMany(final double value) {
    return new Prediction(value, Optional.empty());
  }
}
