package org.inferchip.explore.sweep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.inferchip.explore.pareto.Goal;
import org.inferchip.units.Comparison;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;

/**
 * A condition on columns: comparisons joined by {@code &&}, and such joined by {@code ||}, as in
 * {@code tpot_ms < 20 && area_mm2 <= 858 mm2}. A number without a unit is in the column's unit. A
 * comparison with a value that is missing does not hold.
 */
public final class Condition {
  private final String text;
  private final List<List<Test>> either;

  private Condition(final String text, final List<List<Test>> either) {
    this.text = text;
    this.either = either;
  }

  /**
   * One comparison.
   *
   * @param number what it is compared with; empty: the text
   */
  private record Test(String column, String operator, Optional<Double> number, String text) {
    boolean holds(final Function<String, Object> values) {
      final Object value = values.apply(column);
      if (value == null) {
        return false;
      }
      if (number.isPresent() && value instanceof final Number found) {
        return Comparison.holds(operator, Double.compare(found.doubleValue(), number.get()));
      }
      return Comparison.holds(operator, value.toString().compareTo(text));
    }

    /** Whether no value that is as good as this one, or less good, can hold. */
    boolean isImpossible(final Function<String, Object> best, final Map<String, Goal> good) {
      if (best.apply(column) == null || holds(best)) {
        return false;
      }
      final Goal goal = good.get(column);
      return goal == null || operator.startsWith(goal == Goal.MIN ? "<" : ">");
    }
  }

  /**
   * Reads a condition.
   *
   * @param place stands for the file in messages
   * @param columns that it may name
   * @throws InvalidInputException if it names another, or compares with something else
   */
  public static Condition parse(
      final String text, final String place, final Collection<Column> columns) {
    final Map<String, Column> byName =
        columns.stream().collect(Collectors.toMap(Column::name, column -> column));
    final List<List<Test>> either = new ArrayList<>();
    for (final String part : text.split("\\|\\|", -1)) {
      final List<Test> all = new ArrayList<>();
      for (final String one : part.split("&&", -1)) {
        all.add(test(one, place, byName));
      }
      either.add(List.copyOf(all));
    }
    return new Condition(text.trim(), List.copyOf(either));
  }

  private static Test test(
      final String text, final String place, final Map<String, Column> columns) {
    final Matcher matcher = Comparison.FORM.matcher(text);
    if (!matcher.matches() || matcher.group(3).isEmpty()) {
      throw new InvalidInputException(
          Problem.ofFile(place, "is not a comparison")
              .but(
                  text.isBlank() ? "nothing" : text.trim(),
                  "a name, one of < <= > >= == !=, and a value, such as tpot_ms < 20"));
    }
    final Column column = columns.get(matcher.group(1));
    if (column == null) {
      throw new InvalidInputException(
          Problem.ofFile(place, "there is no such figure")
              .but(matcher.group(1), String.join(", ", columns.keySet().stream().sorted().toList()))
              .near(Nearest.of(matcher.group(1), columns.keySet())));
    }
    final String value = matcher.group(3).replaceAll("^(['\"])(.*)\\1$", "$2");
    return new Test(column.name(), matcher.group(2), number(value, column, place), value);
  }

  private static Optional<Double> number(
      final String value, final Column column, final String place) {
    if (column.type() == Column.Type.TEXT) {
      return Optional.empty();
    }
    final Amount amount = Amount.of(value).orElse(null);
    final boolean fits =
        amount != null
            && (amount.dimension().isEmpty() || amount.dimension().equals(column.dimension()));
    if (!fits) {
      final String unit =
          column.dimension().map(d -> ", or with a unit: " + d.example()).orElse("");
      throw new InvalidInputException(
          Problem.ofFile(place, column.name() + " is compared with something else than a number")
              .but(value, "a number" + unit));
    }
    return Optional.of(
        amount.dimension().isEmpty() ? amount.value() : amount.value() * column.perBase());
  }

  /** Whether it holds of values by column; a missing one is null. */
  public boolean holds(final Function<String, Object> values) {
    return either.stream().anyMatch(all -> all.stream().allMatch(test -> test.holds(values)));
  }

  /**
   * Whether it cannot hold.
   *
   * @param best the best conceivable values by column; null for those of which nothing is known
   * @param good which of them are bounds, and whether less or more is better; the others are exact
   */
  boolean isImpossible(final Function<String, Object> best, final Map<String, Goal> good) {
    return either.stream()
        .allMatch(all -> all.stream().anyMatch(test -> test.isImpossible(best, good)));
  }

  /** As written. */
  @Override
  public String toString() {
    return text;
  }
}
