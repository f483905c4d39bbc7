package org.inferchip.arch.yaml;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.YamlNode.Entry;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.arch.yaml.YamlNode.Sequence;
import org.inferchip.units.Keyed;
import org.inferchip.units.Measure;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problems;
import org.inferchip.units.Range;

/**
 * Binds a composed tree to records, strictly: every component must be there unless it is an {@code
 * Optional}, every key must be a component, every value must have its type, unit and range. Goes on
 * after a problem, so that all of them are found. Reflection runs once a file, far from hot code.
 */
final class Binder {
  private static final Object FAILED = new Object();

  private final Problems problems;
  private final Map<String, Numeral> numbers = new LinkedHashMap<>();

  Binder(final Problems problems) {
    this.problems = problems;
  }

  /** Key paths of the numbers bound so far; a list of numbers counts as one. */
  Map<String, Numeral> numbers() {
    return Collections.unmodifiableMap(numbers);
  }

  /** The record, or empty if there was a problem. */
  <T extends Record> Optional<T> bind(final YamlNode node, final Class<T> type) {
    final Object bound = value(node, new Due(type, null, null), "");
    return bound == FAILED ? Optional.empty() : Optional.of(type.cast(bound));
  }

  /** What is due at a place: a type and what its component says of measure and range. */
  private record Due(Type type, Measure measure, Range range) {
    Due as(final Type other) {
      return new Due(other, measure, range);
    }
  }

  private Object value(final YamlNode node, final Due due, final String path) {
    final Class<?> raw = Types.raw(due.type());
    if (raw == Optional.class) {
      final Object present = value(node, due.as(Types.argument(due.type(), 0)), path);
      return present == FAILED ? FAILED : Optional.of(present);
    }
    if (raw == List.class) {
      return list(node, due, path);
    }
    if (raw == Map.class) {
      return map(node, due, path);
    }
    if (raw.isRecord()) {
      return record(node, raw, path);
    }
    if (raw.isSealed()) {
      return sealed(node, raw, path);
    }
    return node instanceof Scalar scalar
        ? scalar(scalar, raw, due, path)
        : fail(node, path, "is not a single value", Scalars.expected(raw, due.measure()));
  }

  private Object scalar(final Scalar scalar, final Class<?> raw, final Due due, final String path) {
    if (scalar.type() == Scalar.Type.NULL) {
      return fail(scalar, path, "has no value", Scalars.expected(raw, due.measure()));
    }
    try {
      final Object value = Scalars.parse(scalar, raw, due.measure(), due.range());
      if (value instanceof final Number number) {
        numbers.put(path, Numeral.of(scalar.place(), number, due.measure(), due.range()));
      }
      return value;
    } catch (final Scalars.Bad bad) {
      problems.add(
          scalar
              .place()
              .problem(path, bad.getMessage())
              .but(scalar.found(), bad.expected())
              .near(bad.nearest()));
      return FAILED;
    }
  }

  private Object list(final YamlNode node, final Due due, final String path) {
    if (!(node instanceof Sequence list)) {
      return fail(node, path, "is not a list", "a list");
    }
    final List<Object> values = new ArrayList<>();
    boolean failed = false;
    final int before = numbers.size();
    for (int i = 0; i < list.items().size(); i++) {
      final Due item = due.as(Types.argument(due.type(), 0));
      final Object value = value(list.items().get(i), item, KeyPath.item(path, i));
      failed |= value == FAILED;
      values.add(value);
    }
    if (numbers.size() > before && !values.isEmpty() && values.get(0) instanceof Number) {
      for (int i = 0; i < values.size(); i++) {
        numbers.remove(KeyPath.item(path, i));
      }
      numbers.put(path, Numeral.list(list.place()));
    }
    return failed ? FAILED : List.copyOf(values);
  }

  private Object map(final YamlNode node, final Due due, final String path) {
    if (!(node instanceof Mapping map)) {
      return fail(node, path, "is not a map", "a map of keys");
    }
    final Class<?> keyType = Types.raw(Types.argument(due.type(), 0));
    final Map<Object, Object> values = new LinkedHashMap<>();
    boolean failed = false;
    for (final Map.Entry<String, Entry> entry : map.entries().entrySet()) {
      final String below = KeyPath.child(path, entry.getKey());
      final Object key = key(entry.getKey(), entry.getValue(), keyType, below);
      final Due item = due.as(Types.argument(due.type(), 1));
      final Object value = value(entry.getValue().value(), item, below);
      failed |= key == FAILED || value == FAILED;
      values.put(key, value);
    }
    return failed ? FAILED : Collections.unmodifiableMap(values);
  }

  private Object key(
      final String text, final Entry entry, final Class<?> keyType, final String path) {
    if (keyType == String.class) {
      return text;
    }
    for (final Object constant : keyType.getEnumConstants()) {
      if (Keyed.of((Enum<?>) constant).equals(text)) {
        return constant;
      }
    }
    final List<String> names = Scalars.names(keyType);
    problems.add(
        entry
            .keyPlace()
            .problem(path, "is not a key that may stand here")
            .but(text, Scalars.oneOf(names))
            .near(Nearest.of(text, names)));
    return FAILED;
  }

  private Object sealed(final YamlNode node, final Class<?> raw, final String path) {
    final Map<String, Class<?>> kinds = Types.kinds(raw);
    if (!(node instanceof Mapping map)) {
      return fail(node, path, "is not a map", "a map with kind");
    }
    final String expected = Scalars.oneOf(kinds.keySet());
    final YamlNode kind = map.get("kind");
    if (kind == null) {
      if (!map.incomplete()) {
        problems.add(
            map.place().problem(KeyPath.child(path, "kind"), "is missing").but("", expected));
      }
      return FAILED;
    }
    final Class<?> chosen = kind instanceof Scalar scalar ? kinds.get(scalar.text()) : null;
    if (chosen == null) {
      problems.add(
          kind.place()
              .problem(KeyPath.child(path, "kind"), "is not a kind that may stand here")
              .but(kind.found(), expected)
              .near(Nearest.of(kind.found(), kinds.keySet())));
      return FAILED;
    }
    final Map<String, Entry> rest = new LinkedHashMap<>(map.entries());
    rest.remove("kind");
    return record(new Mapping(rest, map.place(), map.incomplete(), map.whole()), chosen, path);
  }

  private Object record(final YamlNode node, final Class<?> raw, final String path) {
    if (!(node instanceof Mapping map)) {
      return fail(node, path, "is not a map", "a map with " + keys(raw));
    }
    final Map<String, RecordComponent> components = Types.components(raw);
    map.entries().forEach((key, entry) -> rejectUnknown(key, entry, components.keySet(), path));
    final List<Object> arguments = new ArrayList<>();
    for (final Map.Entry<String, RecordComponent> component : components.entrySet()) {
      arguments.add(component(map, component.getKey(), component.getValue(), path));
    }
    final boolean unknown =
        map.entries().keySet().stream().anyMatch(key -> !components.containsKey(key));
    return unknown || arguments.contains(FAILED)
        ? FAILED
        : create(raw, arguments.toArray(), map, path);
  }

  private Object component(
      final Mapping map, final String key, final RecordComponent component, final String path) {
    final YamlNode node = map.get(key);
    final Type type = component.getGenericType();
    if (node != null && !Merge.isNull(node)) {
      final Due due =
          new Due(
              type, component.getAnnotation(Measure.class), component.getAnnotation(Range.class));
      return value(node, due, KeyPath.child(path, key));
    }
    if (Types.raw(type) == Optional.class) {
      return Optional.empty();
    }
    if (!map.incomplete()) {
      final String expected =
          Scalars.expected(Types.raw(type), component.getAnnotation(Measure.class));
      problems.add(map.place().problem(KeyPath.child(path, key), "is missing").but("", expected));
    }
    return FAILED;
  }

  private void rejectUnknown(
      final String key, final Entry entry, final Collection<String> known, final String path) {
    if (!known.contains(key)) {
      problems.add(
          entry
              .keyPlace()
              .problem(KeyPath.child(path, key), "is not a key that may stand here")
              .but(key, Scalars.oneOf(known))
              .near(Nearest.of(key, known)));
    }
  }

  private Object create(
      final Class<?> raw, final Object[] arguments, final Mapping map, final String path) {
    final Class<?>[] types =
        Arrays.stream(raw.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      final var constructor = raw.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (final InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        return fail(map, path, String.valueOf(refused.getMessage()), "");
      }
      throw new IllegalStateException("constructor of " + raw, e.getCause());
    } catch (final ReflectiveOperationException e) {
      throw new IllegalStateException("no canonical constructor of " + raw, e);
    }
  }

  private Object fail(
      final YamlNode node, final String path, final String message, final String expected) {
    problems.add(node.place().problem(path, message).but(node.found(), expected));
    return FAILED;
  }

  private static String keys(final Class<?> raw) {
    return String.join(", ", Types.components(raw).keySet());
  }
}
