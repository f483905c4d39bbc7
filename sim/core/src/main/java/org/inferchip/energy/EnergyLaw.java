package org.inferchip.energy;

import java.util.List;
import java.util.Optional;
import org.inferchip.engine.LawViolation;

/**
 * Joules and watts are the sum of their parts, each of them finite and none below zero, to 1e-9 of
 * the whole. The whole is always counted on another way than its parts: of an operator by watts and
 * time, of a step and of a run by operator, at the plug by the sums of {@link SystemPower}.
 */
public final class EnergyLaw {
  /** Relative difference up to which two sums are the same. */
  public static final double TOLERANCE = 1e-9;

  private EnergyLaw() {}

  /**
   * What is broken, in a sentence; empty if nothing is.
   *
   * @param what is counted
   * @param whole counted on another way than the parts
   * @param parts of it
   */
  public static Optional<String> broken(
      final String what, final double whole, final List<Double> parts) {
    final boolean sound = parts.stream().allMatch(part -> Double.isFinite(part) && part >= 0);
    final double sum = parts.stream().mapToDouble(Double::doubleValue).sum();
    return sound && Math.abs(whole - sum) <= TOLERANCE * Math.abs(whole)
        ? Optional.empty()
        : Optional.of(what + ": " + whole + ", its parts " + parts + " sum to " + sum);
  }

  /** As {@link #broken}, of joules by component. */
  public static Optional<String> broken(
      final String what, final double whole, final EnergyBreakdown parts) {
    return broken(what, whole, parts.parts());
  }

  /**
   * Asserts the law.
   *
   * @throws LawViolation if it is broken
   */
  public static void check(final String what, final double whole, final EnergyBreakdown parts) {
    broken(what, whole, parts)
        .ifPresent(
            text -> {
              throw new LawViolation(text);
            });
  }
}
