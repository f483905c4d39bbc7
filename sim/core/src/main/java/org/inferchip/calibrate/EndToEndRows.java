package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.simulation.Plan;

/**
 * Load tests at a fixed number of requests in the system ({@code batch_size} for each rank of
 * data-parallel attention, as AIConfigurator counts them), all of one length: mean time to first
 * token and per output token, by stack and tensor parallelism (AIConfigurator's sample of measured
 * systems). Replayed as a {@link FixedLoad}.
 *
 * <p>A row without a format is of 16-bit weights. Activations and cache stay as the stack has them.
 * Rows with pipeline parallelism are skipped; ranks of attention and groups of experts are as the
 * row says ({@link Degrees}), on as many chips as tensor parallelism times ranks.
 */
final class EndToEndRows implements RowReader {
  private static final double MICROS_PER_MILLI = 1e3;

  @Override
  public String kind() {
    return "load tests at a fixed number of requests";
  }

  @Override
  public List<String> columns() {
    return List.of(
        "backend",
        "model_path",
        "system",
        "mode",
        "isl",
        "osl",
        "gemm_quant_mode",
        "batch_size",
        "tp_size",
        "pp_size",
        "attention_dp_size",
        "moe_ep_size",
        "silicon_ttft_ms",
        "silicon_tpot_ms");
  }

  @Override
  public String metric() {
    return "tpot";
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    for (final MeasuredRow row : file.rows()) {
      final Optional<String> reason = notModelled(row);
      if (reason.isPresent()) {
        skips.add(reason.get());
        continue;
      }
      final Optional<String> system = targets.system(row.text("system"), skips);
      final Optional<Model> model =
          system.flatMap(found -> targets.model(row.text("model_path"), skips));
      if (model.isPresent()) {
        new One(list, row, targets, skips).add(system.get(), model.get());
      }
    }
    return list;
  }

  private static Optional<String> notModelled(final MeasuredRow row) {
    if (!"agg".equals(row.text("mode"))) {
      return Optional.of("serving mode " + row.text("mode") + " is not modelled");
    }
    return count(row, "pp_size") > 1
        ? Optional.of("pipelines of load tests are not modelled")
        : Optional.empty();
  }

  /** A count that may be left out, or be 0. */
  private static int count(final MeasuredRow row, final String column) {
    return Math.max(1, row.count(column));
  }

  /** One row and where its measurements go. */
  private record One(List<Measurement> list, MeasuredRow row, Targets targets, Skips skips) {
    void add(final String system, final Model model) {
      final String device = row.text("system");
      final String backend = row.text("backend");
      final String mode = row.text("gemm_quant_mode");
      final String version = row.text("backend_version");
      final Deployment deployment = targets.aliases().loadTest(backend, campaign(), device);
      final String framework =
          deployment.framework(
              model.name(), version, targets.aliases().release(backend, version, device));
      final Degrees degrees =
          Degrees.of(
              row.whole("tp_size"),
              new Plan.Ranks(count(row, "attention_dp_size"), count(row, "moe_ep_size")),
              row.whole("batch_size"),
              deployment.box());
      final Optional<ServedModel> found =
          ServedModel.of(
              targets,
              system,
              device,
              framework,
              version,
              mode.isEmpty() ? Format.BF16.key() : mode,
              model,
              degrees.tensor(),
              degrees.ranks(),
              deployment,
              skips);
      if (found.isEmpty()) {
        return;
      }
      final Plan plan = found.get().plan();
      final String word = row.text("moe_quant_mode");
      final Target target =
          model.moe().isPresent()
              ? targets
                  .variants()
                  .serving(
                      found.get().target(),
                      deployment.experts(model.name(), word, version),
                      plan.inputs())
              : found.get().target();
      final FixedLoad load = new FixedLoad(degrees.users(), row.whole("isl"), row.whole("osl"));
      final double context = load.promptTokens() + load.outputTokens() / 2.0;
      if (load.promptTokens() + load.outputTokens()
          > Math.min(plan.kvTokens(), model.maxPositionEmbeddings())) {
        skips.add("requests do not fit the cache or the positions of " + model.name());
        return;
      }
      final FixedLoadRun run =
          new FixedLoadRun(load, deployment, mode, version, plan, target.operators());
      final StepRoofline steps = found.get().steps(context);
      metric("tpot", model, target, (l, c, m) -> steps.micros(load.users(), l, c, m), run::tpot);
      metric(
          "ttft",
          model,
          target,
          (l, c, m) -> steps.prefillMicros(load.promptTokens(), l, c, m),
          run::ttft);
    }

    /** Public nightly runs state the data parallelism of attention; the others' rows do not. */
    private String campaign() {
      return row.text("attention_dp_size").isEmpty() ? "aiconfigurator" : "inferencex";
    }

    private void metric(
        final String metric,
        final Model model,
        final Target target,
        final Roofline roofline,
        final DoubleSupplier micros) {
      final double measured = row.required("silicon_" + metric + "_ms");
      final String mode = row.text("gemm_quant_mode");
      list.add(
          Measurement.of(
              row,
              target.serving(
                  row.text("system"),
                  mode.isEmpty() ? Format.BF16.key() : mode,
                  row.text("backend"),
                  metric),
              model.name(),
              measured * MICROS_PER_MILLI,
              roofline,
              () -> Prediction.ofMany(micros.getAsDouble())));
    }
  }
}
