package org.inferchip.calibrate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Keyed;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;

/** What rows of a group have in common. */
public enum GroupBy {
  /** The device, as the table spells it. */
  DEVICE(row -> row.setUp().device()),
  /** The operator, or {@code serving}. */
  OP(row -> row.setUp().op()),
  /** The number format. */
  FORMAT(row -> row.setUp().format()),
  /** The software that was measured, as the table spells it. */
  FRAMEWORK(row -> row.setUp().framework()),
  /** The software, as it is called here. */
  STACK(row -> row.setUp().stack()),
  /** The decade of the plain roofline. */
  SIZE(Measurement::size),
  /** What was measured. */
  METRIC(row -> row.setUp().metric());

  private final Function<Measurement, String> value;

  GroupBy(final Function<Measurement, String> value) {
    this.value = value;
  }

  /**
   * Reads a list such as {@code device,format}.
   *
   * @throws InvalidInputException for an unknown name
   */
  public static List<GroupBy> parse(final String text) {
    return Arrays.stream(text.split(",", -1)).map(name -> one("--by", name)).toList();
  }

  private static GroupBy one(final String option, final String name) {
    return find(name.strip())
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Problem.ofFile("command line", option + ": unknown column")
                        .but(name, String.join(", ", names()))
                        .near(Nearest.of(name, names()))));
  }

  static Optional<GroupBy> find(final String name) {
    return Arrays.stream(values()).filter(by -> by.text().equals(name)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(GroupBy::text).toList();
  }

  /** As it is written. */
  String text() {
    return Keyed.of(this);
  }

  static String key(final List<GroupBy> by, final Measurement row) {
    return String.join("/", by.stream().map(one -> one.value.apply(row)).toList());
  }
}
