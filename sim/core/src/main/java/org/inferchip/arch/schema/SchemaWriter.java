package org.inferchip.arch.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Types;
import org.inferchip.units.Keyed;
import org.inferchip.units.Literal;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * The JSON Schema (draft 2020-12) of a kind of description, so that an editor completes and checks.
 *
 * <p>Each record is defined twice: whole, with its required keys (or {@code use}, from which the
 * rest may come), and as a part ({@code .part}), where any key may be left out; files that {@code
 * extends} another one are checked as parts. Units are checked by name, magnitudes and what a part
 * brings only by the reader.
 */
public final class SchemaWriter {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  private final JsonNodeFactory json = JsonNodeFactory.instance;
  private final Kind<?> root;
  private final Map<String, ObjectNode> definitions = new TreeMap<>();

  private SchemaWriter(final Kind<?> root) {
    this.root = root;
  }

  /**
   * The schema of a kind.
   *
   * @param kind such as {@link Kind#CHIP}
   */
  public static ObjectNode of(final Kind<?> kind) {
    return new SchemaWriter(kind).write();
  }

  /** The schema as it is published: indented, with a line end. */
  public static String text(final Kind<?> kind) {
    return of(kind).toPrettyString().replace(System.lineSeparator(), "\n") + "\n";
  }

  private ObjectNode write() {
    final ObjectNode schema = json.objectNode();
    schema.put("$schema", DRAFT);
    schema.put("title", "Inferchip " + root.name());
    schema.put("description", "A file of " + root.folder() + ". Quantities carry units.");
    final ObjectNode variant = json.objectNode();
    variant.putArray("required").add("extends");
    schema.set("if", variant);
    schema.set("then", reference(root.type(), false));
    schema.set("else", reference(root.type(), true));
    final ObjectNode all = schema.putObject("$defs");
    definitions.forEach(all::set);
    return schema;
  }

  private ObjectNode reference(final Class<?> type, final boolean whole) {
    final String name = name(type) + (whole ? "" : ".part");
    if (!definitions.containsKey(name)) {
      definitions.put(name, json.objectNode());
      definitions.put(name, type.isRecord() ? record(type, whole) : sealed(type, whole));
    }
    return json.objectNode().put("$ref", "#/$defs/" + name);
  }

  private static String name(final Class<?> type) {
    final Class<?> outer = type.getEnclosingClass();
    return (outer == null ? "" : outer.getSimpleName()) + type.getSimpleName();
  }

  private ObjectNode record(final Class<?> type, final boolean whole) {
    return object(type, Optional.empty(), whole);
  }

  private ObjectNode object(final Class<?> type, final Optional<String> kind, final boolean whole) {
    final ObjectNode schema = json.objectNode();
    schema.put("type", "object");
    final ObjectNode properties = schema.putObject("properties");
    final ObjectNode use = properties.putObject("use");
    use.put("description", "Parts under this map, such as parts/memory/hbm3.yaml");
    use.set("type", json.arrayNode().add("string").add("array"));
    if (type == root.type() || isNested(type)) {
      properties
          .putObject("extends")
          .put("description", "The file that this one is a variant of")
          .put("type", "string");
    }
    final List<String> required = new ArrayList<>();
    kind.ifPresent(
        value -> {
          properties.putObject("kind").put("const", value);
          required.add("kind");
        });
    for (final Map.Entry<String, RecordComponent> one : Types.components(type).entrySet()) {
      final RecordComponent component = one.getValue();
      final Type due = component.getGenericType();
      properties.set(one.getKey(), nullable(value(component, due, whole), due));
      if (Types.raw(due) != Optional.class) {
        required.add(one.getKey());
      }
    }
    schema.put("additionalProperties", false);
    if (whole) {
      require(schema, required, isDerived(type));
    }
    return schema;
  }

  /** Whether a law may give what is left out: {@code from} names it. */
  private static boolean isDerived(final Class<?> type) {
    final RecordComponent from = Types.components(type).get("from");
    return from != null && Types.raw(Types.present(from.getGenericType())).isEnum();
  }

  /** All keys, or a part, a base or a law from which they may come. */
  private void require(
      final ObjectNode schema, final List<String> required, final boolean derived) {
    final ArrayNode any = schema.putArray("anyOf");
    final ArrayNode keys = any.addObject().putArray("required");
    required.forEach(keys::add);
    any.addObject().putArray("required").add("use");
    if (derived) {
      any.addObject().putArray("required").add("from");
    }
    if (schema.get("properties").has("extends")) {
      any.addObject().putArray("required").add("extends");
    }
  }

  /** An optional value may be null, which takes an inherited one away. */
  private ObjectNode nullable(final ObjectNode schema, final Type due) {
    return Types.raw(due) == Optional.class ? orNull(schema) : schema;
  }

  private ObjectNode orNull(final ObjectNode schema) {
    final ObjectNode either = json.objectNode();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  private ObjectNode sealed(final Class<?> type, final boolean whole) {
    final ObjectNode schema = json.objectNode();
    final ArrayNode any = schema.putArray("anyOf");
    Types.kinds(type).forEach((kind, record) -> any.add(object(record, Optional.of(kind), whole)));
    return schema;
  }

  private ObjectNode value(final RecordComponent component, final Type due, final boolean whole) {
    final Class<?> raw = Types.raw(due);
    if (raw == Optional.class) {
      return value(component, Types.argument(due, 0), whole);
    }
    final ObjectNode schema = json.objectNode();
    if (raw == List.class) {
      schema.put("type", "array");
      schema.set("items", value(component, Types.argument(due, 0), whole));
      return schema;
    }
    if (raw == Map.class) {
      schema.put("type", "object");
      final Type held = Types.argument(due, 1);
      final ObjectNode one = value(component, held, whole);
      final boolean parts = Types.raw(held).isRecord();
      if (parts) {
        schema.putObject("properties").putObject("use").put("type", "string");
      }
      schema.set("additionalProperties", parts ? orNull(one) : one);
      final Class<?> keys = Types.raw(Types.argument(due, 0));
      if (keys.isEnum()) {
        final ArrayNode names = constants(keys);
        schema.putObject("propertyNames").set("enum", parts ? names.add("use") : names);
      }
      return schema;
    }
    if (raw.isRecord() || raw.isSealed()) {
      return described(raw, whole);
    }
    return scalar(schema, raw, component);
  }

  /** A description of another kind may stand by its name. */
  private ObjectNode described(final Class<?> raw, final boolean whole) {
    final ObjectNode reference = reference(raw, whole);
    if (!isNested(raw)) {
      return reference;
    }
    final ObjectNode either = json.objectNode();
    either.putArray("anyOf").add(json.objectNode().put("type", "string")).add(reference);
    return either;
  }

  private ObjectNode scalar(
      final ObjectNode schema, final Class<?> raw, final RecordComponent component) {
    final Measure measure = component.getAnnotation(Measure.class);
    final Range range = component.getAnnotation(Range.class);
    if (raw.isEnum()) {
      schema.set("enum", constants(raw));
    } else if (raw == String.class) {
      schema.put("type", "string").put("minLength", 1);
    } else if (raw == Literal.class) {
      schema.putArray("type").add("string").add("number").add("boolean");
    } else if (raw == boolean.class || raw == Boolean.class) {
      schema.put("type", "boolean");
    } else if (measure != null) {
      schema.put("type", "string");
      schema.put("description", measure.value().words() + ", with a unit");
      schema.put("pattern", measure.value().pattern());
      schema.putArray("examples").add(measure.value().example());
    } else {
      schema.put("type", raw == double.class || raw == Double.class ? "number" : "integer");
      bounds(schema, range);
    }
    return schema;
  }

  private static void bounds(final ObjectNode schema, final Range range) {
    final double min = range == null ? 0 : range.min();
    number(schema, range != null && range.exclusive() ? "exclusiveMinimum" : "minimum", min);
    if (range != null && range.max() != Double.MAX_VALUE) {
      number(schema, "maximum", range.max());
    }
  }

  private static void number(final ObjectNode schema, final String key, final double value) {
    if (value == Math.rint(value)) {
      schema.put(key, (long) value);
    } else {
      schema.put(key, value);
    }
  }

  private ArrayNode constants(final Class<?> type) {
    final ArrayNode constants = json.arrayNode();
    Arrays.stream(type.getEnumConstants()).forEach(c -> constants.add(Keyed.of((Enum<?>) c)));
    return constants;
  }

  /** Whether a record is a description of its own, which may stand by its name. */
  private boolean isNested(final Class<?> type) {
    return root.nested().stream().anyMatch(kind -> kind.type() == type);
  }
}
