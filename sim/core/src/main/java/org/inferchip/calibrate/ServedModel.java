package org.inferchip.calibrate;

import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.simulation.Plan;
import org.inferchip.units.InvalidInputException;

/**
 * A model on a measured serving engine: one device's target, and how the model lies on all of them.
 *
 * @param target device and stack
 * @param plan of the model, without pipeline stages
 */
record ServedModel(Target target, Plan plan) {

  /**
   * The model of a row; counted as skipped where its format is not known or the model does not fit.
   *
   * @param device as the table spells it
   * @param framework as the alias list spells it, with its release where that matters
   * @param version of the software, as the table spells it
   * @param precision of the weights, as the table spells it
   * @param chips that each layer is split over
   * @param ranks of data-parallel attention, and groups of experts
   * @param deployment how the engine was set up
   */
  static Optional<ServedModel> of(
      final Targets targets,
      final String system,
      final String device,
      final String framework,
      final String version,
      final String precision,
      final Model model,
      final int chips,
      final Plan.Ranks ranks,
      final Deployment deployment,
      final Skips skips) {
    final Target target = targets.target(system, framework, device);
    final Optional<Format> format = targets.format(precision, model, target, skips);
    if (format.isEmpty()) {
      return Optional.empty();
    }
    if (model.moe().isEmpty() && ranks.expertParallel() > 1) {
      skips.add("model " + model.name() + " has no experts for groups of chips");
      return Optional.empty();
    }
    final int all = chips * ranks.dataParallel();
    if (!targets.joins(target, all, skips)) {
      return Optional.empty();
    }
    final SystemDescription usual =
        targets.read(
            system,
            targets.aliases().stack(framework, device),
            all,
            deployment.cache(model.name(), precision, version));
    final SystemDescription box =
        usual.with(deployment.stack(usual.stack(), model.name(), precision, version, format.get()));
    try {
      final Plan.Wishes wishes = new Plan.Wishes(Optional.of(chips), Optional.of(1), format, ranks);
      final Plan plan = Plan.of(box, model, wishes);
      final Target software =
          targets
              .variants()
              .with(
                  target,
                  deployment.kernels(
                      target.stack().matmul(), model.name(), precision, format.get()));
      return Optional.of(new ServedModel(targets.variants().serving(software, plan), plan));
    } catch (final InvalidInputException e) {
      skips.add("model " + model.name() + " does not fit " + all + " x " + box.chip().name());
      return Optional.empty();
    }
  }

  /** The plain roofline of its steps at a mean context. */
  StepRoofline steps(final double context) {
    return StepRoofline.of(plan, target, context);
  }
}
