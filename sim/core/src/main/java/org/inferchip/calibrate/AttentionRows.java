package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.AttentionKernel;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.SharedMemory;
import org.inferchip.mapping.AttentionRules;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;
import org.inferchip.simulation.OperatorResult;
import org.inferchip.units.Picoseconds;

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

  /** Threads of a core, and of a block of the pass at most. */
  private static final int THREADS = 2048;

  private static final int BLOCK = 512;

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
      final AttentionProtocol protocol =
          targets.aliases().attention(row.text("framework"), row.text("device"));
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
                  row, target, protocol, shape.operator(activation.get(), cache.get()), micros));
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
        () -> predict(target, op, protocol));
  }

  static Prediction predict(
      final Target target, final Attention called, final AttentionProtocol protocol) {
    final Attention op = narrowed(target, called);
    final OperatorResult kernel = target.operators().simulate(op, warmth(target, op, protocol));
    final long picos = kernel.latencyPicos() + passPicos(target, op);
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
    final double held = target.chip().shared().map(SharedMemory::held).orElse(0.0);
    final double keys =
        op.compulsoryReadBytes()
            - op.activation().bytes((long) op.queryRows() * op.heads() * op.headDim());
    final double touched =
        op.compulsoryReadBytes() + op.compulsoryWriteBytes() - (shared ? keys / 2 : 0);
    final double over = touched / held - 1;
    final double hit = Math.max(0, Math.min(1, 1 - over / OVERFLOW));
    final double values = shared ? 1 : hit;
    if (hit + values == 0) {
      return Warmth.COLD;
    }
    final Map<Role, Double> warm = new EnumMap<>(Role.class);
    warm.put(Role.KEY, hit);
    warm.put(Role.VALUE, values);
    return new Warmth(warm);
  }

  /** The pass over queries, keys and values in the timed region, without a launch of its own. */
  private static long passPicos(final Target target, final Attention op) {
    final Optional<AttentionKernel> kernel =
        AttentionRules.kernel(op, target.chip(), target.stack());
    final double traffic = kernel.map(AttentionKernel::passTraffic).orElse(0.0);
    final int heads = (int) Math.round(traffic * (op.heads() + 2 * op.kvHeads()));
    final long instructions =
        Math.max(blockPicos(target, op, kernel), turnPicos(target, op, kernel));
    if (heads == 0) {
      return instructions;
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
    return Math.max(instructions, pass.timing().makespanPicos());
  }

  /** The pass where the time of its blocks, not their traffic, limits it. */
  private static long blockPicos(
      final Target target, final Attention op, final Optional<AttentionKernel> kernel) {
    final double threads = Math.min(BLOCK, op.kvHeads() * op.headDim());
    return Picoseconds.of(
        kernel.flatMap(AttentionKernel::passBlock).orElse(0.0)
            * op.queryRows()
            * threads
            / THREADS
            / cores(target));
  }

  /** The pass where the instructions that turn its queries limit it. */
  private static long turnPicos(
      final Target target, final Attention op, final Optional<AttentionKernel> kernel) {
    final Optional<Double> rate = kernel.flatMap(AttentionKernel::passRate);
    return rate.isEmpty()
        ? 0
        : Picoseconds.of(
            (double) op.queryRows()
                * op.heads()
                * op.headDim()
                / (rate.get() * cores(target) * target.chip().clock()));
  }

  private static int cores(final Target target) {
    return target.chip().cores().stream().mapToInt(CoreGroup::count).sum();
  }
}
