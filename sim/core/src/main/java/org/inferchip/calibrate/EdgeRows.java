package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;

/**
 * Single kernels on a module, caches defeated, with the watts of the chip and of its memory:
 * products (where inputs and weights differ, 16-bit inputs), attention (sizes as {@code q=64},
 * heads as {@code hq=16;hkv=8}), norms with the residual sum. Metrics: latency, power of the chip,
 * power of its memory devices. Watts of attention are of a shape, whatever the variant of a row.
 */
final class EdgeRows implements RowReader {
  /** How the alias list calls the software of a table without a column {@code framework}. */
  private static final String FRAMEWORK = "cutlass";

  /** No tensor stands in a cache when a kernel starts, and no result stays there. */
  private static final Warmth DEFEATED =
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
    for (final MeasuredRow row : file.rows()) {
      final String device = row.text("device");
      final Optional<String> system = targets.system(device, skips);
      if (system.isEmpty()) {
        continue;
      }
      final Target target = targets.target(system.get(), FRAMEWORK, device);
      final Optional<Format> format = targets.format(row.text("dtype"), target, skips);
      final Optional<Format> output = targets.aliases().format(row.text("out_dtype"));
      if (format.isPresent() && output.isEmpty()) {
        skips.add("number format " + row.text("out_dtype") + " is not known");
      } else if (format.isPresent()) {
        add(row, target, format.get(), output.get(), list, skips);
      }
    }
    return list;
  }

  private static void add(
      final MeasuredRow row,
      final Target target,
      final Format format,
      final Format output,
      final List<Measurement> list,
      final Skips skips) {
    final String op = row.text("op").toLowerCase(Locale.ROOT).replaceAll("\\(.*", "");
    final Optional<Operator> operator = operator(op, row, format, output);
    if (operator.isEmpty()) {
      skips.add("operator " + row.text("op") + " of such sizes is not known");
      return;
    }
    final Calls calls = Calls.of(target, operator.get(), DEFEATED);
    final SetUp setUp = target.setUp(row.text("device"), op, row.text("dtype"), FRAMEWORK);
    final String site =
        operator.get() instanceof Attention
            ? String.join("x", row.text("k"), row.text("batch"))
            : String.join("x", row.text("n"), row.text("k"), row.text("batch"));
    list.add(
        Measurement.of(
            row, setUp, site, row.required("latency_us"), calls.roofline(), calls::predict));
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
              () -> target.operators().simulate(operator.get(), DEFEATED)));
    }
  }

  private static Optional<Operator> operator(
      final String op, final MeasuredRow row, final Format format, final Format output) {
    return switch (op) {
      case "matmul" -> Optional.of(product(row, format, output));
      case "flashattn" -> attention(row, format);
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

  /** Attention of one sequence; empty where the sizes are not all there. */
  private static Optional<Operator> attention(final MeasuredRow row, final Format format) {
    final Map<String, Integer> sizes = new TreeMap<>();
    final String text =
        String.join(";", row.text("m"), row.text("n"), row.text("k"), row.text("batch"));
    for (final String word : text.split(";")) {
      if (word.matches("[a-z]+=[1-9]\\d{0,8}")) {
        final String[] parts = word.split("=", 2);
        sizes.put(parts[0], Integer.valueOf(parts[1]));
      }
    }
    if (!sizes.keySet().containsAll(List.of("q", "kv", "hd", "hq", "hkv"))
        || sizes.get("hq") % sizes.get("hkv") != 0) {
      return Optional.empty();
    }
    final int queries = sizes.get("q");
    final int headDim = sizes.get("hd");
    return Optional.of(
        new Attention(
            queries == 1 ? "attention_decode" : "attention_prefill",
            List.of(new Attention.Sequence(queries, Math.max(queries, sizes.get("kv")))),
            sizes.get("hq"),
            sizes.get("hkv"),
            headDim,
            headDim,
            0,
            row.text("notes").contains("causal=True"),
            format,
            format));
  }
}
