package org.inferchip.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.inferchip.arch.Chip;
import org.inferchip.arch.SystemDescription;
import org.inferchip.mapping.Mapping;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.report.TimelineFile;
import org.inferchip.simulation.OperatorResult;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code op}: one operator on one chip. */
@Command(
    name = "op",
    description = "Simulates one operator.",
    footer = {
      "  inferchip op gemm --system h100-sxm --format bf16 --m 4096 --n 4096 --k 4096",
      "  inferchip op all-reduce --system dgx-h100 --devices 8 --bytes 1048576"
    })
final class OpCommand extends BaseCommand {
  @Parameters(
      paramLabel = "KIND",
      description =
          "gemm, attention-prefill, attention-decode, all-reduce, rmsnorm, layernorm, softmax or"
              + " gelu.")
  private String kind;

  @Option(
      names = "--system",
      paramLabel = "S",
      required = true,
      description = "System or chip, by name or path.")
  private String system;

  @Option(names = "--format", paramLabel = "F", description = "Number format (default: bf16).")
  private String format = "bf16";

  @Mixin private OperatorSizes sizes;
  @Mixin private SystemOptions options;

  @Override
  protected void check(final Problems problems) {
    sizes.check(kind, problems);
    PlanOptions.parse(format, problems);
  }

  @Override
  protected int run() {
    final SystemDescription described = options.read(system).value();
    final Chip chip = described.chip();
    final Format input = PlanOptions.parse(format, new Problems()).orElseThrow();
    final Operator operator =
        sizes.operator(kind, input, chip.cores().get(0).matrix().accumulator());
    requireFormat(chip, input, operator);
    sizes.requireReach(chip);
    final OperatorSimulator simulator =
        new OperatorSimulator(chip, described.stack(), options.detail(), pinned(operator));
    final OperatorResult result = simulator.simulate(operator);
    withFolder(
        folder -> {
          if (folder != null) {
            TimelineFile.write(
                folder,
                operator.name() + " on " + chip.name(),
                chip,
                options.detail(),
                List.of(result));
          }
        });
    result(json(result, chip), table(result, chip));
    return ExitCode.DONE;
  }

  private Map<String, Mapping> pinned(final Operator operator) {
    final Map<String, Mapping> pinned = new LinkedHashMap<>();
    options.mappings().forEach((name, text) -> pinned.put(name, Mapping.parse(operator, text)));
    return pinned;
  }

  private void requireFormat(final Chip chip, final Format input, final Operator operator) {
    final Set<Format> rates = new TreeSet<>();
    chip.cores().forEach(cores -> rates.addAll(cores.matrix().macsPerCycle().keySet()));
    if (operator.multiplyAccumulates() > 0
        && !rates.contains(input)
        && !rates.contains(input.dense())) {
      throw new org.inferchip.units.InvalidInputException(
          new Problem(
              CommandLineProblems.PLACE,
              0,
              0,
              "--format",
              "the matrix unit of " + chip.name() + " lacks this format",
              input.key(),
              String.join(", ", rates.stream().map(Format::key).sorted().toList()),
              ""));
    }
  }

  private static Map<String, Object> json(final OperatorResult result, final Chip chip) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("latency_us", result.latencyPicos() * 1e-6);
    json.put("launch_us", result.launchPicos() * 1e-6);
    json.put("cycles", cycles(result, chip));
    json.put("bound_us", result.bounds().lower() * 1e-6);
    json.put("bounds_us", StepCommand.bounds(result));
    json.put("limiter", result.limiter().name().toLowerCase(Locale.ROOT));
    json.put("energy_uj", result.energy().total() * 1e6);
    json.put("power_w", watts(result));
    json.put("clock_share", result.clockShare());
    json.put("mapping", result.choice().text());
    work(result.operator()).forEach((name, count) -> json.put(name.replaceAll("[ -]", "_"), count));
    json.put("counters", result.timing().counters());
    json.put("units", result.timing().units());
    json.put("events", result.timing().events());
    json.put("folded", result.timing().folded());
    return json;
  }

  /** Multiply-accumulates, and those with zeros that a sparse format of weights leaves out. */
  private static Map<String, Long> work(final Operator operator) {
    final Map<String, Long> work = new LinkedHashMap<>();
    work.put("multiply-accumulates", operator.multiplyAccumulates());
    if (operator instanceof final MatMul product && product.weight().sparse()) {
      work.put("of which by zeros left out", product.skippable());
    }
    return work;
  }

  private static long cycles(final OperatorResult result, final Chip chip) {
    return (long) Math.ceil(result.timing().makespanPicos() * 1e-12 * chip.clock());
  }

  private static double watts(final OperatorResult result) {
    final long device = result.latencyPicos() - result.launchPicos();
    return device == 0 ? 0 : result.energy().total() / (device * 1e-12);
  }

  private static Table table(final OperatorResult result, final Chip chip) {
    final Optional<String> limiter = Optional.of(result.limiter().name().toLowerCase(Locale.ROOT));
    final Table table = new Table().left("quantity").right("value").left("unit");
    table.row("latency", result.latencyPicos() * 1e-6, "us");
    table.row("  of it launch", result.launchPicos() * 1e-6, "us");
    table.row("cycles", cycles(result, chip), "");
    table.row("bound", result.bounds().lower() * 1e-6, "us");
    table.row("limiter", limiter.orElseThrow(), "");
    work(result.operator()).forEach((name, count) -> table.row(name, count, ""));
    table.row("energy", result.energy().total() * 1e6, "uJ");
    table.row("power", watts(result), "W");
    table.row("mapping", result.choice().text(), "");
    return table;
  }

  /** Kinds of operator by their names on the command line. */
  static List<String> kinds() {
    return List.of(
        "gemm",
        "attention-prefill",
        "attention-decode",
        "all-reduce",
        "rmsnorm",
        "layernorm",
        "softmax",
        "gelu");
  }
}
