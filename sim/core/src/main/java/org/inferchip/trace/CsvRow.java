package org.inferchip.trace;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** A row of a CSV file, its fields addressed by the header's names. */
final class CsvRow extends Row {
  private static final Pattern RUN = Pattern.compile("(-?\\d{1,18})(?:-(\\d{1,18}))?");
  private static final long LONGEST_RUN = 1 << 24;

  private final Map<String, Integer> columns;
  private final List<String> fields;

  CsvRow(
      final Map<String, Integer> columns,
      final List<String> fields,
      final int line,
      final ReadLog log) {
    super(line, log);
    this.columns = columns;
    this.fields = fields;
  }

  @Override
  String text(final String key) {
    final Integer column = columns.get(key);
    if (column == null) {
      return null;
    }
    final String text = fields.get(column).strip();
    return text.isEmpty() ? null : text;
  }

  @Override
  String numberText(final String key) {
    return text(key);
  }

  @Override
  Set<String> keys() {
    return columns.keySet();
  }

  /** Identifiers separated by {@code ;}, runs as {@code 7-12}. */
  @Override
  BlockIds blockIds(final String key) {
    final String text = text(key);
    if (text == null) {
      return BlockIds.NONE;
    }
    final LongStream.Builder ids = LongStream.builder();
    for (final String part : text.split(";", -1)) {
      final Matcher run = RUN.matcher(part);
      if (!run.matches()) {
        bad(key, "not a block identifier", part, "whole numbers or runs such as 7-12, joined by ;");
        return BlockIds.NONE;
      }
      final long first = Long.parseLong(run.group(1));
      final long last = run.group(2) == null ? first : Long.parseLong(run.group(2));
      if (last < first || last - first > LONGEST_RUN) {
        bad(key, "not a run", part, "first-last with first <= last");
        return BlockIds.NONE;
      }
      LongStream.rangeClosed(first, last).forEach(ids);
    }
    return BlockIds.of(ids.build().toArray());
  }

  /** Names separated by {@code ;}; a lone {@code -} is the empty list. */
  @Override
  List<String> names(final String key) {
    final String text = text(key);
    if (text == null) {
      return null;
    }
    return "-".equals(text) ? List.of() : List.of(text.split(";", -1));
  }

  @Override
  List<Double> numbers(final String key) {
    final String text = text(key);
    return text == null
        ? List.of()
        : Arrays.stream(text.split(";", -1)).map(part -> fraction(key, part)).toList();
  }
}
