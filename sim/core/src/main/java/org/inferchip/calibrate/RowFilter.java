package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;

/**
 * Which rows are wanted: those with given values in columns by which rows can be grouped, in
 * columns of their tables, or of the plain roofline ({@value #ROOFLINE}). Immutable.
 */
public final class RowFilter {
  /** The plain roofline of a row, in microseconds. */
  static final String ROOFLINE = "roofline_us";

  private static final RowFilter ALL = new RowFilter(List.of(), List.of());

  /**
   * A condition on what a row is read as.
   *
   * @param column empty: the roofline
   */
  private record Condition(Optional<GroupBy> column, FieldTest test) {
    boolean takes(final Measurement row) {
      return column
          .map(
              by ->
                  GroupBy.key(List.of(by), row).equals(test.value())
                      != "!=".equals(test.operator()))
          .orElseGet(() -> test.holds(row.roofline().plain()));
    }

    boolean isOf(final GroupBy by) {
      return column.equals(Optional.of(by));
    }
  }

  private final List<Condition> conditions;
  private final List<FieldTest> fields;

  private RowFilter(final List<Condition> conditions, final List<FieldTest> fields) {
    this.conditions = List.copyOf(conditions);
    this.fields = List.copyOf(fields);
  }

  /** Every row. */
  public static RowFilter all() {
    return ALL;
  }

  /**
   * Reads conditions such as {@code format=bfloat16} or {@code n>=1024}; all must hold.
   *
   * @throws InvalidInputException if one is no comparison, or compares the sizes of names
   */
  public static RowFilter parse(final List<String> texts) {
    final List<Condition> conditions = new ArrayList<>();
    final List<FieldTest> fields = new ArrayList<>();
    for (final String text : texts) {
      final FieldTest test = FieldTest.parse(text);
      final Optional<GroupBy> column = GroupBy.find(test.column());
      if (column.isPresent()) {
        conditions.add(new Condition(column, named(test)));
      } else if (ROOFLINE.equals(test.column())) {
        conditions.add(new Condition(Optional.empty(), test));
      } else {
        fields.add(test);
      }
    }
    return new RowFilter(conditions, fields);
  }

  private static FieldTest named(final FieldTest test) {
    if (!Set.of("=", "==", "!=").contains(test.operator())) {
      throw new InvalidInputException(
          Problem.ofFile("command line", "--where: " + test.column() + " has no size")
              .but(test.toString(), "= or !="));
    }
    return test;
  }

  /** Rows of one set-up. */
  static RowFilter of(final SetUp one) {
    return new RowFilter(
        List.of(
            of(GroupBy.DEVICE, one.device()),
            of(GroupBy.STACK, one.stack()),
            of(GroupBy.OP, one.op()),
            of(GroupBy.FORMAT, one.format()),
            of(GroupBy.FRAMEWORK, one.framework()),
            of(GroupBy.METRIC, one.metric())),
        List.of());
  }

  private static Condition of(final GroupBy column, final String value) {
    return new Condition(Optional.of(column), new FieldTest(column.text(), "=", value));
  }

  /**
   * The rows of tables whose fields are as wanted; a row whose table lacks a column is not.
   *
   * @throws InvalidInputException if no table has a column
   */
  Reading of(final Reading reading) {
    for (final FieldTest test : fields) {
      if (!reading.columns().contains(test.column())) {
        final Set<String> names =
            Stream.concat(
                    Stream.concat(GroupBy.names().stream(), Stream.of(ROOFLINE)),
                    reading.columns().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        throw new InvalidInputException(
            Problem.ofFile("command line", "--where: no table has such a column")
                .but(test.column(), String.join(", ", names))
                .near(Nearest.of(test.column(), names)));
      }
    }
    return reading.only(row -> fields.stream().allMatch(test -> test.holds(row)));
  }

  /**
   * What the wanted rows of tables are read as.
   *
   * @param wanted those that {@link #of(Reading)} gave
   * @param skips told how many are left out
   * @param each whether all numbers of a row are wanted
   */
  List<Measurement> measurements(
      final Reading wanted, final Targets targets, final Skips skips, final boolean each) {
    final List<Measurement> all = wanted.measurements(targets, skips, each);
    final List<Measurement> taken = all.stream().filter(this::takes).toList();
    final int leftOut = wanted.unwanted() + all.size() - taken.size();
    if (leftOut > 0) {
      skips.add("left out by --where", leftOut);
    }
    return taken;
  }

  boolean takes(final Measurement row) {
    return conditions.stream().allMatch(one -> one.takes(row));
  }

  /** Rows that both want. */
  RowFilter and(final RowFilter other) {
    return new RowFilter(
        Stream.concat(conditions.stream(), other.conditions.stream()).toList(),
        Stream.concat(fields.stream(), other.fields.stream()).toList());
  }

  /** The same without conditions on the device, and on the software that was built for it. */
  RowFilter ofAnyDevice() {
    return new RowFilter(
        conditions.stream()
            .filter(one -> !one.isOf(GroupBy.DEVICE) && !one.isOf(GroupBy.STACK))
            .toList(),
        fields);
  }

  @Override
  public String toString() {
    return Stream.concat(
            conditions.stream().map(one -> one.test().toString()),
            fields.stream().map(FieldTest::toString))
        .collect(Collectors.joining(","));
  }
}
