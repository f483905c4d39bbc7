package org.inferchip.lowering;

import java.util.EnumMap;
import java.util.Map;
import org.inferchip.operator.Operator;
import org.inferchip.program.TensorRef;

/**
 * One operator of a step with the values that it reads and writes.
 *
 * @param operator what is computed, by one device
 * @param operands value of each role
 * @param reach whose tokens it works on
 * @param meanShare work of a device on average over that of the one lowered, which has most
 */
public record Call(
    Operator operator, Map<TensorRef.Role, View> operands, Reach reach, double meanShare) {
  /** Whose tokens an operator works on. */
  public enum Reach {
    /** Those of the device's own rank. */
    RANK,
    /** All ranks', on their way to the experts and back. */
    EXCHANGE,
    /** All ranks', those of the device's experts. */
    EXPERTS
  }

  /** Copies the map. */
  public Call {
    operands = Map.copyOf(operands);
  }

  /** The same on tokens of others. */
  Call on(final Reach other, final double share) {
    return new Call(operator, operands, other, share);
  }

  static Builder of(final Operator operator) {
    return new Builder(operator);
  }

  /** Collects operands. */
  static final class Builder {
    private final Operator operator;
    private final Map<TensorRef.Role, View> operands = new EnumMap<>(TensorRef.Role.class);

    private Builder(final Operator operator) {
      this.operator = operator;
    }

    Builder with(final TensorRef.Role role, final View view) {
      operands.put(role, view);
      return this;
    }

    Builder with(final TensorRef.Role role, final String value) {
      return with(role, View.of(value));
    }

    Call call() {
      return new Call(operator, operands, Reach.RANK, 1);
    }
  }
}
