package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Quantize;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.simulation.OperatorResult;

/**
 * Matrix products: time of one kernel on the device, launch floor included; of narrow formats with
 * the conversion of the input before it. A block-scaled 8-bit product is predicted as one with
 * plain 8-bit inputs, by the kernels that the stack lists for it and after its own conversion. No
 * row takes less than its host needs for a call, where the alias list says that each was launched
 * alone.
 */
final class GemmRows implements RowReader {
  private static final double MICROS_PER_PICO = 1e-6;

  /** Bits of formats whose inputs need no conversion. */
  private static final int WIDE = 16;

  /** Columns of a row that are converted at once. */
  private static final int LONGEST = 8192;

  @Override
  public String kind() {
    return "matrix products";
  }

  @Override
  public List<String> columns() {
    return List.of("device", "dtype", "m", "n", "k", "latency_us", "framework");
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    for (final MeasuredRow row : file.rows()) {
      final int m = row.whole("m");
      final int n = row.whole("n");
      final int k = row.whole("k");
      final Optional<String> system = targets.system(row.text("device"), skips);
      if (system.isPresent()) {
        final Target software =
            targets.target(system.get(), row.text("framework"), row.text("device"));
        targets
            .format(row.text("dtype"), software, skips)
            .map(format -> software.product("gemm", m, n, k, format))
            .ifPresent(product -> list.addAll(measurements(row, software, product, targets)));
      }
    }
    return list;
  }

  /** Time of a row and, where they were measured, watts. */
  private static List<Measurement> measurements(
      final MeasuredRow row, final Target software, final MatMul product, final Targets targets) {
    final Aliases aliases = targets.aliases();
    final String framework = row.text("framework");
    final String release = framework + "@" + row.text("version");
    final String dataType = row.text("dtype");
    final String device = row.text("device");
    final String kernel = aliases.productKernel(framework, row.text("version"), dataType);
    final Target target = targets.variants().kernels(software, kernel, product.activation());
    final Rotation rotation = aliases.rotation(framework, dataType, device);
    final double pace = aliases.hostPace(release, row.text("kernel"), dataType, device);
    final Measurement time = measurement(row, kernel, target, product, rotation, pace);
    final List<Measurement> both = new ArrayList<>(List.of(time));
    power(row, target, product, rotation, time).ifPresent(both::add);
    return both;
  }

  private static Measurement measurement(
      final MeasuredRow row,
      final String kernel,
      final Target target,
      final MatMul product,
      final Rotation rotation,
      final double pace) {
    final boolean watts = row.number("power_w").isPresent();
    return Measurement.of(
        row,
        target.setUp(row.text("device"), "gemm", row.text("dtype"), row.text("framework")),
        product.n() + "x" + product.k(),
        row.required("latency_us"),
        Roofline.of(
            2.0 * product.multiplyAccumulates(),
            target.peak(product.activation()),
            (double) product.compulsoryReadBytes() + product.compulsoryWriteBytes(),
            target.bandwidth()),
        () -> predict(kernel, target, product, rotation, watts).least(pace * 1e6));
  }

  /** Watts of the board, where they were measured. */
  private static Optional<Measurement> power(
      final MeasuredRow row,
      final Target target,
      final MatMul product,
      final Rotation rotation,
      final Measurement time) {
    return row.number("power_w").isEmpty()
        ? Optional.empty()
        : Optional.of(
            Power.of(
                row,
                time.setUp(),
                time.site(),
                Power.Rail.BOARD,
                row.required("power_w"),
                time.measured(),
                target,
                product,
                () -> Power.Load.of(repeated(target, product, rotation, true))));
  }

  /** The product as a collector repeats it. */
  private static OperatorResult repeated(
      final Target target, final MatMul product, final Rotation rotation, final boolean watts) {
    final OperatorResult serving =
        target.operators().simulate(product, rotation.of(product, target.chip()));
    final double stretch =
        rotation.stretch(product, target.chip(), serving.timing().makespanPicos(), watts);
    return target.operators().repeated(serving, stretch, rotation.switching(product));
  }

  /** The product, after the conversion of its input where that is narrow: tables time both. */
  private static Prediction predict(
      final String kernel,
      final Target target,
      final MatMul product,
      final Rotation rotation,
      final boolean watts) {
    final OperatorResult result = repeated(target, product, rotation, watts);
    if (product.activation().bits() >= WIDE) {
      return Prediction.of(result);
    }
    // Long rows in pieces that a core holds: the same bytes and operations.
    final int pieces = (product.k() - 1) / LONGEST + 1;
    final Elementwise narrow =
        new Elementwise(
            "quantize",
            Elementwise.Kind.QUANTIZE,
            product.m() * pieces,
            (product.k() - 1) / pieces + 1,
            0,
            product.output(),
            product.activation());
    final OperatorResult pass = target.operators().simulate(narrow);
    final long pure = pass.timing().makespanPicos();
    final Map<String, Quantize> kernels = target.stack().matmul().quantize();
    final Quantize listed = kernels.getOrDefault(kernel, kernels.get(product.activation().key()));
    final double bytes = (double) narrow.compulsoryReadBytes() + narrow.compulsoryWriteBytes();
    final long before =
        listed == null
            ? pass.latencyPicos()
            : pure + listed.beyondPicos(pure, product.m(), bytes, target.chip());
    return Prediction.of((result.latencyPicos() + before) * MICROS_PER_PICO, result.limiter());
  }
}
