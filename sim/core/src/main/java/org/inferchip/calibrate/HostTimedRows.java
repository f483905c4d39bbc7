package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Warmth;

/**
 * Operators called one by one and timed from the host, launch and synchronisation included: matrix
 * products (a {@code batch} of them in one call), softmax and layer norm of {@code m} rows of
 * {@code n}, GELU of {@code m} elements, all-reduce of {@code m} bytes.
 *
 * <p>Operators of a layer are named {@code layer:operator}; {@code layer:TOTAL} is the sum of the
 * operators of that layer that stand in the table. Operands stay in the cache where they fit, as
 * the rotation of the alias list says.
 */
final class HostTimedRows implements RowReader {
  /** How the alias list calls the software of a table without a column {@code framework}. */
  private static final String FRAMEWORK = "llmcompass";

  /** The same of collectives, which the library's own tests time. */
  private static final String LIBRARY = "nccl-tests";

  private static final String TOTAL = "total";
  private static final int LONGEST_ROW = 4096;

  /** Elements of a row that a core holds at most, and bytes of its memory for each: assumptions. */
  private static final int LONGEST_HELD = 16384;

  private static final int BYTES_HELD = 8;

  @Override
  public String kind() {
    return "operators timed from the host";
  }

  @Override
  public List<String> columns() {
    return List.of("device", "n_devices", "op", "m", "n", "k", "batch", "dtype", "latency_us");
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    final List<MeasuredRow> totals = new ArrayList<>();
    final Map<List<String>, Optional<Calls>> layers = new HashMap<>();
    for (final MeasuredRow row : file.rows()) {
      final double micros = row.required("latency_us");
      if (name(row).equals(TOTAL)) {
        totals.add(row);
        continue;
      }
      final Optional<Target> target = target(row, targets, skips);
      final Optional<Calls> calls = target.flatMap(found -> calls(row, targets, found, skips));
      calls.ifPresent(one -> list.add(measurement(row, target.get(), site(row), micros, one)));
      layers.merge(layerOf(row), calls, (sum, one) -> sum.flatMap(s -> one.map(s::then)));
    }
    for (final MeasuredRow row : totals) {
      final Optional<Target> target = target(row, targets, skips);
      if (target.isEmpty()) {
        continue;
      }
      final Optional<Calls> calls = layers.getOrDefault(layerOf(row), Optional.empty());
      if (calls.isPresent()) {
        final double micros = row.required("latency_us");
        list.add(measurement(row, target.get(), layer(row), micros, calls.get()));
      } else {
        skips.add("total of a layer without operators, or of which one is not predicted");
      }
    }
    return list;
  }

  private static Optional<Target> target(
      final MeasuredRow row, final Targets targets, final Skips skips) {
    final String device = row.text("device");
    return targets
        .system(device, skips)
        .map(system -> targets.target(system, framework(row), device));
  }

  private static String framework(final MeasuredRow row) {
    final String text = row.text("framework");
    if (!text.isEmpty()) {
      return text;
    }
    return name(row).startsWith("allreduce") ? LIBRARY : FRAMEWORK;
  }

  /** Of {@code layer:operator}; empty where an operator stands alone. */
  private static String layer(final MeasuredRow row) {
    final String op = row.text("op");
    return op.substring(0, Math.max(0, op.indexOf(':')));
  }

  /** What a total is the sum over: the layer as one device and its software run it. */
  private static List<String> layerOf(final MeasuredRow row) {
    return List.of(row.text("device"), row.text("framework"), layer(row));
  }

  private static String name(final MeasuredRow row) {
    final String op = row.text("op");
    return op.substring(op.indexOf(':') + 1).toLowerCase(Locale.ROOT).replace("_", "");
  }

  private static String site(final MeasuredRow row) {
    return String.join("x", row.text("m"), row.text("n"), row.text("k"));
  }

  private static Optional<Calls> calls(
      final MeasuredRow row, final Targets targets, final Target target, final Skips skips) {
    final String dataType = row.text("dtype").split(" ", 2)[0];
    final Optional<Format> format = targets.format(dataType, target, skips);
    if (format.isEmpty()) {
      return Optional.empty();
    }
    final Optional<Operator> operator = operator(name(row), row, format.get(), target);
    if (operator.isEmpty()) {
      skips.add("operator " + row.text("op") + " of such a size is not known");
      return Optional.empty();
    }
    if (operator.get() instanceof final Collective sum
        && !targets.joins(target, sum.devices(), skips)) {
      return Optional.empty();
    }
    final Rotation rotation = targets.aliases().rotation(framework(row), row.text("device"));
    final Warmth warmth =
        operator.get() instanceof final MatMul product
            ? rotation.of(product, target.chip())
            : operator.get() instanceof final Elementwise rows
                ? rotation.of(rows, target.chip())
                : Warmth.COLD;
    // Three equal products: queries, keys and values.
    final int times = name(row).equals("qkv") ? 3 : 1;
    return Optional.of(Calls.of(target, operator.get(), warmth).times(times));
  }

  private static int longest(final Target target) {
    final double held = target.chip().cores().get(0).local().capacity() / BYTES_HELD;
    return (int) Math.min(LONGEST_HELD, held);
  }

  private static Optional<Operator> operator(
      final String name, final MeasuredRow row, final Format format, final Target target) {
    if (name.startsWith("softmax")) {
      return Optional.of(rows(Elementwise.Kind.SOFTMAX, row, format, longest(target)));
    }
    if (name.startsWith("layernorm")) {
      return Optional.of(rows(Elementwise.Kind.LAYER_NORM, row, format, longest(target)));
    }
    if (name.startsWith("gelu")) {
      final int elements = row.whole("m");
      final int cols = Math.min(LONGEST_ROW, Integer.lowestOneBit(elements));
      return Optional.of(
          new Elementwise("gelu", Elementwise.Kind.GELU, elements / cols, cols, 0, format, format));
    }
    if (name.startsWith("allreduce")) {
      final double elements = row.required("m") * 8 / format.bits();
      return elements >= Integer.MAX_VALUE
          ? Optional.empty()
          : Optional.of(
              new Collective(
                  "all_reduce",
                  Collective.Kind.ALL_REDUCE,
                  (long) Math.max(1, elements),
                  format,
                  row.whole("n_devices")));
    }
    if (row.text("n").isEmpty() || row.text("k").isEmpty()) {
      return Optional.empty();
    }
    final MatMul one =
        target.product("matmul", row.whole("m"), row.whole("n"), row.whole("k"), format);
    return Optional.of(
        new MatMul(
            one.name(),
            Collections.nCopies(Math.max(1, row.count("batch")), one.m()),
            one.n(),
            one.k(),
            one.activation(),
            one.weight(),
            one.accumulator(),
            one.output(),
            false));
  }

  private static Elementwise rows(
      final Elementwise.Kind kind, final MeasuredRow row, final Format format, final int longest) {
    // Rows that no core holds are predicted in pieces: the same bytes and operations.
    final int pieces = (row.whole("n") - 1) / longest + 1;
    return new Elementwise(
        kind.name().toLowerCase(Locale.ROOT),
        kind,
        Math.multiplyExact(row.whole("m"), pieces),
        (row.whole("n") - 1) / pieces + 1,
        0,
        format,
        format);
  }

  private static Measurement measurement(
      final MeasuredRow row,
      final Target target,
      final String site,
      final double micros,
      final Calls calls) {
    return Measurement.of(
        row,
        target.setUp(
            row.text("device"), row.text("op"), row.text("dtype").split(" ", 2)[0], framework(row)),
        site,
        micros,
        calls.roofline(),
        calls::predict);
  }
}
