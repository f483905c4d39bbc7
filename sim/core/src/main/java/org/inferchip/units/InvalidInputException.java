package org.inferchip.units;

import java.util.List;
import java.util.stream.Collectors;

/** Input that cannot be used; carries every problem found, not only the first. Exit code 2. */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Input with problems.
   *
   * @param problems at least one
   */
  public InvalidInputException(final List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("an invalid input has at least one problem");
    }
    this.problems = List.copyOf(problems);
  }

  /** Input with one problem. */
  public InvalidInputException(final Problem problem) {
    this(List.of(problem));
  }

  /** Every problem, in the order found. */
  public List<Problem> problems() {
    return problems;
  }
}
