package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.AttentionKernel;
import org.inferchip.arch.SharedMemory;
import org.inferchip.mapping.AttentionRules;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;
import org.inferchip.simulation.OperatorResult;

/**
 * Fused attention over sequences of equal lengths: time of one call on the device, launch floor
 * included.
 *
 * <p>Protocol of the tables: one call is repeated on the same tensors, so queries, keys and values
 * that fit the shared cache together are warm; the timed region of prompts holds a pass over
 * queries, keys and values beside the kernel, as much as the stack's kernel says. Serving has
 * neither: other layers evict the cache, and the pass is an operator of its own.
 */
final class AttentionRows implements RowReader {
  private static final double MICROS_PER_PICO = 1e-6;

  /**
   * Beyond what a cache holds by this share nothing is found when the call is repeated: a guess.
   */
  private static final double OVERFLOW = 0.1;

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
      final Aliases aliases = targets.aliases();
      final AttentionProtocol protocol =
          aliases.attention(row.text("framework"), row.text("device"));
      final Rotation rotation = aliases.rotation(row.text("framework"), row.text("device"));
      final Shape shape = shape(row, protocol);
      final double micros = row.required("latency_us");
      final Optional<String> system = targets.system(row.text("device"), skips);
      if (shape.heads % shape.kvHeads != 0) {
        skips.add("heads of queries are no multiple of heads of keys");
      } else if (shape.context == 0) {
        skips.add("sequences without keys");
      } else if (system.isPresent()) {
        final Target target =
            targets.target(system.get(), row.text("framework"), row.text("device"));
        final Optional<Format> activation = targets.format(row.text("dtype"), target, skips);
        final Optional<Format> cache = targets.aliases().format(row.text("kv_dtype"));
        if (cache.isEmpty()) {
          skips.add("number format " + row.text("kv_dtype") + " is not known");
        } else if (activation.isPresent()) {
          list.add(
              measurement(
                  row,
                  target,
                  protocol,
                  rotation,
                  shape.operator(activation.get(), cache.get()),
                  micros));
        }
      }
    }
    return list;
  }

  private Shape shape(final MeasuredRow row, final AttentionProtocol protocol) {
    final int queries = decode ? 1 : row.whole("seq");
    final int batch = row.whole("batch");
    final int each = protocol.contextsSummed() ? batch : 1;
    final int context =
        decode
            ? row.whole("ctx") / each
            : (protocol.prefixHoldsChunk() ? 0 : queries) + row.count("prefix");
    return new Shape(
        decode,
        batch,
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
      final MeasuredRow row,
      final Target target,
      final AttentionProtocol protocol,
      final Rotation rotation,
      final Attention op,
      final double micros) {
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
        () -> predict(target, op, protocol, rotation));
  }

  static Prediction predict(
      final Target target,
      final Attention called,
      final AttentionProtocol protocol,
      final Rotation rotation) {
    final Attention op = narrowed(target, called);
    final OperatorResult serving = target.operators().simulate(op, warmth(target, op, protocol));
    final double stretch = rotation.stretch(serving.latencyPicos());
    final OperatorResult kernel = target.operators().repeated(serving, stretch, 1);
    final long picos = kernel.latencyPicos() + PromptPass.picos(target, op);
    return Prediction.of(picos * MICROS_PER_PICO, kernel.limiter());
  }

  /**
   * The call as the kernel sees it, where the pass before it brings queries to the cache's format.
   */
  private static Attention narrowed(final Target target, final Attention op) {
    final boolean narrows =
        op.cache().bits() < op.activation().bits()
            && AttentionRules.kernel(op, target.chip(), target.stack())
                .flatMap(AttentionKernel::narrowQueries)
                .orElse(false);
    return narrows ? op.withActivation(op.cache()) : op;
  }

  /**
   * What of keys and values is found in the cache: all, while everything that a call touches fits
   * what a partition holds; where keys and values are the same memory, values always are.
   */
  private static Warmth warmth(
      final Target target, final Attention op, final AttentionProtocol protocol) {
    final boolean shared = protocol.valuesAreKeys() && op.groupSize() > 1;
    final double keys =
        op.compulsoryReadBytes()
            - op.activation().bytes((long) op.queryRows() * op.heads() * op.headDim());
    final double touched =
        op.compulsoryReadBytes() + op.compulsoryWriteBytes() - (shared ? keys / 2 : 0);
    final double hit = hit(target, touched);
    final double values = shared ? 1 : hit;
    if (hit + values == 0) {
      return Warmth.COLD;
    }
    final Map<Role, Double> warm = new EnumMap<>(Role.class);
    warm.put(Role.KEY, hit);
    warm.put(Role.VALUE, values);
    return new Warmth(warm);
  }

  /** Share that the cache still has of what a repeated call touches. */
  static double hit(final Target target, final double touchedBytes) {
    final double held = target.chip().shared().map(SharedMemory::held).orElse(0.0);
    final double over = touchedBytes / held - 1;
    return Math.max(0, Math.min(1, 1 - over / OVERFLOW));
  }
}
