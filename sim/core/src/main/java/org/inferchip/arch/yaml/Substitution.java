package org.inferchip.arch.yaml;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inferchip.units.Keyed;

/**
 * Puts other numbers into a description that was read: far quicker than to read it anew, and meant
 * for thousands of draws. Whole numbers are rounded. What the records themselves refuse is refused
 * here too; ranges of single numbers are the caller's to keep.
 */
public final class Substitution {
  private final Map<String, Double> values;
  private final Set<String> above = new HashSet<>();

  private Substitution(final Map<String, Double> values) {
    this.values = values;
    for (final String path : values.keySet()) {
      above.add("");
      for (int end = 1; end <= path.length(); end++) {
        if (end == path.length() || path.charAt(end) == '.' || path.charAt(end) == '[') {
          above.add(path.substring(0, end));
        }
      }
    }
  }

  /**
   * The same record with other numbers.
   *
   * @param values by key path, in base units; a path without a number is an error
   */
  public static <T extends Record> T of(final T record, final Map<String, Double> values) {
    final Map<String, Double> left = new LinkedHashMap<>(values);
    @SuppressWarnings("unchecked")
    final T changed = (T) new Substitution(left).value(record, "");
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("no numbers at " + left.keySet());
    }
    return changed;
  }

  private Object value(final Object of, final String path) {
    final Double other = values.get(path);
    if (of instanceof Number && other != null) {
      values.remove(path);
      return number(of, other);
    }
    if (!above.contains(path)) {
      return of;
    }
    if (of instanceof final Optional<?> present) {
      return present.map(one -> value(one, path));
    }
    if (of instanceof final List<?> list) {
      final List<Object> items = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        items.add(value(list.get(i), KeyPath.item(path, i)));
      }
      return List.copyOf(items);
    }
    if (of instanceof final Map<?, ?> map) {
      final Map<Object, Object> entries = new LinkedHashMap<>();
      map.forEach((key, one) -> entries.put(key, value(one, KeyPath.child(path, key(key)))));
      return Collections.unmodifiableMap(entries);
    }
    return of instanceof Record ? record(of, path) : of;
  }

  private static Object number(final Object before, final double value) {
    if (before instanceof Integer) {
      return (int) Math.rint(value);
    }
    if (before instanceof Long) {
      return (long) Math.rint(value);
    }
    return value;
  }

  private static String key(final Object key) {
    return key instanceof final Enum<?> constant ? Keyed.of(constant) : key.toString();
  }

  private Object record(final Object of, final String path) {
    final List<Object> arguments = new ArrayList<>();
    final RecordComponent[] components = of.getClass().getRecordComponents();
    try {
      for (final RecordComponent one : components) {
        one.getAccessor().setAccessible(true);
        arguments.add(
            value(one.getAccessor().invoke(of), KeyPath.child(path, Types.key(one.getName()))));
      }
      final Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      final var constructor = of.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments.toArray());
    } catch (final InvocationTargetException e) {
      if (e.getCause() instanceof final IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException("constructor of " + of.getClass(), e.getCause());
    } catch (final ReflectiveOperationException e) {
      throw new IllegalStateException("no canonical constructor of " + of.getClass(), e);
    }
  }
}
