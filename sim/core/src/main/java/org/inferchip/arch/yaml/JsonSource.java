package org.inferchip.arch.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * A JSON file that holds one object, with the line of each key. A key that stands twice and text
 * after the object are refused.
 *
 * @param file name for messages
 * @param node the object
 * @param lines line of each key by its JSON pointer
 * @param input the record of its bytes
 */
public record JsonSource(String file, JsonNode node, Map<String, Integer> lines, InputFile input) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it cannot be read, or holds no JSON object
   */
  public static JsonSource read(final Path path) {
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
      return new JsonSource(file, node, lines(bytes), InputFile.of(file, bytes));
    } catch (final JsonProcessingException e) {
      final JsonLocation at = e.getLocation();
      throw bad(file, at == null ? 0 : at.getLineNr(), "is not valid JSON: " + said(e));
    } catch (final IOException e) {
      throw new IllegalStateException("bytes in memory cannot fail to be read", e);
    }
  }

  private static String said(final JsonProcessingException failure) {
    final String first = failure.getOriginalMessage().lines().findFirst().orElse("");
    return first.replaceFirst(" \\(start marker at .*", "");
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

  /**
   * A problem of a value.
   *
   * @param pointer JSON pointer of its key
   */
  public Problem problem(
      final String pointer, final String message, final String found, final String expected) {
    final String path = pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.');
    final int line = lines.getOrDefault(pointer, 0);
    return new Problem(file, line, 0, path, message, found, expected, "");
  }

  private static InvalidInputException bad(
      final String file, final int line, final String message) {
    return new InvalidInputException(Problem.atLine(file, line, message));
  }
}
