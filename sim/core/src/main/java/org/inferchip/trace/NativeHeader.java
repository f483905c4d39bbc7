package org.inferchip.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;

/**
 * Reads the optional first line of a {@code request-trace/1} file: a JSON object, in CSV behind a
 * {@code #}.
 */
final class NativeHeader {
  static final String SCHEMA_KEY = "trace_schema";
  static final String TIME_UNIT = "time_unit";
  static final String BLOCK_SIZE = "block_size";
  static final String SCOPE = "hash_scope";
  static final String PARTIAL = "partial_block";
  static final String TOKENIZER = "tokenizer";
  static final String SOURCE = "source";
  static final String LICENSE = "license";
  private static final Set<String> KEYS =
      Set.of(SCHEMA_KEY, TIME_UNIT, BLOCK_SIZE, SCOPE, PARTIAL, TOKENIZER, SOURCE, LICENSE);

  private NativeHeader() {}

  /** Reads the header, if there is one, and gives the line after it, from 1. */
  static int firstRow(final SourceText source, final Collected to) {
    final String first = source.lines().get(0);
    final boolean comment = first.startsWith("#");
    if (!comment && !first.contains('"' + SCHEMA_KEY + '"')) {
      return 1;
    }
    final JsonNode node = JsonLines.parse(comment ? first.substring(1) : first, 1, to.log);
    if (node != null) {
      to.header = header(new JsonRow(node, 1, to.log));
    }
    return 2;
  }

  private static TraceHeader header(final JsonRow row) {
    for (final String key : row.keys()) {
      if (!KEYS.contains(key)) {
        row.log()
            .problem(
                new Problem(
                    row.log().file(),
                    1,
                    0,
                    key,
                    "unknown header field",
                    key,
                    "",
                    Nearest.of(key, KEYS)));
      }
    }
    check(row, SCHEMA_KEY, TraceHeader.SCHEMA);
    check(row, TIME_UNIT, "ms");
    final BlockScheme otherwise = BlockScheme.MOONCAKE;
    final int block =
        row.has(BLOCK_SIZE)
            ? row.wholeNumber(BLOCK_SIZE, 1, 1 << 20, "tokens in a block, a whole number above 0")
            : otherwise.blockTokens();
    return new TraceHeader(
        new BlockScheme(
            Math.max(1, block),
            constant(row, SCOPE, otherwise.scope()),
            constant(row, PARTIAL, otherwise.partial())),
        row.has(TOKENIZER) ? row.text(TOKENIZER) : "",
        row.has(SOURCE) ? row.text(SOURCE) : "",
        row.has(LICENSE) ? row.text(LICENSE) : "");
  }

  private static void check(final JsonRow row, final String key, final String only) {
    if (row.has(key) && !only.equals(row.text(key))) {
      row.bad(key, "not supported", row.text(key), only);
    }
  }

  private static <E extends Enum<E>> E constant(
      final JsonRow row, final String key, final E otherwise) {
    if (!row.has(key)) {
      return otherwise;
    }
    final E[] all = otherwise.getDeclaringClass().getEnumConstants();
    for (final E one : all) {
      if (key(one).equals(row.text(key))) {
        return one;
      }
    }
    row.bad(
        key,
        "not a value that may stand here",
        row.text(key),
        String.join(", ", Arrays.stream(all).map(NativeHeader::key).toList()));
    return otherwise;
  }

  static String key(final Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
