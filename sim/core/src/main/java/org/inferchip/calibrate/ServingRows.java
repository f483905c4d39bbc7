package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.inferchip.arch.SystemDescription;
import org.inferchip.model.Model;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.serving.Latencies;
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
final class ServingRows {
  private static final double MICROS_PER_MILLI = 1e3;

  private final Targets targets;
  private final Models models;
  private final Skips skips;

  ServingRows(final Targets targets, final Models models, final Skips skips) {
    this.targets = targets;
    this.models = models;
    this.skips = skips;
  }

  List<Measurement> read(final MeasuredFile file) {
    final List<Measurement> list = new ArrayList<>();
    for (final MeasuredRow row : file.rows()) {
      if ("all".equals(row.text("stage"))) {
        skips.add("sums up the stages of a run");
        continue;
      }
      final Stage stage = Stage.of(row);
      final int chips = row.whole("tp");
      final Optional<String> system = targets.system(row.text("gpu"), skips);
      final Optional<Model> model = system.flatMap(found -> model(row.text("model")));
      if (model.isPresent()) {
        add(list, row, stage, system.get(), model.get(), chips);
      }
    }
    return list;
  }

  private Optional<Model> model(final String name) {
    try {
      return Optional.of(models.read(targets.aliases().model(name)).model());
    } catch (final InvalidInputException e) {
      skips.add("model " + name + " has no description");
      return Optional.empty();
    }
  }

  private void add(
      final List<Measurement> list,
      final MeasuredRow row,
      final Stage stage,
      final String system,
      final Model model,
      final int chips) {
    final Target target = targets.target(system, "vllm", row.text("gpu"));
    final Optional<Format> format =
        targets.aliases().format(row.text("precision").toLowerCase(Locale.ROOT));
    if (format.isEmpty() || !target.has(format.get())) {
      skips.add("number format " + row.text("precision") + " is not that of the chip");
      return;
    }
    final SystemDescription box =
        targets.read(system, targets.aliases().stack("vllm", row.text("gpu")), chips);
    final Plan plan;
    try {
      plan = Plan.of(box, model, new Plan.Wishes(Optional.of(chips), Optional.of(1), format));
    } catch (final InvalidInputException e) {
      skips.add("model " + model.name() + " does not fit " + chips + " x " + box.chip().name());
      return;
    }
    final StagePrediction prediction = new StagePrediction(stage, plan, target.operators());
    final StageRoofline roofline =
        new StageRoofline(stage, model, plan.weights(), plan.cache(), target, chips);
    metric(list, row, "tpot", model, target, roofline.step(), prediction, l -> l.tpot().mean());
    metric(list, row, "ttft", model, target, roofline.step(), prediction, l -> l.ttft().mean());
    metric(list, row, "e2e", model, target, roofline.request(), prediction, l -> l.e2e().mean());
  }

  private void metric(
      final List<Measurement> list,
      final MeasuredRow row,
      final String metric,
      final Model model,
      final Target target,
      final Roofline roofline,
      final StagePrediction prediction,
      final ToDoubleFunction<Latencies> mean) {
    final OptionalDouble measured = row.number(metric + "_mean_ms");
    if (measured.isEmpty()) {
      skips.add("has no " + metric);
      return;
    }
    list.add(
        new Measurement(
            row.line(),
            target.chip().name(),
            row.text("gpu"),
            "serving",
            row.text("precision"),
            "vllm",
            metric,
            model.name(),
            measured.getAsDouble() * MICROS_PER_MILLI,
            roofline,
            () -> mean.applyAsDouble(prediction.latencies()) * MICROS_PER_MILLI));
  }
}
