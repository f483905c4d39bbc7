package org.inferchip.units;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Collects the problems of inputs, each once, so that all are reported at once. Not thread-safe.
 */
public final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  /** Adds one problem. */
  public void add(final Problem problem) {
    found.add(problem);
  }

  /**
   * Reads an input. What is wrong with it is added, so that other inputs can be read too.
   *
   * @return what was read; empty where something is wrong
   */
  public <T> Optional<T> read(final Supplier<T> reader) {
    try {
      return Optional.of(reader.get());
    } catch (final InvalidInputException invalid) {
      found.addAll(invalid.problems());
      return Optional.empty();
    }
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** How many problems there are so far. */
  public int count() {
    return found.size();
  }

  /** The problems so far, in the order found. */
  public List<Problem> list() {
    return List.copyOf(found);
  }

  /**
   * Ends the collection.
   *
   * @throws InvalidInputException if there is any problem
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidInputException(list());
    }
  }
}
