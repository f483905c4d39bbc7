package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.inferchip.model.Model;
import org.inferchip.serving.Distribution;
import org.inferchip.simulation.Plan;

/**
 * Load stages of vLLM: mean time per output token, to first token and end to end. Rows that sum up
 * several stages are skipped: their requests are in the stages' own rows.
 *
 * <p>Every prompt is in the prefix cache but for its last block, so time to first token is waiting
 * for steps and the server's front end.
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
      final String precision = row.text("precision").toLowerCase(Locale.ROOT);
      final Optional<ServedModel> found =
          ServedModel.of(
              targets,
              system,
              row.text("gpu"),
              "vllm",
              "",
              precision,
              model,
              chips,
              Plan.Ranks.ONE,
              Deployment.USUAL,
              skips);
      if (found.isEmpty()) {
        return;
      }
      final Target target = found.get().target();
      final Replay run = Replay.of(stage, found.get().plan(), target.operators());
      final double context = stage.promptTokens() + stage.outputTokens() / 2;
      final StageRoofline roofline = new StageRoofline(stage, found.get().steps(context));
      final OptionalDouble ttft = row.number("ttft_mean_ms");
      final OptionalDouble e2e = row.number("e2e_mean_ms");
      metric("tpot", tpot(stage), model, target, roofline.step(), () -> run.latencies().tpot());
      metric("ttft", ttft, model, target, roofline.step(), () -> run.latencies().ttft());
      metric("e2e", e2e, model, target, roofline.request(), () -> run.latencies().e2e());
    }

    /** Of the tokens that the engine made; the table's own is of those that its clients counted. */
    private OptionalDouble tpot(final Stage stage) {
      final OptionalDouble ttft = row.number("ttft_mean_ms");
      final OptionalDouble e2e = row.number("e2e_mean_ms");
      return ttft.isEmpty() || e2e.isEmpty() || stage.outputTokens() < 2
          ? row.number("tpot_mean_ms")
          : OptionalDouble.of(
              (e2e.getAsDouble() - ttft.getAsDouble()) / (stage.outputTokens() - 1));
    }

    private void metric(
        final String metric,
        final OptionalDouble measured,
        final Model model,
        final Target target,
        final Roofline roofline,
        final Supplier<Distribution> millis) {
      if (measured.isEmpty()) {
        skips.add("has no " + metric);
        return;
      }
      final String format = row.text("precision");
      list.add(
          Measurement.of(
              row,
              target.serving(row.text("gpu"), format, "vllm", metric),
              model.name(),
              measured.getAsDouble() * MICROS_PER_MILLI,
              roofline,
              () -> Prediction.ofMany(millis.get().mean() * MICROS_PER_MILLI)));
    }
  }
}
