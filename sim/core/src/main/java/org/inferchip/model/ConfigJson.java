package org.inferchip.model;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/** A {@code config.json}: values by key, every problem with its line, defaults noted. */
final class ConfigJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final JsonNode node;
  private final String pointer;
  private final Map<String, Integer> lines;
  private final Problems problems;
  private final List<String> notes;
  private final InputFile input;

  private ConfigJson(
      final String file,
      final JsonNode node,
      final String pointer,
      final Map<String, Integer> lines,
      final Problems problems,
      final List<String> notes,
      final InputFile input) {
    this.file = file;
    this.node = node;
    this.pointer = pointer;
    this.lines = lines;
    this.problems = problems;
    this.notes = notes;
    this.input = input;
  }

  static ConfigJson read(final Path path) {
    final String file = path.toString();
    if (Files.isDirectory(path)) {
      throw bad(file, 0, "is a folder");
    }
    final byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (final IOException e) {
      throw bad(file, 0, Files.exists(path) ? "cannot be read: " + e.getMessage() : "no such file");
    }
    try {
      final JsonNode node = MAPPER.readTree(bytes);
      if (node == null || !node.isObject()) {
        throw bad(file, 1, "is not a JSON object");
      }
      return new ConfigJson(
          file,
          node,
          "",
          lines(bytes),
          new Problems(),
          new ArrayList<>(),
          InputFile.of(file, bytes));
    } catch (final JsonProcessingException e) {
      final JsonLocation at = e.getLocation();
      final int line = at == null ? 0 : at.getLineNr();
      throw bad(
          file,
          line,
          "is not valid JSON: "
              + e.getOriginalMessage()
                  .lines()
                  .findFirst()
                  .orElse("")
                  .replaceFirst(" \\(start marker at .*", ""));
    } catch (final IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
  }

  private static Map<String, Integer> lines(final byte[] bytes) throws IOException {
    final Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          final JsonPointer at = parser.getParsingContext().pathAsPointer();
          lines.putIfAbsent(at.toString(), parser.currentTokenLocation().getLineNr());
        }
      }
    }
    return lines;
  }

  /** The object below a key. */
  ConfigJson below(final String key) {
    return new ConfigJson(file, node.get(key), pointer + "/" + key, lines, problems, notes, input);
  }

  Problems problems() {
    return problems;
  }

  List<String> notes() {
    return notes;
  }

  InputFile input() {
    return input;
  }

  boolean has(final String key) {
    return node.hasNonNull(key);
  }

  JsonNode node(final String key) {
    return node.path(key);
  }

  void problem(final String key, final String message, final String found, final String expected) {
    final int line = lines.getOrDefault(pointer + "/" + key, 0);
    final String path = (pointer + "/" + key).substring(1).replace('/', '.');
    problems.add(new Problem(file, line, 0, path, message, found, expected, ""));
  }

  /** A whole number above 0 that must be there. */
  int number(final String key) {
    if (!has(key)) {
      final List<String> keys = new ArrayList<>();
      node.fieldNames().forEachRemaining(keys::add);
      final String path = (pointer + "/" + key).substring(1).replace('/', '.');
      problems.add(
          new Problem(file, 0, 0, path, "missing", "", "a whole number", Nearest.of(key, keys)));
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

  private static InvalidInputException bad(
      final String file, final int line, final String message) {
    return new InvalidInputException(Problem.atLine(file, line, message));
  }
}
