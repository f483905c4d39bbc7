package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Stack;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.Elementwise.Kind;
import org.inferchip.operator.MatMul;

/**
 * Layers of routed experts on one device of several: routing, rows put in the order of experts,
 * product with gate and up matrices of every expert that has rows, activation, down product,
 * weighted sum back into the order of tokens. The device is the busiest: see {@link ExpertLoad}.
 * Launch floors are the stack's.
 *
 * <p>{@code tp} divides the width of experts, {@code ep} their number. Kernels that are called
 * {@code nongated} have two matrices an expert. Sites are shapes of a layer.
 */
final class ExpertRows implements RowReader {
  /** Formats of activations and weights by the table's name, where the two differ. */
  private static final Map<String, List<Format>> MIXED =
      Map.of(
          "w4a16_mxfp4", List.of(Format.BF16, Format.MXFP4),
          "w4a8_mxfp4_mxfp8", List.of(Format.MXFP8, Format.MXFP4),
          "int4_wo", List.of(Format.BF16, Format.INT4));

  @Override
  public String kind() {
    return "layers of experts";
  }

  @Override
  public List<String> columns() {
    final List<String> columns =
        new ArrayList<>(List.of("device", "dtype", "tokens", "hidden", "inter", "topk", "experts"));
    columns.addAll(List.of("tp", "ep", "distribution", "latency_us", "framework", "kernel"));
    return columns;
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    for (final MeasuredRow row : file.rows()) {
      final Layer layer = Layer.of(row);
      final double micros = row.required("latency_us");
      final String device = row.text("device");
      final Optional<String> system = targets.system(device, skips);
      final Optional<Double> exponent = exponent(row.text("distribution"));
      if (exponent.isEmpty()) {
        skips.add("distribution of experts " + row.text("distribution") + " is not known");
      } else if (layer.experts % layer.ep != 0 || layer.inter % layer.tp != 0) {
        skips.add("experts or their width do not divide by the devices");
      } else if (system.isPresent()) {
        final Target target = targets.target(system.get(), row.text("framework"), device);
        formats(row.text("dtype"), targets, target, skips)
            .ifPresent(
                formats -> {
                  final Calls calls =
                      layer.calls(target, row.text("dtype"), formats, exponent.get());
                  list.add(
                      Measurement.of(
                          row,
                          target.setUp(device, "moe", row.text("dtype"), row.text("framework")),
                          layer.site(),
                          micros,
                          calls.roofline(),
                          calls::predict));
                });
      }
    }
    return list;
  }

  private static Optional<Double> exponent(final String distribution) {
    if ("balanced".equals(distribution)) {
      return Optional.of(0.0);
    }
    return distribution.matches("power_law_\\d+\\.\\d+")
        ? Optional.of(Double.valueOf(distribution.substring("power_law_".length())))
        : Optional.empty();
  }

  private static Optional<List<Format>> formats(
      final String dataType, final Targets targets, final Target target, final Skips skips) {
    final List<Format> mixed = MIXED.get(dataType);
    if (mixed == null) {
      return targets.format(dataType, target, skips).map(format -> List.of(format, format));
    }
    if (!target.has(mixed.get(0))) {
      skips.add("the matrix unit of " + target.chip().name() + " lacks " + mixed.get(0).key());
      return Optional.empty();
    }
    return Optional.of(mixed);
  }

  private record Layer(
      int tokens, int hidden, int inter, int perToken, int experts, int tp, int ep, boolean gated) {
    static Layer of(final MeasuredRow row) {
      return new Layer(
          row.whole("tokens"),
          row.whole("hidden"),
          row.whole("inter"),
          row.whole("topk"),
          row.whole("experts"),
          row.whole("tp"),
          row.whole("ep"),
          !row.text("kernel").contains("nongated"));
    }

    String site() {
      return hidden + "x" + inter + "/" + experts + "k" + perToken;
    }

    Calls calls(
        final Target target,
        final String dataType,
        final List<Format> formats,
        final double exponent) {
      final List<Integer> loads = ExpertLoad.busiest(tokens, perToken, experts, ep, exponent);
      final int rows = loads.stream().mapToInt(Integer::intValue).sum();
      Calls calls =
          Calls.of(target, rows(Kind.TOP_K, tokens, experts, perToken, Format.FP32, Format.FP32));
      if (rows == 0) {
        return calls;
      }
      final Format in = formats.get(0);
      final int width = inter / tp;
      // Both kernels write the format of the product that follows.
      calls = calls.then(Calls.of(target, rows(Kind.PERMUTE, rows, hidden, 0, Format.BF16, in)));
      calls =
          calls.then(
              product(
                  target,
                  dataType,
                  "expert_up",
                  loads,
                  gated ? 2 * width : width,
                  hidden,
                  formats));
      calls =
          calls.then(
              Calls.of(
                  target,
                  rows(gated ? Kind.SILU_MUL : Kind.RELU, rows, width, 0, Format.BF16, in)));
      calls = calls.then(product(target, dataType, "expert_down", loads, hidden, width, formats));
      final int sums = Math.max(1, Math.min(perToken, (rows + tokens - 1) / tokens));
      return calls.then(
          Calls.of(target, rows(Kind.COMBINE, tokens, hidden, sums, Format.BF16, Format.BF16)));
    }

    private static Calls product(
        final Target target,
        final String dataType,
        final String name,
        final List<Integer> loads,
        final int n,
        final int k,
        final List<Format> formats) {
      final Format accumulator = formats.get(0) == Format.INT8 ? Format.INT32 : Format.FP32;
      final MatMul product =
          new MatMul(
              name, loads, n, k, formats.get(0), formats.get(1), accumulator, Format.BF16, false);
      return Calls.of(target, product).beyond(grouped(target, dataType, product));
    }

    /** What the kernel takes beyond what operators are charged with. */
    private static long grouped(final Target target, final String dataType, final MatMul product) {
      final Stack.MatmulKernels kernels = target.stack().matmul();
      final double seconds =
          2.0 * product.multiplyAccumulates() / target.peak(product.activation());
      final long charged = kernels.groupedPicos(product.activation(), product.groups(), seconds);
      final boolean listed = kernels.grouped().map(all -> all.containsKey(dataType)).orElse(false);
      final String name = listed ? dataType : product.activation().key();
      return kernels.groupedPicos(name, product.groups(), seconds) - charged;
    }

    private static Elementwise rows(
        final Kind kind,
        final int rows,
        final int cols,
        final int parameter,
        final Format in,
        final Format out) {
      return new Elementwise(
          kind.name().toLowerCase(java.util.Locale.ROOT), kind, rows, cols, parameter, in, out);
    }
  }
}
