package org.inferchip.trace;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date and time, ISO 8601 with a space or {@code T} between, up to nine fractional digits, with
 * or without an offset.
 *
 * @param epochNanos nanoseconds since 1970, UTC
 * @param zoned whether an offset was given
 */
record DateTimeText(long epochNanos, boolean zoned) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d)[ T](\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9}))?"
              + "(Z|[+-]\\d\\d:?\\d\\d)?");
  private static final int NANO_DIGITS = 9;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Years whose nanoseconds since 1970 fit in a long. */
  private static final int FIRST_YEAR = 1970;

  private static final int LAST_YEAR = 2261;

  /** The time, or null where the text is none. */
  static DateTimeText parse(final String text) {
    final Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    final int year = group(parts, 1);
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      return null;
    }
    try {
      final LocalDateTime time =
          LocalDateTime.of(
              year,
              group(parts, 2),
              group(parts, 3),
              group(parts, 4),
              group(parts, 5),
              group(parts, 6));
      final String zone = parts.group(8);
      final ZoneOffset offset = zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone);
      final long nanos = time.toEpochSecond(offset) * NANOS_PER_SECOND + fraction(parts.group(7));
      return nanos < 0 ? null : new DateTimeText(nanos, zone != null);
    } catch (final DateTimeException e) {
      return null;
    }
  }

  private static int group(final Matcher parts, final int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static long fraction(final String digits) {
    return digits == null ? 0 : Long.parseLong(digits + "0".repeat(NANO_DIGITS - digits.length()));
  }
}
