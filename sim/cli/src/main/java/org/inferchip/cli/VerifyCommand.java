package org.inferchip.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.StepShape;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Operator;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Pins;
import org.inferchip.simulation.Plan;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import org.inferchip.verification.OperatorVerification;
import org.inferchip.verification.OperatorVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: executes the arithmetic of a step's operators and audits their programs. */
@Command(
    name = "verify",
    description = {
      "Executes a step in the chip's own number formats and checks every value.",
      "Operators are compared with float64, and their tile programs are audited. Those with",
      "more than 2^28 multiply-accumulates are executed in a seeded sample of their items,",
      "unless --full."
    },
    footer = "  inferchip verify --system h100-sxm --model llama-3.1-8b --tokens 16 --context 512")
final class VerifyCommand extends BaseCommand {
  private static final long WHOLE_MACS = 1L << 28;
  private static final long WHOLE_BYTES = 1L << 26;
  private static final int ITEMS = 4;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "16",
      description = "New tokens of a prompt chunk (default: ${DEFAULT-VALUE}).")
  private Integer tokens;

  @Option(
      names = "--context",
      paramLabel = "C",
      description =
          "Tokens in the cache of the chunk and of one running sequence beside it, the new ones"
              + " included (default: as many as --tokens).")
  private Integer context;

  @Option(names = "--full", description = "Execute and compare all of every operator.")
  private boolean full;

  @Mixin private LaidOptions laid;

  @Override
  protected void check(final Problems problems) {
    PlanOptions.positive(problems, "--tokens", tokens);
    PlanOptions.positive(problems, "--context", context);
    laid.check(problems);
    if (context != null && tokens != null && context < tokens) {
      problems.add(
          new Problem(
              CommandLineProblems.PLACE,
              0,
              0,
              "--context",
              "is less than --tokens",
              context.toString(),
              "at least " + tokens,
              ""));
    }
  }

  @Override
  protected int run() {
    final Plan plan = laid.plan();
    final SystemOptions options = laid.systems();
    final OperatorSimulator simulator =
        new OperatorSimulator(
            plan.system().chip(),
            plan.system().stack(),
            options.detail(),
            Pins.of(plan, options.mappings()));
    final OperatorVerifier verifier =
        new OperatorVerifier(simulator, common().seed(), Long.MAX_VALUE);
    final List<OperatorVerification> verified = new ArrayList<>();
    final Set<Operator> operators = operators(plan);
    try (Progress bar = progress("operators", operators.size())) {
      for (final Operator operator : operators) {
        verified.add(
            full || isSmall(operator)
                ? verifier.whole(operator)
                : verifier.sample(operator, ITEMS));
        bar.advance(1);
      }
    }
    final boolean ok = verified.stream().allMatch(OperatorVerification::ok);
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", ok);
    json.put("operators", verified.stream().map(VerifyCommand::json).toList());
    result(json, table(verified), faults(verified));
    return ok ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private Set<Operator> operators(final Plan plan) {
    final int cached = context == null ? tokens : context;
    final StepShape shape =
        new StepShape(
            List.of(new Attention.Sequence(tokens, cached)),
            List.of(new Attention.Sequence(1, cached)),
            2);
    plan.require(shape);
    final LoweredStep step = plan.lowering().lower(shape);
    final Set<Operator> operators = new LinkedHashSet<>();
    step.forEach((operator, count) -> operators.add(operator));
    return operators;
  }

  private static boolean isSmall(final Operator operator) {
    return operator.multiplyAccumulates() <= WHOLE_MACS
        && operator.compulsoryWriteBytes() <= WHOLE_BYTES;
  }

  private static Map<String, Object> json(final OperatorVerification one) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", one.operator().name());
    json.put("format", one.format().key());
    json.put("elements", one.elements());
    json.put("relative_error", one.relativeError());
    json.put("bound", one.bound());
    json.put("ok", one.ok());
    json.put("whole", one.whole());
    json.put("tiles", one.tiles());
    json.put("tasks", one.tasks());
    json.put("format_error", one.formatError());
    json.put("mapping", one.mapping());
    json.put("findings", one.findings());
    return json;
  }

  private static Table table(final List<OperatorVerification> verified) {
    final Table table =
        new Table()
            .left("operator")
            .left("format")
            .right("elements")
            .left("of it")
            .right("relative error")
            .right("bound")
            .right("format loss")
            .left("verdict")
            .left("mapping");
    for (final OperatorVerification one : verified) {
      table.row(
          one.operator().name(),
          one.format().key(),
          one.elements(),
          one.whole() ? "all" : "a sample",
          String.format(Locale.ROOT, "%.2e", one.relativeError()),
          String.format(Locale.ROOT, "%.2e", one.bound()),
          String.format(Locale.ROOT, "%.2e", one.formatError()),
          one.ok() ? "ok" : "WRONG",
          one.mapping());
    }
    return table;
  }

  private static String faults(final List<OperatorVerification> verified) {
    final StringBuilder text = new StringBuilder();
    for (final OperatorVerification one : verified) {
      one.findings()
          .forEach(
              found -> text.append(one.operator().name()).append(": ").append(found).append('\n'));
    }
    return text.toString();
  }
}
