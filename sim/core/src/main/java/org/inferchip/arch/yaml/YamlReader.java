package org.inferchip.arch.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.YamlNode.Entry;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.arch.yaml.YamlNode.Sequence;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/**
 * Reads one YAML document into {@link YamlNode}s. Strict: UTF-8 only, one document, no repeated
 * keys, no aliases and no tags (descriptions are composed with {@code use} and {@code extends}).
 */
final class YamlReader {
  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final String file;
  private final Problems problems;
  private final YAMLParser parser;

  private YamlReader(final String file, final Problems problems, final YAMLParser parser) {
    this.file = file;
    this.problems = problems;
    this.parser = parser;
  }

  /**
   * Reads a document.
   *
   * @param bytes of the file
   * @param file its name in messages
   * @param problems takes whatever is wrong
   * @return the document, or empty if it cannot be read at all
   */
  static Optional<YamlNode> read(final byte[] bytes, final String file, final Problems problems) {
    final Optional<String> text = decode(bytes, file, problems);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try (YAMLParser parser = FACTORY.createParser(text.get())) {
      return new YamlReader(file, problems, parser).document();
    } catch (final JsonProcessingException e) {
      problems.add(syntax(file, e));
      return Optional.empty();
    } catch (final IOException e) {
      problems.add(Problem.ofFile(file, "cannot be read: " + e.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<String> decode(
      final byte[] bytes, final String file, final Problems problems) {
    final ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      final String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(in)
              .toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (final CharacterCodingException e) {
      int line = 1;
      for (int i = 0; i < in.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      problems.add(
          Problem.atLine(file, line, "is not UTF-8 text").but("a byte that is not UTF-8", "UTF-8"));
      return Optional.empty();
    }
  }

  private static Problem syntax(final String file, final JsonProcessingException e) {
    final JsonLocation location = e.getLocation();
    final String message = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
    return new Problem(
        file,
        location == null ? 0 : Math.max(0, location.getLineNr()),
        location == null ? 0 : Math.max(0, location.getColumnNr()),
        "",
        "is not valid YAML: " + message,
        "",
        "",
        "");
  }

  private Optional<YamlNode> document() throws IOException {
    if (parser.nextToken() == null) {
      problems.add(Problem.ofFile(file, "is empty").but("no keys", "a map of keys"));
      return Optional.empty();
    }
    final YamlNode root = node("");
    if (parser.nextToken() != null) {
      problems.add(
          place().problem("", "holds a second document").but("---", "one document a file"));
    }
    return Optional.of(root);
  }

  private YamlNode node(final String path) throws IOException {
    final Place place = place();
    if (parser.isCurrentAlias()) {
      problems.add(place.problem(path, "aliases are not read").but("*", "a part with use"));
    }
    if (parser.getTypeId() != null) {
      problems.add(place.problem(path, "tags are not read").but("!", "a plain value"));
    }
    final JsonToken token = parser.currentToken();
    switch (token) {
      case START_OBJECT:
        return mapping(path, place);
      case START_ARRAY:
        return sequence(path, place);
      case VALUE_NULL:
        return new Scalar("", Scalar.Type.NULL, place);
      case VALUE_TRUE:
      case VALUE_FALSE:
        return bool(parser.getText(), place);
      case VALUE_NUMBER_INT:
      case VALUE_NUMBER_FLOAT:
        return new Scalar(parser.getText(), Scalar.Type.NUMBER, place);
      default:
        return new Scalar(parser.getText(), Scalar.Type.TEXT, place);
    }
  }

  /** YAML 1.1 takes {@code yes} and {@code on} for booleans as well; here they are texts. */
  private static Scalar bool(final String text, final Place place) {
    final boolean plain = text.equals("true") || text.equals("false");
    return new Scalar(text, plain ? Scalar.Type.BOOLEAN : Scalar.Type.TEXT, place);
  }

  private YamlNode mapping(final String path, final Place place) throws IOException {
    final Map<String, Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      final String key = parser.currentName();
      final Place keyPlace = place();
      final String below = KeyPath.child(path, key);
      parser.nextToken();
      final Entry entry = new Entry(keyPlace, node(below));
      final Entry before = entries.putIfAbsent(key, entry);
      if (before != null) {
        problems.add(
            keyPlace
                .problem(below, "is given twice")
                .but("the key again", "one, at line " + before.keyPlace().line()));
      }
    }
    return new Mapping(entries, place);
  }

  private YamlNode sequence(final String path, final Place place) throws IOException {
    final List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(KeyPath.item(path, items.size())));
    }
    return new Sequence(items, place);
  }

  private Place place() {
    final JsonLocation location = parser.currentTokenLocation();
    return new Place(file, location.getLineNr(), location.getColumnNr());
  }
}
