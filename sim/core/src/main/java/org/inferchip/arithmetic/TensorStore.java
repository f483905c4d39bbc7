package org.inferchip.arithmetic;

import java.util.EnumMap;
import java.util.Map;
import org.inferchip.program.TensorRef.Role;

/**
 * The tensors that an operator works on, by role. A decoder binds the same tensor to one operator
 * after the other: the output of one is the input of the next, caches grow behind them all.
 *
 * <p>Workspaces and statistics are made by the interpreter and not bound.
 */
public final class TensorStore {
  private static final double ROPE_THETA = 10000;

  private final Map<Role, Tensor> tensors = new EnumMap<>(Role.class);
  private double epsilon = 1e-5;

  /** Binds a tensor. */
  public TensorStore bind(final Role role, final Tensor tensor) {
    tensors.put(role, tensor);
    return this;
  }

  /** Sets what norms add to the mean square; 1e-5 unless set. */
  public TensorStore epsilon(final double added) {
    epsilon = added;
    return this;
  }

  /** The base of the rotary embedding. */
  public double ropeTheta() {
    return ROPE_THETA;
  }

  /** What norms add to the mean square. */
  public double epsilon() {
    return epsilon;
  }

  /**
   * A tensor.
   *
   * @throws ScheduleFault if the program asks for one that the operator does not have
   */
  public Tensor get(final Role role) {
    final Tensor tensor = tensors.get(role);
    if (tensor == null) {
      throw new ScheduleFault("no tensor is bound as " + role);
    }
    return tensor;
  }
}
