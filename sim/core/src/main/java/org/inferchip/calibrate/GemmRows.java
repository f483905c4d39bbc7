package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;

/**
 * Matrix products: time of one kernel on the device, launch floor included. A block-scaled 8-bit
 * product is predicted as one with plain 8-bit inputs.
 */
final class GemmRows {
  private static final double MICROS_PER_PICO = 1e-6;

  private final Targets targets;
  private final Skips skips;

  GemmRows(final Targets targets, final Skips skips) {
    this.targets = targets;
    this.skips = skips;
  }

  List<Measurement> read(final MeasuredFile file) {
    final List<Measurement> list = new ArrayList<>();
    for (final MeasuredRow row : file.rows()) {
      final int m = row.whole("m");
      final int n = row.whole("n");
      final int k = row.whole("k");
      final double micros = row.required("latency_us");
      final Optional<String> system = targets.system(row.text("device"), skips);
      if (system.isPresent()) {
        add(list, row, system.get(), new int[] {m, n, k}, micros);
      }
    }
    return list;
  }

  private void add(
      final List<Measurement> list,
      final MeasuredRow row,
      final String system,
      final int[] shape,
      final double micros) {
    final String device = row.text("device");
    final String framework = row.text("framework");
    final Optional<Format> format = targets.aliases().format(row.text("dtype"));
    if (format.isEmpty()) {
      skips.add("number format " + row.text("dtype") + " is not known");
      return;
    }
    final Target target = targets.target(system, framework, device);
    if (!target.has(format.get())) {
      skips.add("the matrix unit of " + target.chip().name() + " lacks " + format.get().key());
      return;
    }
    final MatMul product = MatMul.dense("gemm", shape[0], shape[1], shape[2], format.get());
    list.add(
        new Measurement(
            row.line(),
            target.chip().name(),
            device,
            "gemm",
            row.text("dtype"),
            framework,
            "latency",
            shape[1] + "x" + shape[2],
            micros,
            Roofline.of(
                2.0 * product.multiplyAccumulates(),
                target.peak(format.get()),
                (double) product.compulsoryReadBytes() + product.compulsoryWriteBytes(),
                target.bandwidth()),
            () -> target.operators().simulate(product).latencyPicos() * MICROS_PER_PICO));
  }
}
