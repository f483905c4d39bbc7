package org.inferchip.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.inferchip.arch.Chip;
import org.inferchip.arch.ScaleUp;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import picocli.CommandLine.Option;

/** Sizes of one operator on the command line, and the operator they make. */
final class OperatorSizes {
  @Option(names = "--m", paramLabel = "M", description = "gemm and element-wise: rows.")
  private Integer m;

  @Option(names = "--n", paramLabel = "N", description = "gemm and element-wise: columns.")
  private Integer n;

  @Option(names = "--k", paramLabel = "K", description = "gemm: reduction.")
  private Integer k;

  @Option(names = "--batch", paramLabel = "B", description = "attention: sequences.")
  private Integer batch;

  @Option(names = "--seq", paramLabel = "T", description = "attention-prefill: new tokens.")
  private Integer seq;

  @Option(
      names = "--context",
      paramLabel = "C",
      description = "attention: tokens in the cache with the new ones (prefill default: --seq).")
  private Integer context;

  @Option(names = "--heads", paramLabel = "H", description = "attention: query heads.")
  private Integer heads;

  @Option(names = "--kv-heads", paramLabel = "H", description = "attention: key-value heads.")
  private Integer kvHeads;

  @Option(names = "--head-dim", paramLabel = "D", description = "attention: width of a head.")
  private Integer headDim;

  @Option(names = "--bytes", paramLabel = "B", description = "all-reduce: bytes of the message.")
  private Long bytes;

  @Option(names = "--devices", paramLabel = "N", description = "all-reduce: devices.")
  private Integer devices;

  /** Most multiply-accumulates, elements or bytes of one operator: 2^50. */
  private static final double MOST_WORK = 0x1p50;

  void check(final String kind, final Problems problems) {
    final Map<String, Number> needed = needed(kind);
    if (needed.isEmpty()) {
      problems.add(
          new Problem(
                  CommandLineProblems.PLACE,
                  0,
                  0,
                  "KIND",
                  "there is no such operator",
                  kind,
                  String.join(", ", OpCommand.kinds()),
                  "")
              .near(Nearest.of(kind, OpCommand.kinds())));
    }
    needed.forEach(
        (option, value) -> {
          if (value == null || value.longValue() < 1) {
            problem(
                problems, option, value == null ? kind + " needs it" : "is out of range", value);
          }
        });
    if (!needed.isEmpty()) {
      refuseOthers(kind, needed.keySet(), problems);
    }
    if (problems.isEmpty() && work(kind) > MOST_WORK) {
      problems.add(
          Checks.at(
              "KIND",
              "the operator is too large to be simulated",
              String.format(Locale.ROOT, "%.1e operations or bytes", work(kind)),
              "at most 2^50 of them"));
    }
    if (problems.isEmpty() && kind.equals("all-reduce") && devices < 2) {
      problems.add(Checks.at("--devices", "is out of range", devices.toString(), "2 or more"));
    }
    if (problems.isEmpty() && heads != null && kvHeads != null && heads % kvHeads != 0) {
      problem(problems, "--kv-heads", "must divide --heads", kvHeads);
    }
    if (problems.isEmpty()
        && kind.equals("attention-prefill")
        && context != null
        && context < seq) {
      problem(problems, "--context", "must be at least --seq", context);
    }
  }

  /** Sizes that the operator does not have would go unheard. */
  private void refuseOthers(final String kind, final Set<String> needed, final Problems problems) {
    all()
        .forEach(
            (option, value) -> {
              final boolean optional =
                  option.equals("--context") && kind.equals("attention-prefill");
              if (value != null && !needed.contains(option) && !optional) {
                problems.add(
                    Checks.at(
                        option,
                        kind + " has no such size",
                        value.toString(),
                        String.join(", ", needed)));
              }
            });
  }

  private Map<String, Number> all() {
    final Map<String, Number> all = new LinkedHashMap<>();
    all.put("--m", m);
    all.put("--n", n);
    all.put("--k", k);
    all.put("--batch", batch);
    all.put("--seq", seq);
    all.put("--context", context);
    all.put("--heads", heads);
    all.put("--kv-heads", kvHeads);
    all.put("--head-dim", headDim);
    all.put("--bytes", bytes);
    all.put("--devices", devices);
    return all;
  }

  /** What bounds the time of the simulation and of the operator, roughly. */
  private double work(final String kind) {
    return switch (kind) {
      case "gemm" -> (double) m * n * k;
      case "attention-prefill" ->
          (double) batch * heads * headDim * seq * (context == null ? seq : context);
      case "attention-decode" -> (double) batch * heads * headDim * context;
      case "all-reduce" -> bytes;
      default -> (double) m * n;
    };
  }

  private static void problem(
      final Problems problems, final String option, final String what, final Number found) {
    problems.add(
        new Problem(
            CommandLineProblems.PLACE,
            0,
            0,
            option,
            what,
            found == null ? "nothing" : found.toString(),
            "1 or more",
            ""));
  }

  private Map<String, Number> needed(final String kind) {
    final Map<String, Number> needed = new LinkedHashMap<>();
    switch (kind) {
      case "gemm" -> {
        needed.put("--m", m);
        needed.put("--n", n);
        needed.put("--k", k);
      }
      case "attention-prefill", "attention-decode" -> {
        needed.put("--batch", batch);
        if (kind.endsWith("prefill")) {
          needed.put("--seq", seq);
        } else {
          needed.put("--context", context);
        }
        needed.put("--heads", heads);
        needed.put("--kv-heads", kvHeads);
        needed.put("--head-dim", headDim);
      }
      case "all-reduce" -> {
        needed.put("--bytes", bytes);
        needed.put("--devices", devices);
      }
      case "rmsnorm", "layernorm", "softmax", "gelu" -> {
        needed.put("--m", m);
        needed.put("--n", n);
      }
      default -> {}
    }
    return needed;
  }

  /** Refuses more devices than the chip's links join. */
  void requireReach(final Chip chip) {
    final int reach = chip.scaleUp().map(ScaleUp::reach).orElse(1);
    if (devices != null && devices > reach) {
      throw new InvalidInputException(
          Checks.at(
              "--devices",
              "the links of " + chip.name() + " do not join so many",
              devices.toString(),
              reach > 1 ? "2 to " + reach : "a chip with scale_up links"));
    }
  }

  Operator operator(final String kind, final Format format, final Format accumulator) {
    return switch (kind) {
      case "gemm" -> MatMul.dense("gemm", m, n, k, format).summedIn(accumulator);
      case "attention-prefill" -> attention(seq, context == null ? seq : context, format);
      case "attention-decode" -> attention(1, context, format);
      case "all-reduce" ->
          new Collective(
              "all_reduce",
              Collective.Kind.ALL_REDUCE,
              Math.max(1, (long) (bytes * 8 / format.bits())),
              format,
              devices);
      case "rmsnorm" -> elementwise("rmsnorm", Elementwise.Kind.RMS_NORM, format);
      case "layernorm" -> elementwise("layernorm", Elementwise.Kind.LAYER_NORM, format);
      case "softmax" -> elementwise("softmax", Elementwise.Kind.SOFTMAX, format);
      default -> elementwise("gelu", Elementwise.Kind.GELU, format);
    };
  }

  private Operator attention(final int queries, final int keys, final Format format) {
    return new Attention(
        queries > 1 ? "attention_prefill" : "attention_decode",
        Collections.nCopies(batch, new Attention.Sequence(queries, keys)),
        heads,
        kvHeads,
        headDim,
        headDim,
        0,
        true,
        format,
        format);
  }

  private Operator elementwise(
      final String name, final Elementwise.Kind kind, final Format format) {
    return new Elementwise(name, kind, m, n, 0, format, format);
  }
}
