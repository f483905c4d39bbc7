package org.inferchip.mapping;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * The words of a mapping: a head such as {@code 128x256x64}, then keys with positive whole numbers.
 * Every key must be taken by somebody: one that nobody asks for is a problem.
 */
final class MappingText {
  private final String text;
  private final String example;
  private final String head;
  private final Map<String, Integer> values = new LinkedHashMap<>();

  MappingText(final String text, final String example) {
    this.text = text;
    this.example = example;
    final String[] words = text.strip().split("\\s+");
    head = words[0];
    if (words.length % 2 == 0) {
      throw problem("a mapping is a head and pairs of a key and a number");
    }
    for (int i = 1; i < words.length; i += 2) {
      if (values.put(words[i], number(words[i + 1])) != null) {
        throw problem(words[i] + " stands twice");
      }
    }
  }

  String head() {
    return head;
  }

  /** The head as so many sizes joined by {@code x}. */
  int[] sizes(final int count) {
    final String[] parts = head.split("x", -1);
    if (parts.length != count) {
      throw problem("the tile has " + parts.length + " sizes, not " + count);
    }
    final int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = number(parts[i]);
    }
    return sizes;
  }

  /** Takes a key's number. */
  int take(final String key, final int otherwise) {
    final Integer value = values.remove(key);
    return value == null ? otherwise : value;
  }

  /** All keys must have been taken. */
  void end() {
    if (!values.isEmpty()) {
      throw problem("unknown keys " + List.copyOf(values.keySet()));
    }
  }

  InvalidInputException problem(final String message) {
    return new InvalidInputException(Problem.ofFile("mapping", message).but(text, example));
  }

  private int number(final String word) {
    try {
      final int number = Integer.parseInt(word);
      if (number >= 1) {
        return number;
      }
    } catch (final NumberFormatException e) {
      // The problem below says the same of words and of numbers below 1.
    }
    throw problem("'" + word + "' is not a positive whole number");
  }
}
