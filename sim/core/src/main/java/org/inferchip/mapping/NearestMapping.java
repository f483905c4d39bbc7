package org.inferchip.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Stack;
import org.inferchip.operator.Operator;
import org.inferchip.program.Warmth;

/**
 * The mapping that a chip and its software can do and that is most like another: the one whose
 * numbers, in the order of its printed form, are the fewest doublings and halvings away. A number
 * that one of the two lacks counts as 1.
 */
public final class NearestMapping {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private NearestMapping() {}

  /** The nearest of those that a search may choose; empty where it has none. */
  public static Optional<Mapping> of(
      final Operator operator, final Mapping wanted, final Chip chip, final Stack stack) {
    Mapping best = null;
    double least = Double.POSITIVE_INFINITY;
    for (final Candidate one : MappingSpace.of(operator, chip, stack, Warmth.COLD)) {
      final double distance = distance(numbers(wanted), numbers(one.mapping()));
      if (distance < least) {
        least = distance;
        best = one.mapping();
      }
    }
    return Optional.ofNullable(best);
  }

  private static List<Integer> numbers(final Mapping mapping) {
    final List<Integer> numbers = new ArrayList<>();
    final Matcher matcher = NUMBER.matcher(mapping.text());
    while (matcher.find()) {
      numbers.add(Integer.parseInt(matcher.group()));
    }
    return numbers;
  }

  private static double distance(final List<Integer> a, final List<Integer> b) {
    double sum = 0;
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      sum += Math.abs(StrictMath.log(at(a, i)) - StrictMath.log(at(b, i)));
    }
    return sum;
  }

  private static double at(final List<Integer> numbers, final int index) {
    return index < numbers.size() ? Math.max(1, numbers.get(index)) : 1;
  }
}
