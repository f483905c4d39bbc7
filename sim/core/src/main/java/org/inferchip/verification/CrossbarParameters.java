package org.inferchip.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/** The parameters of a case, each checked where it is asked for; problems are gathered. */
final class CrossbarParameters {
  /** Parameters that describe a run of another program and change nothing here. */
  private static final Set<String> ASIDE = Set.of("Verr_th", "Niters_max", "gamma", "seed");

  private final String file;
  private final JsonNode params;
  private final Problems problems;
  private final Set<String> used = new HashSet<>(ASIDE);

  CrossbarParameters(final String file, final JsonNode params, final Problems problems) {
    this.file = file;
    this.params = params;
    this.problems = problems;
  }

  /** Those that nobody asked for. */
  List<String> unused() {
    final List<String> unused = new ArrayList<>();
    params.fieldNames().forEachRemaining(unused::add);
    unused.removeAll(used);
    return unused;
  }

  /** The half of a range that is symmetric about 0; 1 where there is none. */
  double scale(final String key) {
    final JsonNode range = get(key);
    if (range.isMissingNode() || range.isNull()) {
      return 1;
    }
    final double low = range.path(0).asDouble();
    final double high = range.path(1).asDouble();
    if (range.size() != 2 || !(high > 0) || low != -high) {
      bad("params." + key, "is not symmetric about 0", range.toString());
      return 1;
    }
    return high;
  }

  /** A constant by its name. */
  <E extends Enum<E>> E choice(
      final String key, final String text, final Class<E> type, final E otherwise) {
    for (final E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    problems.add(
        new Problem(
            file,
            0,
            0,
            key,
            "is not a name that may stand here",
            text,
            java.util.Arrays.toString(type.getEnumConstants()),
            ""));
    return otherwise;
  }

  /** The node of a key; a missing one where there is none. */
  JsonNode get(final String key) {
    used.add(key);
    return params.path(key);
  }

  /** A number of 0 or more. */
  double number(final String key, final double otherwise) {
    final JsonNode node = get(key);
    if (node.isMissingNode() || node.isNull()) {
      return otherwise;
    }
    final double value = node.asDouble(Double.NaN);
    if (Double.isNaN(value) || value < 0) {
      bad("params." + key, "is not a number of 0 or more", node.toString());
      return otherwise;
    }
    return value;
  }

  /** A whole number. */
  int whole(final String key, final int otherwise) {
    final double value = number(key, otherwise);
    if (value != Math.rint(value) || value > 1 << 20) {
      bad("params." + key, "is not a whole number", Double.toString(value));
      return otherwise;
    }
    return (int) value;
  }

  /** True or false. */
  boolean flag(final String key, final boolean otherwise) {
    return get(key).asBoolean(otherwise);
  }

  /** A text. */
  String text(final String key, final String otherwise) {
    return get(key).asText(otherwise);
  }

  /** Notes a problem of the file. */
  void bad(final String key, final String message, final String found) {
    problems.add(new Problem(file, 0, 0, key, message, found, "", ""));
  }
}
