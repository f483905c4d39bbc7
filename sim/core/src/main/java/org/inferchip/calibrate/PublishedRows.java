package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inferchip.arch.SystemDescription;
import org.inferchip.engine.Detail;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Plan;
import org.inferchip.units.InvalidInputException;

/**
 * Published figures of whole systems: tokens a second, times to first token and of whole requests
 * at a stated batch and stated lengths, each a {@link PublishedRun}.
 *
 * <p>A system's words, with the row's note behind them where that tells two modes apart, stand for
 * a chip or a system. Its chips share every layer; of replicas ({@code 4xDP of TP2}) one is
 * predicted. Where the number of chips is not stated, and for chips that hold a model in their own
 * memory, the system's own placement stands; how the model then lies is said behind the device. The
 * precision picks the format of the weights and, where the alias list says so, the mode of the
 * software ({@code published@precision}). Rows that do not state what is needed are skipped with
 * that reason; so are numbers of other kinds. Users that the cache does not hold wait: throughput
 * is that of those that it holds.
 */
final class PublishedRows implements RowReader {
  private static final String FRAMEWORK = "published";
  private static final Pattern REPLICAS = Pattern.compile("\\d+ \\(\\d+xDP of (?:TP)?(\\d+)\\)");
  private static final Pattern CHIPS = Pattern.compile("([1-9]\\d{0,5})(?:$|[^\\d/].*)");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,8}");

  @Override
  public String kind() {
    return "published figures of systems";
  }

  @Override
  public List<String> columns() {
    final List<String> columns =
        new ArrayList<>(List.of("system", "chips", "model", "precision", "batch_users"));
    columns.addAll(List.of("in_len", "out_len", "metric", "value", "unit"));
    return columns;
  }

  @Override
  public String metric() {
    return "decode";
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    for (final MeasuredRow row : file.rows()) {
      final String device = device(row, targets.aliases());
      final Optional<String> system = targets.system(device, skips);
      if (system.isPresent()) {
        new One(row, device, system.get(), targets, skips).measurement().ifPresent(list::add);
      }
    }
    return list;
  }

  private static String device(final MeasuredRow row, final Aliases aliases) {
    final String noted = row.text("system") + ": " + row.text("note");
    return aliases.chip(noted).isPresent() ? noted : row.text("system");
  }

  /** Chips that share a layer; empty where the row does not say. */
  static Optional<Integer> chips(final String text) {
    for (final Pattern pattern : List.of(REPLICAS, CHIPS)) {
      final Matcher matcher = pattern.matcher(text);
      if (matcher.matches()) {
        return Optional.of(Integer.parseInt(matcher.group(1)));
      }
    }
    return Optional.empty();
  }

  /** One row. */
  private record One(MeasuredRow row, String device, String system, Targets targets, Skips skips) {

    Optional<Measurement> measurement() {
      final Optional<Integer> output = length("out_len", row.text("out_len"));
      final Optional<PublishedMetric> metric =
          PublishedMetric.of(row.text("metric"), output.orElse(0));
      if (metric.isEmpty()) {
        skips.add("published " + row.text("metric") + " is not predicted");
        return Optional.empty();
      }
      final Optional<Integer> prompt = length("in_len", row.text("in_len"));
      final Optional<String> unsaid = unsaid(metric.get(), prompt, output);
      if (unsaid.isPresent()) {
        skips.add("published figure that does not state " + unsaid.get());
        return Optional.empty();
      }
      return plan(metric.get(), prompt.get(), output.orElse(0));
    }

    private Optional<String> unsaid(
        final PublishedMetric metric,
        final Optional<Integer> prompt,
        final Optional<Integer> output) {
      if (!WHOLE.matcher(row.text("batch_users")).matches()) {
        return Optional.of("batch_users");
      }
      if (prompt.isEmpty() || metric.hasPrompt() && prompt.get() == 0) {
        return Optional.of("in_len");
      }
      return metric.needsOutput() && output.isEmpty() ? Optional.of("out_len") : Optional.empty();
    }

    /** A stated length, or what the alias list takes a word for, or a system that states none. */
    private Optional<Integer> length(final String column, final String text) {
      if (WHOLE.matcher(text).matches()) {
        return Optional.of(Integer.parseInt(text));
      }
      return targets
          .aliases()
          .length(column, text)
          .or(() -> targets.aliases().length(column, text.isEmpty() ? device : text));
    }

    private Optional<Measurement> plan(
        final PublishedMetric metric, final int prompt, final int output) {
      final String framework = targets.aliases().release(FRAMEWORK, row.text("precision"), device);
      final Target target = targets.target(system, framework, device);
      final Optional<Model> model = targets.model(row.text("model"), skips);
      final Optional<Format> format =
          model.flatMap(found -> targets.format(row.text("precision"), target, skips));
      if (format.isEmpty()) {
        return Optional.empty();
      }
      final boolean onChip = target.chip().memory().isEmpty();
      final Optional<Integer> chips = onChip ? Optional.empty() : chips(row.text("chips"));
      final SystemDescription box =
          targets.read(system, targets.aliases().stack(framework, device), chips.orElse(1));
      final Plan plan;
      try {
        plan = Plan.of(box, model.get(), new Plan.Wishes(chips, chips.map(one -> 1), format));
      } catch (final InvalidInputException e) {
        skips.add("model " + model.get().name() + " does not fit " + system + ", or its heads");
        return Optional.empty();
      }
      return fitting(metric, plan, target, prompt, output);
    }

    private Optional<Measurement> fitting(
        final PublishedMetric metric,
        final Plan plan,
        final Target target,
        final int prompt,
        final int output) {
      final int each = Math.max(1, prompt + output);
      final boolean waits = metric == PublishedMetric.OUTPUT;
      final long held = waits ? plan.kvTokens() / each : Integer.MAX_VALUE;
      final int users = (int) Math.min(row.whole("batch_users"), held);
      final PublishedRun run =
          new PublishedRun(plan, operators(plan, target), users, prompt, output);
      if (users == 0
          || run.cachedTokens() > plan.kvTokens()
          || each > plan.model().maxPositionEmbeddings()) {
        skips.add("requests do not fit the cache or the positions of " + plan.model().name());
        return Optional.empty();
      }
      final OptionalDouble micros = metric.micros(row.required("value"), row.text("unit"), run);
      if (micros.isEmpty()) {
        skips.add("unit " + row.text("unit") + " of a published " + row.text("metric"));
        return Optional.empty();
      }
      return Optional.of(measurement(metric, plan, target, run, micros.getAsDouble()));
    }

    private static OperatorSimulator operators(final Plan plan, final Target target) {
      return plan.regions() == 1
          ? target.operators()
          : new OperatorSimulator(
              plan.system().chip(), plan.system().stack(), Detail.FOLDED, Map.of());
    }

    /** The device, and how the model lies on it where that is an assumption. */
    private String device(final Plan plan) {
      return plan.pipelineParallel() > 1
          ? row.text("system") + " [" + plan.layout() + "]"
          : row.text("system");
    }

    private Measurement measurement(
        final PublishedMetric metric,
        final Plan plan,
        final Target target,
        final PublishedRun run,
        final double micros) {
      final StepRoofline steps = StepRoofline.of(plan, target, run.context());
      return Measurement.of(
          row,
          new SetUp(
              target.chip().name(),
              target.stack().name(),
              device(plan),
              run.users() == 1 ? "one user" : "users",
              row.text("precision"),
              row.text("system").split(" ", 2)[0],
              metric.metric()),
          plan.model().name(),
          micros,
          (launch, compute, memory) ->
              metric.of(run, new Bound(run, steps, launch, compute, memory)),
          () -> Prediction.ofMany(metric.of(run, new Simulated(run))));
    }
  }

  private record Simulated(PublishedRun run) implements PublishedMetric.Parts {
    @Override
    public double token() {
      return run.tokenMicros();
    }

    @Override
    public double first() {
      return run.firstMicros();
    }

    @Override
    public double prompts() {
      return run.promptsMicros();
    }
  }

  private record Bound(
      PublishedRun run, StepRoofline steps, double launch, double compute, double memory)
      implements PublishedMetric.Parts {
    @Override
    public double token() {
      return steps.micros(run.users(), launch, compute, memory);
    }

    @Override
    public double first() {
      return steps.prefillMicros(run.promptTokens(), launch, compute, memory);
    }

    @Override
    public double prompts() {
      final double tokens = (double) run.users() * run.promptTokens();
      return steps.prefillMicros(tokens, launch, compute, memory);
    }
  }
}
