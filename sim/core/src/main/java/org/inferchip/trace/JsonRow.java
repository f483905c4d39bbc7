package org.inferchip.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A row that is a JSON object. */
final class JsonRow extends Row {
  private final JsonNode node;
  private final Set<String> keys;
  private final boolean textNumbers;

  JsonRow(final JsonNode node, final int line, final ReadLog log) {
    this(node, line, log, false);
  }

  /** A row whose numbers may stand in quotes. */
  JsonRow(final JsonNode node, final int line, final ReadLog log, final boolean textNumbers) {
    super(line, log);
    this.node = node;
    this.textNumbers = textNumbers;
    this.keys = new LinkedHashSet<>();
    node.fieldNames().forEachRemaining(keys::add);
  }

  /** The value itself; null where the key is absent or null. */
  JsonNode node(final String key) {
    final JsonNode value = node.get(key);
    return value == null || value.isNull() ? null : value;
  }

  @Override
  String text(final String key) {
    final JsonNode value = node(key);
    if (value == null) {
      return null;
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  @Override
  String numberText(final String key) {
    final JsonNode value = node(key);
    return value.isNumber() || textNumbers && value.isTextual() ? value.asText() : null;
  }

  @Override
  Set<String> keys() {
    return keys;
  }

  @Override
  BlockIds blockIds(final String key) {
    final JsonNode list = node(key);
    if (list == null) {
      return BlockIds.NONE;
    }
    if (!list.isArray()) {
      bad(key, "not a list", list.toString(), "a list of whole numbers");
      return BlockIds.NONE;
    }
    final long[] ids = new long[list.size()];
    for (int i = 0; i < ids.length; i++) {
      final JsonNode id = list.get(i);
      if (!id.isIntegralNumber() || !id.canConvertToLong()) {
        bad(key + "[" + i + "]", "not a block identifier", id.toString(), "a 64-bit whole number");
        return BlockIds.NONE;
      }
      ids[i] = id.longValue();
    }
    return BlockIds.of(ids);
  }

  @Override
  List<String> names(final String key) {
    final JsonNode list = node(key);
    if (list == null) {
      return null;
    }
    final List<String> names = new ArrayList<>();
    if (!list.isArray()) {
      bad(key, "not a list", list.toString(), "a list of request names");
    }
    for (final JsonNode name : list) {
      if (name.isContainerNode() || name.isNull()) {
        bad(key, "not a name", name.toString(), "a list of request names");
      }
      names.add(name.asText());
    }
    return names;
  }

  @Override
  List<Double> numbers(final String key) {
    final JsonNode value = node(key);
    if (value == null) {
      return List.of();
    }
    final List<Double> numbers = new ArrayList<>();
    for (final JsonNode one : value.isArray() ? value : List.of(value)) {
      numbers.add(fraction(key, one.isNumber() ? one.asText() : one.toString()));
    }
    return numbers;
  }
}
