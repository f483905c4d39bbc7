package org.inferchip.arch.yaml;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the record types of descriptions say about themselves. */
public final class Types {
  /** Reflection on records is slow, and every key of every file asks for it. */
  private static final ClassValue<Map<String, RecordComponent>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected Map<String, RecordComponent> computeValue(final Class<?> record) {
          final Map<String, RecordComponent> components = new LinkedHashMap<>();
          Arrays.stream(record.getRecordComponents())
              .forEach(component -> components.put(key(component.getName()), component));
          return Collections.unmodifiableMap(components);
        }
      };

  private Types() {}

  /** The key of a record component: {@code perRequest} is {@code per_request}. */
  public static String key(final String component) {
    final StringBuilder key = new StringBuilder();
    for (final char c : component.toCharArray()) {
      if (Character.isUpperCase(c)) {
        key.append('_').append(Character.toLowerCase(c));
      } else {
        key.append(c);
      }
    }
    return key.toString();
  }

  /** Components of a record by key. */
  public static Map<String, RecordComponent> components(final Class<?> record) {
    return COMPONENTS.get(record);
  }

  /** The class of a type, without its arguments. */
  public static Class<?> raw(final Type type) {
    return type instanceof ParameterizedType parameterized
        ? (Class<?>) parameterized.getRawType()
        : (Class<?>) type;
  }

  /** A type argument of {@code Optional}, {@code List} or {@code Map}. */
  public static Type argument(final Type type, final int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  /** What stands in an {@code Optional}, or the type itself. */
  public static Type present(final Type type) {
    return raw(type) == Optional.class ? argument(type, 0) : type;
  }

  /** The records of a sealed interface by the value of their {@code kind} key; else empty. */
  public static Map<String, Class<?>> kinds(final Class<?> type) {
    final Map<String, Class<?>> kinds = new LinkedHashMap<>();
    final JsonSubTypes subtypes = type.getAnnotation(JsonSubTypes.class);
    if (subtypes != null) {
      Arrays.stream(subtypes.value()).forEach(one -> kinds.put(one.name(), one.value()));
    }
    return kinds;
  }

  /** The type below a key of a map in a description, or null where it is not known. */
  static Type below(final Type type, final String key) {
    if (type == null) {
      return null;
    }
    final Class<?> raw = raw(type);
    if (raw == Map.class) {
      return present(argument(type, 1));
    }
    if (!raw.isRecord()) {
      return null;
    }
    final RecordComponent component = components(raw).get(key);
    return component == null ? null : present(component.getGenericType());
  }

  /** The type of the items of a list in a description, or null where it is not known. */
  static Type item(final Type type) {
    return type != null && raw(type) == List.class ? argument(type, 0) : null;
  }
}
