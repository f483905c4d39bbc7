package org.inferchip.calibrate;

import java.util.Optional;
import java.util.regex.Matcher;
import org.inferchip.units.Comparison;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * A comparison of a field of a table's row with a value, such as {@code n>=1024}. Numbers are
 * compared as numbers; a field that is blank, or no number where one is due, does not hold.
 *
 * @param column of the table
 * @param operator such as {@code >=}: see {@link Comparison#FORM}
 * @param value as written
 */
record FieldTest(String column, String operator, String value) {
  /**
   * Reads a comparison.
   *
   * @throws InvalidInputException if it is none, or sizes are compared of what is no number
   */
  static FieldTest parse(final String text) {
    final Matcher form = Comparison.FORM.matcher(text);
    if (!form.matches()) {
      throw bad("a condition is not of the form column=value", text, "format=bfloat16 or n>=1024");
    }
    final FieldTest test = new FieldTest(form.group(1), form.group(2), form.group(3));
    if (test.ordered() && number(test.value).isEmpty()) {
      throw bad("a size is compared with something else than a number", text, "n>=1024");
    }
    return test;
  }

  private static InvalidInputException bad(
      final String message, final String found, final String example) {
    return new InvalidInputException(
        Problem.ofFile("command line", "--where: " + message).but(found, "such as " + example));
  }

  private boolean ordered() {
    return operator.startsWith("<") || operator.startsWith(">");
  }

  boolean holds(final MeasuredRow row) {
    final String field = row.text(column);
    return number(field)
        .filter(found -> number(value).isPresent())
        .map(this::holds)
        .orElseGet(() -> !ordered() && Comparison.holds(operator, field.compareTo(value)));
  }

  /** Whether it holds of a number. */
  boolean holds(final double number) {
    return number(value)
        .map(wanted -> Comparison.holds(operator, Double.compare(number, wanted)))
        .orElse("!=".equals(operator));
  }

  private static Optional<Double> number(final String text) {
    try {
      return Optional.of(Double.valueOf(text));
    } catch (final NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return column + operator + value;
  }
}
