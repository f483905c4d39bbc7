package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.inferchip.arch.SystemDescription;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.simulation.Plan;
import org.inferchip.units.InvalidInputException;

/**
 * Load stages of vLLM: mean time per output token, to first token and end to end. Rows that sum up
 * several stages are skipped: their requests are in the stages' own rows.
 *
 * <p>Time to first token is measured at the client of the engine's server and is mostly its front
 * end here (some 15 prompt tokens are computed); the simulator has no front end, so that metric
 * shows what is missing.
 */
final class ServingRows implements RowReader {
  private static final double MICROS_PER_MILLI = 1e3;

  @Override
  public String kind() {
    return "load stages of a serving engine";
  }

  @Override
  public List<String> columns() {
    return List.of(
        "model",
        "gpu",
        "tp",
        "precision",
        "max_num_batched_tokens",
        "max_num_seqs",
        "total_kv_blocks",
        "stage",
        "rate_rps",
        "duration_s",
        "arrival",
        "system_prompt_tokens",
        "question_tokens",
        "output_tokens",
        "n_system_prompts",
        "users_per_prompt",
        "prompt_len_mean",
        "output_len_mean",
        "e2e_mean_ms",
        "ttft_mean_ms",
        "tpot_mean_ms");
  }

  @Override
  public String metric() {
    return "tpot";
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    for (final MeasuredRow row : file.rows()) {
      if ("all".equals(row.text("stage"))) {
        skips.add("sums up the stages of a run");
        continue;
      }
      final Stage stage = Stage.of(row);
      final int chips = row.whole("tp");
      final Optional<String> system = targets.system(row.text("gpu"), skips);
      final Optional<Model> model =
          system.flatMap(found -> targets.model(row.text("model"), skips));
      if (model.isPresent()) {
        new One(list, row, targets, skips).add(stage, system.get(), model.get(), chips);
      }
    }
    return list;
  }

  /** One row and where its measurements go. */
  private record One(List<Measurement> list, MeasuredRow row, Targets targets, Skips skips) {
    void add(final Stage stage, final String system, final Model model, final int chips) {
      final String device = row.text("gpu");
      final Target target = targets.target(system, "vllm", device);
      final Optional<Format> format =
          targets.format(row.text("precision").toLowerCase(Locale.ROOT), target, skips);
      if (format.isEmpty()) {
        return;
      }
      final SystemDescription box =
          targets.read(system, targets.aliases().stack("vllm", device), chips);
      final Plan plan;
      try {
        plan = Plan.of(box, model, new Plan.Wishes(Optional.of(chips), Optional.of(1), format));
      } catch (final InvalidInputException e) {
        skips.add("model " + model.name() + " does not fit " + chips + " x " + box.chip().name());
        return;
      }
      final StagePrediction run = new StagePrediction(stage, plan, target.operators());
      final double context = stage.promptTokens() + stage.outputTokens() / 2;
      final StageRoofline roofline =
          new StageRoofline(
              stage, new StepRoofline(model, plan.weights(), plan.cache(), target, chips, context));
      metric("tpot", model, target, roofline.step(), () -> run.latencies().tpot().mean());
      metric("ttft", model, target, roofline.step(), () -> run.latencies().ttft().mean());
      metric("e2e", model, target, roofline.request(), () -> run.latencies().e2e().mean());
    }

    private void metric(
        final String metric,
        final Model model,
        final Target target,
        final Roofline roofline,
        final DoubleSupplier millis) {
      final OptionalDouble measured = row.number(metric + "_mean_ms");
      if (measured.isEmpty()) {
        skips.add("has no " + metric);
        return;
      }
      final String format = row.text("precision");
      list.add(
          Measurement.of(
              row,
              new SetUp(
                  target.chip().name(),
                  target.stack().name(),
                  row.text("gpu"),
                  "serving",
                  format,
                  "vllm",
                  metric),
              model.name(),
              measured.getAsDouble() * MICROS_PER_MILLI,
              roofline,
              () -> Prediction.ofMany(millis.getAsDouble() * MICROS_PER_MILLI)));
    }
  }
}
