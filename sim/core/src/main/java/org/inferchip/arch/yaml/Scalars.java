package org.inferchip.arch.yaml;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.units.BadQuantityException;
import org.inferchip.units.Keyed;
import org.inferchip.units.Literal;
import org.inferchip.units.Measure;
import org.inferchip.units.Nearest;
import org.inferchip.units.Quantity;
import org.inferchip.units.Range;

/** Turns single values into numbers, quantities, booleans, enum constants and texts. */
final class Scalars {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9]\\d{0,18})");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9]\\d*)?(\\.\\d*)?([eE][+-]?\\d{1,3})?");

  private Scalars() {}

  /** A value that is not what is due. */
  static final class Bad extends Exception {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String nearest;

    Bad(final String message, final String expected, final String nearest) {
      super(message);
      this.expected = expected;
      this.nearest = nearest;
    }

    String expected() {
      return expected;
    }

    String nearest() {
      return nearest;
    }
  }

  static Object parse(
      final Scalar scalar, final Class<?> type, final Measure measure, final Range range)
      throws Bad {
    if (type.isEnum()) {
      return constant(scalar, type);
    }
    if (type == String.class) {
      return text(scalar);
    }
    if (type == Literal.class) {
      return new Literal(scalar.text());
    }
    if (type == boolean.class || type == Boolean.class) {
      return bool(scalar);
    }
    if (measure != null) {
      final double value = quantity(scalar, measure);
      check(value, range, new Quantity(value, measure.value()).toString(), measure);
      return value;
    }
    if (type == double.class || type == Double.class) {
      final double value = decimal(scalar);
      check(value, range, scalar.text(), null);
      return value;
    }
    return integer(scalar, type, range);
  }

  private static Object integer(final Scalar scalar, final Class<?> type, final Range range)
      throws Bad {
    final boolean small = type == int.class || type == Integer.class;
    if (!small && type != long.class && type != Long.class) {
      throw new IllegalStateException("descriptions have no components of " + type);
    }
    if (scalar.type() != Scalar.Type.NUMBER || !INTEGER.matcher(scalar.text()).matches()) {
      throw new Bad("is not a whole number", expected(type, null), "");
    }
    final double rough = Double.parseDouble(scalar.text());
    final double limit = small ? Integer.MAX_VALUE : 9e18;
    if (Math.abs(rough) > limit) {
      throw new Bad("is too large", "a whole number up to " + (long) limit, "");
    }
    check(rough, range, scalar.text(), null);
    final long value = Long.parseLong(scalar.text());
    if (small) {
      return (int) value;
    }
    return value;
  }

  private static double decimal(final Scalar scalar) throws Bad {
    final boolean number =
        scalar.type() == Scalar.Type.NUMBER
            && DECIMAL.matcher(scalar.text()).matches()
            && scalar.text().matches(".*\\d.*");
    final double value = number ? Double.parseDouble(scalar.text()) : Double.NaN;
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new Bad("is not a finite plain number", expected(double.class, null), "");
    }
    return value;
  }

  private static double quantity(final Scalar scalar, final Measure measure) throws Bad {
    try {
      return Quantity.parse(scalar.text(), measure.value()).value();
    } catch (final BadQuantityException e) {
      throw new Bad(e.getMessage(), e.expected(), e.nearest());
    }
  }

  private static void check(
      final double value, final Range range, final String shown, final Measure measure) throws Bad {
    final double min = range == null ? 0 : range.min();
    final double max = range == null ? Double.MAX_VALUE : range.max();
    final boolean exclusive = range != null && range.exclusive();
    if (value < min || value > max || exclusive && value == min) {
      throw new Bad("is out of range", bounds(min, max, exclusive, measure), "");
    }
  }

  private static String bounds(
      final double min, final double max, final boolean exclusive, final Measure measure) {
    final String low = (exclusive ? "above " : "at least ") + plain(min, measure);
    return max == Double.MAX_VALUE ? low : low + " and at most " + plain(max, measure);
  }

  private static String plain(final double value, final Measure measure) {
    if (measure != null) {
      return new Quantity(value, measure.value()).toString();
    }
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static String text(final Scalar scalar) throws Bad {
    if (scalar.type() != Scalar.Type.TEXT) {
      throw new Bad("is not a text", "a text (in quotes if it looks like a number)", "");
    }
    if (scalar.text().isBlank()) {
      throw new Bad("is an empty text", "a text", "");
    }
    return scalar.text();
  }

  private static boolean bool(final Scalar scalar) throws Bad {
    if (scalar.type() != Scalar.Type.BOOLEAN) {
      throw new Bad("is not true or false", "true or false", "");
    }
    return scalar.text().equals("true");
  }

  private static Object constant(final Scalar scalar, final Class<?> type) throws Bad {
    for (final Object constant : type.getEnumConstants()) {
      if (Keyed.of((Enum<?>) constant).equals(scalar.text())) {
        return constant;
      }
    }
    final List<String> names = names(type);
    throw new Bad(
        "is not a value that may stand here", oneOf(names), Nearest.of(scalar.text(), names));
  }

  /** How an enum's constants are spelled in files. */
  static List<String> names(final Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(c -> Keyed.of((Enum<?>) c)).toList();
  }

  static String oneOf(final Collection<String> names) {
    return names.size() == 1 ? names.iterator().next() : "one of " + String.join(", ", names);
  }

  /** How a message says what type is due. */
  static String expected(final Class<?> type, final Measure measure) {
    if (measure != null && type != java.util.Map.class) {
      return measure.value().words() + " such as " + measure.value().example();
    }
    if (type.isEnum()) {
      return oneOf(names(type));
    }
    if (type.isRecord() || type.isSealed()) {
      return "a map with " + String.join(", ", recordKeys(type));
    }
    return switch (type.getSimpleName()) {
      case "int", "long", "Integer", "Long" -> "a whole number";
      case "double", "Double" -> "a number without a unit";
      case "boolean", "Boolean" -> "true or false";
      case "String" -> "a text";
      case "List" -> "a list";
      case "Literal" -> "a number, a quantity with its unit or a name";
      default -> "a map of keys";
    };
  }

  private static Collection<String> recordKeys(final Class<?> type) {
    return type.isRecord() ? Types.components(type).keySet() : List.of("kind");
  }
}
