package org.inferchip.explore.sweep;

import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Place;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/** Problems of a sweep file, each with its line. */
final class Faults {
  private final Described<?> file;
  private final Problems problems = new Problems();

  Faults(final Described<?> file) {
    this.file = file;
  }

  /** Adds a problem of what stands at a path. */
  void add(final String path, final String message, final String found, final String expected) {
    problems.add(file.place(path).problem(path, message).but(found, expected));
  }

  /** Adds a problem of what stands at a path, with the nearest name. */
  void add(
      final String path,
      final String message,
      final String found,
      final String expected,
      final String nearest) {
    problems.add(file.place(path).problem(path, message).but(found, expected).near(nearest));
  }

  /** Adds what is wrong with something that the file names. */
  void add(final String path, final InvalidInputException of) {
    final Place place = file.place(path);
    for (final Problem one : of.problems()) {
      final String where = one.keyPath().isEmpty() ? "" : one.keyPath() + ": ";
      problems.add(
          place
              .problem(path, where + one.message())
              .but(one.found(), one.expected())
              .near(one.nearest()));
    }
  }

  boolean any() {
    return !problems.isEmpty();
  }

  void throwIfAny() {
    problems.throwIfAny();
  }
}
