package org.inferchip.explore.uncertainty;

import java.util.Locale;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.simulation.StepProfile;

/**
 * What the simulation itself may be off by, a factor on the simulated time of a class of operators,
 * stated as 1: one draw for all operators of the class on a kind of chip (assumption: sites of a
 * class err together, which is the worst case). The ranges are those that the model's errors on
 * measured operators had; their one home is the shipped {@link RangeTable}.
 */
enum ModelError {
  /** Dense matrix products. */
  GEMM,
  /** Products of routed experts. */
  EXPERTS,
  /** Attention of single tokens over a cache. */
  ATTENTION_DECODE,
  /** Attention of prompts. */
  ATTENTION_PREFILL,
  /** Collectives between devices. */
  COLLECTIVES,
  /** Norms, rotations, activations and the like. */
  ELEMENTWISE;

  /** How paths of such variables begin, and of those of whole steps. */
  static final String SIMULATED = "simulated.";

  private static final String EXPERT = "expert_";

  /** The path of its variable. */
  String path() {
    return SIMULATED + name().toLowerCase(Locale.ROOT);
  }

  /** The class of an operator. */
  static ModelError of(final Operator operator) {
    if (operator instanceof final MatMul product) {
      return product.groupRows().size() > 1 || product.name().startsWith(EXPERT) ? EXPERTS : GEMM;
    }
    if (operator instanceof final Attention attention) {
      return attention.decodes() ? ATTENTION_DECODE : ATTENTION_PREFILL;
    }
    if (operator instanceof Collective) {
      return COLLECTIVES;
    }
    if (operator instanceof Elementwise) {
      return ELEMENTWISE;
    }
    throw new IllegalArgumentException("an operator of no class: " + operator.name());
  }

  /** Of each class, by ordinal, its share of a step's time; host time is nobody's. */
  static double[] shares(final StepProfile step) {
    final double[] shares = new double[values().length];
    final double all = step.latencyPicos();
    for (final StepProfile.Line line : step.lines()) {
      shares[of(line.result().operator()).ordinal()] +=
          line.count() * (double) line.result().latencyPicos() / all;
    }
    return shares;
  }
}
