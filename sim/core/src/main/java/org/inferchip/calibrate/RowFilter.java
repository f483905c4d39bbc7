package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/** Which rows are wanted: those with given values in given columns. Immutable. */
public final class RowFilter {
  private static final RowFilter ALL = new RowFilter(List.of());

  private record Condition(GroupBy column, String value) {}

  private final List<Condition> conditions;

  private RowFilter(final List<Condition> conditions) {
    this.conditions = List.copyOf(conditions);
  }

  /** Every row. */
  public static RowFilter all() {
    return ALL;
  }

  /**
   * Reads conditions such as {@code format=bfloat16}; all must hold.
   *
   * @throws InvalidInputException for an unknown column
   */
  public static RowFilter parse(final List<String> texts) {
    final List<Condition> conditions = new ArrayList<>();
    for (final String text : texts) {
      final int equals = text.indexOf('=');
      if (equals < 0) {
        throw new InvalidInputException(
            Problem.ofFile("command line", "--where: a condition is not of the form column=value")
                .but(text, "such as format=bfloat16"));
      }
      conditions.add(
          new Condition(
              GroupBy.one("--where", text.substring(0, equals)),
              text.substring(equals + 1).strip()));
    }
    return new RowFilter(conditions);
  }

  /** Rows of one set-up. */
  static RowFilter of(final SetUp one) {
    return new RowFilter(
        List.of(
            new Condition(GroupBy.DEVICE, one.device()),
            new Condition(GroupBy.STACK, one.stack()),
            new Condition(GroupBy.OP, one.op()),
            new Condition(GroupBy.FORMAT, one.format()),
            new Condition(GroupBy.FRAMEWORK, one.framework()),
            new Condition(GroupBy.METRIC, one.metric())));
  }

  boolean takes(final Measurement row) {
    return conditions.stream()
        .allMatch(one -> GroupBy.key(List.of(one.column()), row).equals(one.value()));
  }

  /** The same without conditions on the device, and on the software that was built for it. */
  RowFilter ofAnyDevice() {
    return new RowFilter(
        conditions.stream()
            .filter(one -> one.column() != GroupBy.DEVICE && one.column() != GroupBy.STACK)
            .toList());
  }

  @Override
  public String toString() {
    return String.join(
        ",",
        conditions.stream()
            .map(one -> one.column().name().toLowerCase(java.util.Locale.ROOT) + "=" + one.value())
            .toList());
  }
}
