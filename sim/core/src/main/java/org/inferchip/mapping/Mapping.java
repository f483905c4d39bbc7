package org.inferchip.mapping;

import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.units.InvalidInputException;

/**
 * How one operator is laid over a chip. A mapping is a value; {@link #text} prints it as it is
 * written in files and on the command line, and {@link #parse} reads that back.
 */
public sealed interface Mapping
    permits MatMulMapping, AttentionMapping, ElementwiseMapping, CollectiveMapping {

  /** The printed form, such as {@code 128x256x64 split 4 stages 4}. */
  String text();

  /** What the engine sees of it: mappings with equal ones have programs that take as long. */
  default Mapping timed() {
    return this;
  }

  /** What it says of tiles, without what it says of the pace of the software's code. */
  default Mapping tiles() {
    return this;
  }

  /**
   * Reads the printed form of a mapping of an operator.
   *
   * @param operator whose kind says what the text means
   * @param text as {@link #text} prints it; keys in any order, those not named at their defaults
   * @throws InvalidInputException if it is not a mapping of that kind
   */
  static Mapping parse(final Operator operator, final String text) {
    if (operator instanceof MatMul) {
      return MatMulMapping.parse(text);
    }
    if (operator instanceof Attention) {
      return AttentionMapping.parse(text);
    }
    if (operator instanceof Elementwise) {
      return ElementwiseMapping.parse(text);
    }
    if (operator instanceof Collective) {
      return CollectiveMapping.parse(text);
    }
    throw new IllegalArgumentException("no mappings of " + operator);
  }
}
