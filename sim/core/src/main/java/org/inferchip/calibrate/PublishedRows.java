package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.inferchip.arch.SystemDescription;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.simulation.Plan;
import org.inferchip.units.InvalidInputException;

/**
 * Published figures of whole systems: tokens a second and times to first token at a stated batch
 * and stated lengths, replayed as a {@link FixedLoad}. Rows that do not state the number of chips,
 * the lengths or the format are skipped with that reason; so are metrics of other kinds.
 */
final class PublishedRows implements RowReader {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double MICROS_PER_MILLI = 1e3;

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
    return "throughput";
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    for (final MeasuredRow row : file.rows()) {
      final Optional<String> system = targets.system(row.text("system"), skips);
      if (system.isPresent()) {
        final Optional<String> reason = unsaid(row);
        if (reason.isPresent()) {
          skips.add(reason.get());
        } else {
          measurement(row, system.get(), targets, skips).ifPresent(list::add);
        }
      }
    }
    return list;
  }

  private static Optional<String> unsaid(final MeasuredRow row) {
    for (final String column : List.of("chips", "batch_users", "in_len", "out_len")) {
      if (!row.text(column).matches("[1-9]\\d{0,8}")) {
        return Optional.of("published figure that does not state " + column);
      }
    }
    return Metric.of(row.text("metric")).isEmpty()
        ? Optional.of("published " + row.text("metric") + " is not predicted")
        : Optional.empty();
  }

  private static Optional<Measurement> measurement(
      final MeasuredRow row, final String system, final Targets targets, final Skips skips) {
    final String device = row.text("system");
    final Target target = targets.target(system, "published", device);
    final Optional<Model> model = targets.model(row.text("model"), skips);
    final Optional<Format> format =
        model.flatMap(found -> targets.format(row.text("precision"), target, skips));
    if (format.isEmpty()) {
      return Optional.empty();
    }
    final int chips = row.whole("chips");
    final SystemDescription box =
        targets.read(system, targets.aliases().stack("published", device), chips);
    final Plan plan;
    try {
      plan = Plan.of(box, model.get(), new Plan.Wishes(Optional.of(chips), Optional.of(1), format));
    } catch (final InvalidInputException e) {
      skips.add("model " + model.get().name() + " does not fit " + chips + " x " + system);
      return Optional.empty();
    }
    final FixedLoad load =
        new FixedLoad(row.whole("batch_users"), row.whole("in_len"), row.whole("out_len"));
    final int longest = load.promptTokens() + load.outputTokens();
    if (longest > Math.min(plan.kvTokens(), model.get().maxPositionEmbeddings())) {
      skips.add("requests do not fit the cache or the positions of " + model.get().name());
      return Optional.empty();
    }
    return Optional.of(measurement(row, target, model.get(), plan, load, chips));
  }

  private static Measurement measurement(
      final MeasuredRow row,
      final Target target,
      final Model model,
      final Plan plan,
      final FixedLoad load,
      final int chips) {
    final Metric metric = Metric.of(row.text("metric")).orElseThrow();
    final double context = load.promptTokens() + load.outputTokens() / 2.0;
    final StepRoofline steps =
        new StepRoofline(model, plan.weights(), plan.cache(), target, chips, context);
    final FixedLoadRun run = new FixedLoadRun(load, Deployment.APART, plan, target.operators());
    final Supplier<Prediction> prediction =
        () -> Prediction.ofMany(metric.of(load, run.ttft(), run.tpot()));
    return Measurement.of(
        row,
        new SetUp(
            target.chip().name(),
            target.stack().name(),
            row.text("system"),
            "serving",
            row.text("precision"),
            "published",
            metric == Metric.TTFT ? "ttft" : "throughput"),
        model.name(),
        row.required("value"),
        (launch, compute, memory) ->
            metric.of(
                load,
                steps.prefillMicros(load.promptTokens(), launch, compute, memory),
                steps.micros(load.users(), launch, compute, memory)),
        prediction);
  }

  /** A published number as a function of times in microseconds. */
  private enum Metric {
    /** Tokens of one user a second after the first. */
    PER_USER,
    /** Tokens of all users a second, prompts included in the time. */
    THROUGHPUT,
    /** Milliseconds to the first token. */
    TTFT,
    /** Tokens of a prompt a second. */
    PREFILL;

    static Optional<Metric> of(final String name) {
      return switch (name) {
        case "decode_tok_s_user", "decode_tok_s" -> Optional.of(PER_USER);
        case "throughput_out_tok_s" -> Optional.of(THROUGHPUT);
        case "ttft", "ttft_p50", "ttft_min" -> Optional.of(TTFT);
        case "prefill_tok_s" -> Optional.of(PREFILL);
        default -> Optional.empty();
      };
    }

    double of(final FixedLoad load, final double ttft, final double tpot) {
      return switch (this) {
        case PER_USER -> MICROS_PER_SECOND / tpot;
        case THROUGHPUT ->
            MICROS_PER_SECOND
                * load.users()
                * load.outputTokens()
                / (ttft + (load.outputTokens() - 1) * tpot);
        case TTFT -> ttft / MICROS_PER_MILLI;
        case PREFILL -> MICROS_PER_SECOND * load.promptTokens() / ttft;
      };
    }
  }
}
