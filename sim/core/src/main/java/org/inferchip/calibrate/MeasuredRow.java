package org.inferchip.calibrate;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/**
 * A row of measurements, its fields by the names in the header. A field that is no number where one
 * is due becomes a problem of the file.
 */
final class MeasuredRow {
  private final String file;
  private final int line;
  private final Map<String, Integer> columns;
  private final List<String> fields;
  private final Problems problems;

  MeasuredRow(
      final String file,
      final int line,
      final Map<String, Integer> columns,
      final List<String> fields,
      final Problems problems) {
    this.file = file;
    this.line = line;
    this.columns = columns;
    this.fields = fields;
    this.problems = problems;
  }

  String file() {
    return file;
  }

  int line() {
    return line;
  }

  /** A field; empty where it is blank or the table lacks the column. */
  String text(final String column) {
    final Integer index = columns.get(column);
    return index == null ? "" : fields.get(index).strip();
  }

  /** A finite number above 0, if the field is not blank. */
  OptionalDouble number(final String column) {
    final String text = text(column);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    double value = Double.NaN;
    try {
      value = Double.parseDouble(text);
    } catch (final NumberFormatException e) {
      // Stays NaN, which is refused below.
    }
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      problem(column, text, "a finite number above 0");
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(value);
  }

  /** A number that must be there; 1 where it is not, and a problem of the file. */
  double required(final String column) {
    if (text(column).isEmpty()) {
      problem(column, "nothing", "a finite number above 0");
    }
    return number(column).orElse(1);
  }

  /** A whole number above 0 that must be there. */
  int whole(final String column) {
    final double value = required(column);
    if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
      problem(column, text(column), "a whole number above 0");
      return 1;
    }
    return (int) value;
  }

  /** A whole number that may be 0, which a blank field is too. */
  int count(final String column) {
    final String text = text(column);
    return text.isEmpty() || "0".equals(text) ? 0 : whole(column);
  }

  private void problem(final String column, final String found, final String expected) {
    problems.add(new Problem(file, line, 0, column, "is no measurement", found, expected, ""));
  }
}
