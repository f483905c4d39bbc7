package org.inferchip.units;

/** Comparisons as they are written in conditions. */
public final class Comparison {
  /** A regular expression of the operators. */
  public static final String OPERATORS = "<=|>=|==|!=|<|>|=";

  private Comparison() {}

  /**
   * Whether an operator holds.
   *
   * @param operator one of {@link #OPERATORS}; {@code =} and {@code ==} say the same
   * @param order of what stands before it and after it, as of {@link Comparable#compareTo}
   */
  public static boolean holds(final String operator, final int order) {
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "!=" -> order != 0;
      default -> order == 0;
    };
  }
}
