package org.inferchip.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.arch.yaml.JsonSource;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problems;

/** A {@code config.json}: values by key, every problem with its line, defaults noted. */
final class ConfigJson {
  private final JsonSource source;
  private final JsonNode node;
  private final String pointer;
  private final Problems problems;
  private final List<String> notes;

  private ConfigJson(
      final JsonSource source,
      final JsonNode node,
      final String pointer,
      final Problems problems,
      final List<String> notes) {
    this.source = source;
    this.node = node;
    this.pointer = pointer;
    this.problems = problems;
    this.notes = notes;
  }

  static ConfigJson read(final Path path) {
    final JsonSource source = JsonSource.read(path);
    return new ConfigJson(source, source.node(), "", new Problems(), new ArrayList<>());
  }

  /** The object below a key. */
  ConfigJson below(final String key) {
    return new ConfigJson(source, node.get(key), pointer + "/" + key, problems, notes);
  }

  Problems problems() {
    return problems;
  }

  List<String> notes() {
    return notes;
  }

  InputFile input() {
    return source.input();
  }

  boolean has(final String key) {
    return node.hasNonNull(key);
  }

  JsonNode node(final String key) {
    return node.path(key);
  }

  void problem(final String key, final String message, final String found, final String expected) {
    problems.add(source.problem(pointer + "/" + key, message, found, expected));
  }

  /** A whole number above 0 that must be there. */
  int number(final String key) {
    if (!has(key)) {
      final List<String> keys = new ArrayList<>();
      node.fieldNames().forEachRemaining(keys::add);
      problems.add(
          source
              .problem(pointer + "/" + key, "missing", "", "a whole number")
              .near(Nearest.of(key, keys)));
      return 1;
    }
    return number(key, 1);
  }

  /** A whole number of 0 or more, or what it is where the key is missing or null. */
  int number(final String key, final int otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    final JsonNode value = node.get(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      problem(key, "is not a whole number of 0 or more", value.toString(), "a whole number");
      return 1;
    }
    return value.intValue();
  }

  /** As {@link #number(String, int)}, noting the default. */
  int numberOr(final String key, final int otherwise) {
    if (!has(key)) {
      notes.add(key + " is not given: " + otherwise + ", as the architecture's own default");
    }
    return number(key, otherwise);
  }

  boolean flag(final String key, final boolean otherwise) {
    if (!has(key)) {
      return otherwise;
    }
    final JsonNode value = node.get(key);
    if (!value.isBoolean()) {
      problem(key, "is not a truth value", value.toString(), "true or false");
    }
    return value.asBoolean();
  }

  Optional<Double> decimal(final String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    final JsonNode value = node.get(key);
    if (!value.isNumber() || value.doubleValue() <= 0) {
      problem(key, "is not a number above 0", value.toString(), "a number");
    }
    return Optional.of(value.asDouble());
  }

  String text(final String key, final String otherwise) {
    return has(key) ? node.get(key).asText() : otherwise;
  }

  /** Refuses a value that the model description cannot say. */
  void only(final String key, final String wanted) {
    if (has(key) && !wanted.equals(node.get(key).asText())) {
      problem(key, "is not modelled", node.get(key).toString(), wanted);
    }
  }
}
