package org.inferchip.cli;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;

/** The kinds of description that {@code arch} handles, and which of them a name belongs to. */
final class ArchKinds {
  /** In the order in which a name is looked up. */
  static final List<Kind<?>> ALL = List.of(Kind.CHIP, Kind.SYSTEM, Kind.STACK);

  private ArchKinds() {}

  /** A kind by its name on the command line. */
  static Kind<?> named(final String option, final String typed, final List<Kind<?>> kinds) {
    final List<String> names = kinds.stream().<String>map(Kind::name).toList();
    return kinds.stream()
        .filter(kind -> kind.name().equals(typed))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    new Problem(
                        CommandLineProblems.PLACE,
                        0,
                        0,
                        option,
                        "there is no such kind of description",
                        typed.isEmpty() ? "an empty text" : typed,
                        "one of " + String.join(", ", names),
                        Nearest.of(typed, names))));
  }

  /** Reads a description of the first kind that has that name, or of the kind that is asked for. */
  static Read read(
      final Descriptions descriptions,
      final String nameOrPath,
      final Optional<String> kind,
      final Overrides overrides) {
    final Kind<?> chosen =
        kind.<Kind<?>>map(name -> named("--kind", name, ALL))
            .orElseGet(() -> descriptions.kindOf(nameOrPath, ALL));
    return new Read(chosen, descriptions.read(chosen, nameOrPath, overrides));
  }

  /**
   * A description that was read.
   *
   * @param kind of it
   * @param described the description
   */
  record Read(Kind<?> kind, Described<?> described) {}
}
