package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inferchip.operator.MatMul;
import org.inferchip.program.Warmth;

/**
 * Matrix products: time of one kernel on the device, launch floor included. A block-scaled 8-bit
 * product is predicted as one with plain 8-bit inputs.
 */
final class GemmRows implements RowReader {
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
      final double micros = row.required("latency_us");
      final Optional<String> system = targets.system(row.text("device"), skips);
      if (system.isPresent()) {
        final Target target =
            targets.target(system.get(), row.text("framework"), row.text("device"));
        targets
            .format(row.text("dtype"), target, skips)
            .map(format -> MatMul.dense("gemm", m, n, k, format))
            .ifPresent(
                product ->
                    list.add(
                        measurement(
                            row, target, product, warmth(row, targets, target, product), micros)));
      }
    }
    return list;
  }

  private static Warmth warmth(
      final MeasuredRow row, final Targets targets, final Target target, final MatMul product) {
    return targets
        .aliases()
        .rotation(row.text("framework"), row.text("device"))
        .of(product, target.chip());
  }

  private static Measurement measurement(
      final MeasuredRow row,
      final Target target,
      final MatMul product,
      final Warmth warmth,
      final double micros) {
    return Measurement.of(
        row,
        target.setUp(row.text("device"), "gemm", row.text("dtype"), row.text("framework")),
        product.n() + "x" + product.k(),
        micros,
        Roofline.of(
            2.0 * product.multiplyAccumulates(),
            target.peak(product.activation()),
            (double) product.compulsoryReadBytes() + product.compulsoryWriteBytes(),
            target.bandwidth()),
        () -> Prediction.of(target.operators().simulate(product, warmth)));
  }
}
