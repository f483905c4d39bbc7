package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.inferchip.arch.RowKernel;
import org.inferchip.arch.RowWork;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;

/**
 * Single kernels on a module, caches defeated, with the watts of the chip and of its memory:
 * products (where inputs and weights differ, 16-bit inputs), attention ({@link EdgeAttention}),
 * norms with the residual sum. Metrics: latency, power of the chip, power of its memory devices.
 */
final class EdgeRows implements RowReader {
  /** How the alias list calls the software of a table without a column {@code framework}. */
  private static final String FRAMEWORK = "cutlass";

  /** How it calls the second library of attention, on devices that have one. */
  private static final String SECOND = "cutlass-second";

  /** No tensor stands in a cache when a kernel starts, and no result stays there. */
  static final Warmth DEFEATED =
      new Warmth(
          Map.of(
              Role.INPUT,
              0.0,
              Role.OTHER,
              0.0,
              Role.WEIGHT,
              0.0,
              Role.BIAS,
              0.0,
              Role.KEY,
              0.0,
              Role.VALUE,
              0.0,
              Role.OUTPUT,
              0.0,
              Role.SUM,
              0.0));

  /** Formats that only weights have; the inputs of such products are of 16 bits. */
  private static final int NARROW = 8;

  @Override
  public String kind() {
    return "kernels on a module with its power";
  }

  @Override
  public List<String> columns() {
    final List<String> columns =
        new ArrayList<>(List.of("device", "op", "m", "n", "k", "batch", "dtype", "out_dtype"));
    columns.addAll(List.of("latency_us", "power_soc_w", "power_mem_w", "notes"));
    return columns;
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    final Map<String, Set<Integer>> parts = EdgeAttention.parts(file.rows());
    for (final MeasuredRow row : file.rows()) {
      final String device = row.text("device");
      final Optional<String> system = targets.system(device, skips);
      if (system.isEmpty()) {
        continue;
      }
      final Target target = targets.target(system.get(), FRAMEWORK, device);
      final List<Target> libraries =
          targets.targets(system.get(), List.of(FRAMEWORK, SECOND), device);
      final Optional<Format> format = targets.format(row.text("dtype"), target, skips);
      final Optional<Format> output = targets.aliases().format(row.text("out_dtype"));
      if (format.isPresent() && output.isEmpty()) {
        skips.add("number format " + row.text("out_dtype") + " is not known");
      } else if (format.isPresent()) {
        add(row, libraries, format.get(), output.get(), parts, list, skips);
      }
    }
    return list;
  }

  private static void add(
      final MeasuredRow row,
      final List<Target> libraries,
      final Format format,
      final Format output,
      final Map<String, Set<Integer>> parts,
      final List<Measurement> list,
      final Skips skips) {
    final String op = row.text("op").toLowerCase(Locale.ROOT).replaceAll("\\(.*", "");
    final Target target = libraries.get(0);
    final Optional<EdgeAttention> attention =
        "flashattn".equals(op) ? EdgeAttention.of(row, libraries, format) : Optional.empty();
    final Optional<Operator> operator =
        attention.<Operator>map(EdgeAttention::call).or(() -> operator(op, row, format, output));
    if (operator.isEmpty()) {
      skips.add("operator " + row.text("op") + " of such sizes is not known");
      return;
    }
    final Calls calls = Calls.of(target, operator.get(), DEFEATED);
    final SetUp setUp = target.setUp(row.text("device"), op, row.text("dtype"), FRAMEWORK);
    final String site =
        attention.isPresent()
            ? String.join("x", row.text("k"), row.text("batch"))
            : String.join("x", row.text("n"), row.text("k"), row.text("batch"));
    list.add(
        Measurement.of(
            row,
            setUp,
            site,
            row.required("latency_us"),
            attention.map(EdgeAttention::roofline).orElseGet(calls::roofline),
            attention.<Supplier<Prediction>>map(one -> one::predict).orElse(calls::predict)));
    final Supplier<Power.Load> load =
        attention
            .<Supplier<Power.Load>>map(
                one -> () -> one.powered(parts.get(EdgeAttention.shape(row))))
            .orElse(() -> load(target, operator.get()));
    for (final Power.Rail rail : List.of(Power.Rail.CHIP, Power.Rail.MEMORY)) {
      final String column = rail == Power.Rail.CHIP ? "power_soc_w" : "power_mem_w";
      if (row.number(column).isEmpty()) {
        continue;
      }
      if (target.chip().energy().devices().isEmpty()) {
        skips.add("watts of " + target.chip().name() + " are not described by rail");
        continue;
      }
      list.add(
          Power.of(
              row,
              setUp,
              site,
              rail,
              row.required(column),
              row.required("latency_us"),
              target,
              operator.get(),
              load));
    }
  }

  /**
   * What is repeated; in a kernel of rows, the cores that have any are at work till its end, but
   * for what its rounds take beyond their bytes, when all threads wait.
   */
  private static Power.Load load(final Target target, final Operator operator) {
    final Power.Load load = Power.Load.of(target.operators().simulate(operator, DEFEATED));
    if (!(operator instanceof final Elementwise rows)) {
      return load;
    }
    return target
        .stack()
        .elementwise()
        .map(kernels -> kernels.get(RowWork.valueOf(rows.kind().name())))
        .flatMap(RowKernel::held)
        .map(held -> load.resting(1 - held.share(rows.rows(), rows.cols(), target.chip())))
        .orElse(load);
  }

  private static Optional<Operator> operator(
      final String op, final MeasuredRow row, final Format format, final Format output) {
    return switch (op) {
      case "matmul" -> Optional.of(product(row, format, output));
      case "rmsnorm_add" ->
          Optional.of(
              new Elementwise(
                  "add_rms_norm",
                  Elementwise.Kind.ADD_RMS_NORM,
                  row.whole("m"),
                  row.whole("n"),
                  0,
                  format,
                  output));
      default -> Optional.empty();
    };
  }

  private static MatMul product(final MeasuredRow row, final Format format, final Format output) {
    final Format input = format.bits() < NARROW ? Format.FP16 : format;
    return new MatMul(
        "gemm",
        Collections.nCopies(row.whole("batch"), row.whole("m")),
        row.whole("n"),
        row.whole("k"),
        input,
        format,
        input == Format.INT8 ? Format.INT32 : Format.FP32,
        output,
        false);
  }
}
