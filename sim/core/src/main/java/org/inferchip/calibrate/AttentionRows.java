package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.AttentionKernel;
import org.inferchip.mapping.AttentionRules;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;
import org.inferchip.simulation.OperatorResult;

/**
 * Fused attention over sequences of equal lengths: time of one call on the device, launch floor
 * included.
 *
 * <p>Protocol of the tables: one call is repeated on the same tensors, so queries, keys and values
 * that fit the usable shared cache together are warm (a hard step); the timed region of prompts
 * holds a pass over queries, keys and values beside the kernel, as much as the stack's kernel says.
 * Serving has neither: other layers evict the cache, and the pass is an operator of its own.
 */
final class AttentionRows implements RowReader {
  private static final double MICROS_PER_PICO = 1e-6;

  /**
   * Share of a cache that a tensor may take and still be found there when the call is repeated: by
   * fits of H100, A100, B200 and RTX PRO 6000 between 0.4 and 1, weakly identified.
   */
  private static final double REPEATED = 0.6;

  private final boolean decode;

  private AttentionRows(final boolean decode) {
    this.decode = decode;
  }

  /** Calls with one new token for each sequence. */
  static AttentionRows decode() {
    return new AttentionRows(true);
  }

  /** Calls with many new tokens for each sequence. */
  static AttentionRows prefill() {
    return new AttentionRows(false);
  }

  @Override
  public String kind() {
    return decode ? "decode attention" : "prefill attention";
  }

  @Override
  public List<String> columns() {
    final List<String> columns =
        new ArrayList<>(
            List.of("device", "dtype", "kv_dtype", "batch", "heads", "kv_heads", "head_dim"));
    columns.addAll(List.of("window", "latency_us", "framework"));
    columns.addAll(decode ? List.of("ctx") : List.of("seq", "prefix"));
    return columns;
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    for (final MeasuredRow row : file.rows()) {
      final Shape shape = shape(row);
      final double micros = row.required("latency_us");
      final Optional<String> system = targets.system(row.text("device"), skips);
      if (shape.heads % shape.kvHeads != 0) {
        skips.add("heads of queries are no multiple of heads of keys");
      } else if (system.isPresent()) {
        final Target target =
            targets.target(system.get(), row.text("framework"), row.text("device"));
        final Optional<Format> activation = targets.format(row.text("dtype"), target, skips);
        final Optional<Format> cache = targets.aliases().format(row.text("kv_dtype"));
        if (cache.isEmpty()) {
          skips.add("number format " + row.text("kv_dtype") + " is not known");
        } else if (activation.isPresent()) {
          list.add(measurement(row, target, shape.operator(activation.get(), cache.get()), micros));
        }
      }
    }
    return list;
  }

  private Shape shape(final MeasuredRow row) {
    final int queries = decode ? 1 : row.whole("seq");
    final int context = decode ? row.whole("ctx") : queries + row.count("prefix");
    return new Shape(
        decode,
        row.whole("batch"),
        queries,
        context,
        row.whole("heads"),
        row.whole("kv_heads"),
        row.whole("head_dim"),
        row.count("window"));
  }

  private record Shape(
      boolean decode,
      int batch,
      int queries,
      int context,
      int heads,
      int kvHeads,
      int headDim,
      int window) {
    Attention operator(final Format activation, final Format cache) {
      return new Attention(
          decode ? "attention_decode" : "attention_prefill",
          Collections.nCopies(batch, new Attention.Sequence(queries, context)),
          heads,
          kvHeads,
          headDim,
          headDim,
          window,
          true,
          activation,
          cache);
    }
  }

  private Measurement measurement(
      final MeasuredRow row, final Target target, final Attention op, final double micros) {
    final String format = row.text("dtype") + "+" + row.text("kv_dtype");
    return Measurement.of(
        row,
        target.setUp(row.text("device"), op.name(), format, row.text("framework")),
        op.heads() + "/" + op.kvHeads() + "x" + op.headDim(),
        micros,
        Roofline.of(
            2.0 * op.multiplyAccumulates(),
            target.peak(op.activation()),
            (double) op.compulsoryReadBytes() + op.compulsoryWriteBytes(),
            target.bandwidth()),
        () -> predict(target, op));
  }

  static Prediction predict(final Target target, final Attention op) {
    final OperatorResult kernel = target.operators().simulate(op, warmth(target, op));
    final long picos = kernel.latencyPicos() + passPicos(target, op);
    return Prediction.of(picos * MICROS_PER_PICO, kernel.limiter());
  }

  private static Warmth warmth(final Target target, final Attention op) {
    final double usable =
        target
            .chip()
            .shared()
            .map(shared -> shared.capacity() * Math.max(REPEATED, shared.usable()))
            .orElse(0.0);
    if (op.compulsoryReadBytes() > usable) {
      return Warmth.COLD;
    }
    final Map<Role, Double> warm = new EnumMap<>(Role.class);
    warm.put(Role.KEY, 1.0);
    warm.put(Role.VALUE, 1.0);
    return new Warmth(warm);
  }

  /** The pass over queries, keys and values in the timed region, without a launch of its own. */
  private static long passPicos(final Target target, final Attention op) {
    final double traffic =
        AttentionRules.kernel(op, target.chip(), target.stack())
            .map(AttentionKernel::passTraffic)
            .orElse(0.0);
    final int heads = (int) Math.round(traffic * (op.heads() + op.kvHeads()));
    if (heads == 0) {
      return 0;
    }
    final OperatorResult pass =
        target
            .operators()
            .simulate(
                new Elementwise(
                    "rope",
                    Elementwise.Kind.ROPE,
                    op.queryRows(),
                    heads * op.headDim(),
                    op.headDim(),
                    op.activation(),
                    op.activation()));
    return pass.latencyPicos() - pass.launchPicos();
  }
}
