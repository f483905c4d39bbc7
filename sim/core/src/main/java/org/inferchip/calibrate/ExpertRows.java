package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.MatmulKernels;
import org.inferchip.numerics.Format;

/**
 * Layers of routed experts on one device of several: routing, rows put in the order of experts,
 * product with gate and up matrices of every expert that has rows, activation, down product,
 * weighted sum back into the order of tokens. The device is the busiest: see {@link ExpertLoad}.
 * Launch floors are the stack's.
 *
 * <p>{@code tp} divides the width of experts, {@code ep} their number. Kernels that are called
 * {@code nongated} have two matrices an expert, as do models that the alias list names. Sites are
 * shapes of a layer.
 */
final class ExpertRows implements RowReader {
  /** Formats of activations and weights by the table's name, where the two differ. */
  private static final Map<String, List<Format>> MIXED =
      Map.of(
          "w4a16_mxfp4", List.of(Format.BF16, Format.MXFP4),
          "w4a8_mxfp4_mxfp8", List.of(Format.MXFP8, Format.MXFP4),
          "int4_wo", List.of(Format.BF16, Format.INT4));

  /** Eight bits with a scale for each block. */
  private static final String BLOCK = "fp8_block";

  /** Where no kernel is named, stacks may list one where there are no more tokens than experts. */
  private static final String FEW = "few";

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
      final Shape shape = Shape.of(row);
      final double micros = row.required("latency_us");
      final String device = row.text("device");
      final Optional<String> system = targets.system(device, skips);
      final Optional<Double> exponent = exponent(row.text("distribution"));
      if (exponent.isEmpty()) {
        skips.add("distribution of experts " + row.text("distribution") + " is not known");
      } else if (shape.experts % shape.ep != 0 || shape.inter % shape.tp != 0) {
        skips.add("experts or their width do not divide by the devices");
      } else if (system.isPresent()) {
        final Target target = targets.target(system.get(), row.text("framework"), device);
        formats(row.text("dtype"), targets, target, skips)
            .map(formats -> layer(row, shape, exponent.get(), formats, target, targets))
            .ifPresent(
                layer ->
                    list.add(
                        Measurement.of(
                            row,
                            target.setUp(device, "moe", row.text("dtype"), row.text("framework")),
                            shape.site(),
                            micros,
                            layer.calls().roofline(),
                            layer.calls()::predict)));
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

  /** The layer of a row, with the kernels that the row's words stand for. */
  private static ExpertLayer layer(
      final MeasuredRow row,
      final Shape shape,
      final double exponent,
      final List<Format> formats,
      final Target target,
      final Targets targets) {
    final Aliases aliases = targets.aliases();
    final String framework = row.text("framework");
    final String release = framework + "@" + row.text("version");
    final String name = name(row.text("dtype"), widest(formats));
    final Optional<String> kernel =
        aliases
            .expertKernel(row.text("kernel"))
            .or(() -> shape.kernel(target.stack().matmul(), name));
    final ExpertGate gate = aliases.expertGate(kernel, release, shape.site());
    final ExpertLoad.Layer dealt = shape.dealt();
    return new ExpertLayer(
        targets.variants().experts(target, name, kernel, widest(formats), dealt.meanRows()),
        dealt,
        targets.expertLoads().of(dealt, exponent, gate, aliases.routesRest(release)),
        shape.hidden,
        shape.width(),
        shape.gated && !aliases.ungated(release, shape.site()),
        formats,
        aliases.rotation(framework, row.text("device")));
  }

  /** What stacks call the kernels of a data type. */
  private static String name(final String dataType, final Format format) {
    return MIXED.containsKey(dataType) || BLOCK.equals(dataType) ? dataType : format.key();
  }

  private static Format widest(final List<Format> formats) {
    return formats.get(0).bits() >= formats.get(1).bits() ? formats.get(0) : formats.get(1);
  }

  private record Shape(
      int tokens, int hidden, int inter, int perToken, int experts, int tp, int ep, boolean gated) {
    static Shape of(final MeasuredRow row) {
      return new Shape(
          row.whole("tokens"),
          row.whole("hidden"),
          row.whole("inter"),
          row.whole("topk"),
          row.whole("experts"),
          row.whole("tp"),
          row.whole("ep"),
          !row.text("kernel").contains("nongated"));
    }

    ExpertLoad.Layer dealt() {
      return new ExpertLoad.Layer(tokens, perToken, experts, ep);
    }

    /** Columns of an expert on a device. */
    int width() {
      return inter / tp;
    }

    /** What stacks call the kernel for this shape, behind the data type; empty: its usual one. */
    Optional<String> kernel(final MatmulKernels kernels, final String name) {
      final int block = dealt().block();
      if (kernels.tuned(name + "-" + MatmulKernels.TUNED, block, width())) {
        return Optional.of(MatmulKernels.TUNED);
      }
      return tokens <= block ? Optional.of(FEW) : Optional.empty();
    }

    String site() {
      return hidden + "x" + inter + "/" + experts + "k" + perToken;
    }
  }
}
