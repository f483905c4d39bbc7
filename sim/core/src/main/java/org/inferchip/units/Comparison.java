package org.inferchip.units;

import java.util.regex.Pattern;

/** Comparisons as they are written in conditions. */
public final class Comparison {
  /** A name, an operator and what stands behind it, as groups. */
  public static final Pattern FORM =
      Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*(<=|>=|==|!=|<|>|=)\\s*(.*?)\\s*");

  private Comparison() {}

  /**
   * Whether an operator holds.
   *
   * @param operator as {@link #FORM} has them; {@code =} and {@code ==} say the same
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
