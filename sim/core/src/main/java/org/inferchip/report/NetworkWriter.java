package org.inferchip.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.inferchip.engine.NetworkLoad;
import org.inferchip.report.chart.Axis;
import org.inferchip.report.chart.Lines;
import org.inferchip.report.chart.Series;

/** Charts of a network's latency against its load. */
public final class NetworkWriter {
  private static final double MICROS = 1e6;
  private static final double GIGA = 1e-9;

  private NetworkWriter() {}

  /**
   * Writes {@code charts/latency-load} as PNG, SVG and CSV.
   *
   * @param node what sends, in one word
   */
  public static void write(
      final ResultFolder folder,
      final String title,
      final String node,
      final NetworkLoad.Curve curve) {
    final double saturation = curve.saturation() * GIGA;
    final double least = curve.emptySeconds() * MICROS;
    final double most =
        curve.points().stream().mapToDouble(p -> p.p99Seconds() * MICROS).max().orElse(least);
    new ChartFiles(folder)
        .write(
            "latency-load",
            Lines.of(
                title,
                Axis.linear("Load of each " + node + " [GB/s]"),
                Axis.log("Latency [us]"),
                List.of(
                    line("mean", curve, NetworkLoad.Point::meanSeconds),
                    line("99 of 100", curve, NetworkLoad.Point::p99Seconds),
                    new Series(
                        "saturation",
                        new double[] {saturation, saturation},
                        new double[] {least, most}))));
  }

  private static Series line(
      final String name,
      final NetworkLoad.Curve curve,
      final ToDoubleFunction<NetworkLoad.Point> latency) {
    return new Series(
        name,
        curve.points().stream().mapToDouble(p -> p.offered() * GIGA).toArray(),
        curve.points().stream().mapToDouble(p -> latency.applyAsDouble(p) * MICROS).toArray());
  }
}
