package org.inferchip.trace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;

/**
 * A row of named values, from JSON or CSV. What is wrong goes to the log with line and key; the
 * caller asks {@link #isBad} at the end.
 */
abstract class Row {
  /** Decimal places by which a unit is moved to nanoseconds. */
  static final int SECONDS = 9;

  static final int MILLISECONDS = 6;
  static final int NANOSECONDS = 0;

  /** A sanity limit: the longest published context is about 2 million tokens. */
  private static final int MOST_TOKENS = 1 << 24;

  private static final BigDecimal MOST_NANOS = BigDecimal.valueOf(Long.MAX_VALUE / 4);

  private final int line;
  private final ReadLog log;
  private boolean bad;

  Row(final int line, final ReadLog log) {
    this.line = line;
    this.log = log;
  }

  /** The text of a scalar; null where the key is absent, empty or null. */
  abstract String text(String key);

  /** The text of a number; a problem where the value is of another kind. */
  abstract String numberText(String key);

  abstract Set<String> keys();

  /** Block identifiers; none where the key is absent. */
  abstract BlockIds blockIds(String key);

  /** A list of names, possibly empty; null where the key is absent. */
  abstract List<String> names(String key);

  /** A list of numbers, or one number as a list; empty where the key is absent. */
  abstract List<Double> numbers(String key);

  final int line() {
    return line;
  }

  final ReadLog log() {
    return log;
  }

  final boolean isBad() {
    return bad;
  }

  final boolean has(final String key) {
    return keys().contains(key) && text(key) != null;
  }

  final void bad(
      final String key, final String message, final String found, final String expected) {
    bad = true;
    log.problem(line, key, message, found, expected);
  }

  /** A token count of 0 or more. */
  final int tokens(final String key) {
    return wholeNumber(key, 0, MOST_TOKENS, "a whole number of tokens, 1 to " + MOST_TOKENS);
  }

  /** A count, or what stands for none. */
  final int count(final String key, final int otherwise) {
    return has(key)
        ? wholeNumber(key, 0, Integer.MAX_VALUE, "a whole number, 0 or more")
        : otherwise;
  }

  final int wholeNumber(
      final String key, final long least, final long most, final String expected) {
    final BigDecimal value = number(key, expected);
    if (value == null) {
      return 0;
    }
    if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
      bad(key, "not a whole number", value.toPlainString(), expected);
      return 0;
    }
    if (value.compareTo(BigDecimal.valueOf(least)) < 0
        || value.compareTo(BigDecimal.valueOf(most)) > 0) {
      bad(key, "out of range", value.toString(), expected);
      return 0;
    }
    return value.intValueExact();
  }

  /** A time of zero or more, in nanoseconds. */
  final long nanos(final String key, final int unit) {
    final String expected = "a time of 0 or more";
    final BigDecimal value = number(key, expected);
    if (value == null) {
      return 0;
    }
    if (value.signum() < 0) {
      bad(key, "negative time", value.toString(), expected);
      return 0;
    }
    if (value.precision() - value.scale() > SECONDS * 2
        || value.movePointRight(unit).compareTo(MOST_NANOS) > 0) {
      bad(key, "out of range", value.toString(), "a time of less than 73 years");
      return 0;
    }
    final BigDecimal exact = value.movePointRight(unit);
    final BigDecimal rounded = exact.setScale(0, RoundingMode.HALF_EVEN);
    if (rounded.compareTo(exact) != 0) {
      log.note("sub_nanosecond", "times finer than a nanosecond were rounded to the nearest one");
    }
    return rounded.longValueExact();
  }

  /** A time, or what stands for none. */
  final long nanos(final String key, final int unit, final long otherwise) {
    return has(key) ? nanos(key, unit) : otherwise;
  }

  final BigDecimal number(final String key, final String expected) {
    if (!has(key)) {
      bad(key, "missing", "", expected);
      return null;
    }
    final String text = numberText(key);
    if (text == null) {
      bad(key, "not a number", text(key), expected);
      return null;
    }
    try {
      final BigDecimal value = new BigDecimal(text);
      final int huge = 400;
      if (Math.abs((long) value.scale()) > huge || value.precision() > huge) {
        bad(key, "out of range", text, expected);
        return null;
      }
      return value;
    } catch (final NumberFormatException e) {
      bad(key, "not a number", text, expected);
      return null;
    }
  }

  /** True or false, or what stands for neither. */
  final boolean flag(final String key, final boolean otherwise) {
    final String text = text(key);
    if (text == null) {
      return otherwise;
    }
    if (!"true".equals(text) && !"false".equals(text)) {
      bad(key, "not a truth value", text, "true or false");
    }
    return "true".equals(text);
  }

  /** A number from 0 to 1. */
  final double fraction(final String key, final String text) {
    final String expected = "a number from 0 to 1";
    try {
      final double value = Double.parseDouble(text);
      if (value >= 0 && value <= 1) {
        return value;
      }
      bad(key, "out of range", text, expected);
    } catch (final NumberFormatException e) {
      bad(key, "not a number", text, expected);
    }
    return 0;
  }

  /** Notes keys that no reader uses. */
  final void noteUnused(final Set<String> used) {
    for (final String key : keys()) {
      if (!used.contains(key)) {
        log.note("ignored_field:" + key, "a field that this reader does not use");
      }
    }
  }

  /** Reads both lengths; false, with the drop logged, where one of them is zero. */
  final boolean lengths(final Draft to, final String input, final String output) {
    to.inputTokens = tokens(input);
    to.outputTokens = tokens(output);
    if (isBad()) {
      return false;
    }
    if (to.inputTokens == 0) {
      log.drop("zero_input_tokens", line);
    } else if (to.outputTokens == 0) {
      log.drop("zero_output_tokens", line);
    }
    return to.inputTokens > 0 && to.outputTokens > 0;
  }
}
