package org.inferchip.arch.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a YAML file with its place; immutable. */
public sealed interface YamlNode {
  /** Where it stands. */
  Place place();

  /** How a message names it: its text, or {@code a map}, {@code a list}. */
  String found();

  /** The same value as if it stood elsewhere. */
  YamlNode at(Place other);

  /**
   * A single value.
   *
   * @param text as written, without quotes
   * @param type what YAML takes it for
   * @param place where it stands
   */
  record Scalar(String text, Type type, Place place) implements YamlNode {
    /** What YAML takes a scalar for. */
    public enum Type {
      /** Text, quoted or not. */
      TEXT,
      /** A number without a unit. */
      NUMBER,
      /** {@code true} or {@code false}. */
      BOOLEAN,
      /** Nothing; in an overriding file it takes the inherited key away. */
      NULL
    }

    @Override
    public String found() {
      if (type == Type.NULL) {
        return "nothing";
      }
      return text.isEmpty() ? "an empty text" : text;
    }

    @Override
    public Scalar at(final Place other) {
      return new Scalar(text, type, other);
    }
  }

  /**
   * A list.
   *
   * @param items its values
   * @param place where it stands
   */
  record Sequence(List<YamlNode> items, Place place) implements YamlNode {
    /** Copies the items. */
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String found() {
      return "a list";
    }

    @Override
    public Sequence at(final Place other) {
      return new Sequence(items.stream().map(item -> item.at(other)).toList(), other);
    }
  }

  /**
   * A value of a map, with the place of its key.
   *
   * @param keyPlace where the key stands
   * @param value the value
   */
  record Entry(Place keyPlace, YamlNode value) {}

  /**
   * A map; keys keep their order.
   *
   * @param entries by key
   * @param place where it stands
   * @param incomplete whether a part of it could not be read, so that missing keys mean nothing
   * @param whole whether it stands for a name, and so replaces what it overrides instead of merging
   */
  record Mapping(Map<String, Entry> entries, Place place, boolean incomplete, boolean whole)
      implements YamlNode {
    /** Copies the entries. */
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** A complete map that merges. */
    public Mapping(final Map<String, Entry> entries, final Place place) {
      this(entries, place, false, false);
    }

    /** The value of a key, or null. */
    public YamlNode get(final String key) {
      final Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    @Override
    public String found() {
      return "a map";
    }

    @Override
    public Mapping at(final Place other) {
      final Map<String, Entry> moved = new LinkedHashMap<>();
      entries.forEach((key, entry) -> moved.put(key, new Entry(other, entry.value().at(other))));
      return new Mapping(moved, other, incomplete, whole);
    }
  }
}
