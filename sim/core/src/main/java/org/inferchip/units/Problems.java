package org.inferchip.units;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of an input, so that all of them are reported at once. Not thread-safe. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  /** Adds one problem. */
  public void add(final Problem problem) {
    found.add(problem);
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
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
      throw new InvalidInputException(found);
    }
  }
}
