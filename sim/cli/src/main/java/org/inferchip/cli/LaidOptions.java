package org.inferchip.cli;

import org.inferchip.arch.SystemDescription;
import org.inferchip.model.Model;
import org.inferchip.model.Models;
import org.inferchip.simulation.Plan;
import org.inferchip.units.Problems;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that lay one model on one system and need no trace. */
final class LaidOptions {
  @Option(
      names = "--system",
      paramLabel = "S",
      required = true,
      order = 10,
      description = "System or chip, by name or path.")
  private String system;

  @Option(
      names = "--model",
      paramLabel = "M",
      required = true,
      order = 11,
      description = "Model, by name or path.")
  private String model;

  @Mixin private PlanOptions plan;
  @Mixin private SystemOptions systems;

  private SystemDescription readSystem;
  private Model readModel;

  /** Reads the system and the model, and adds what is wrong with them or with the options. */
  void check(final Problems problems) {
    plan.check(problems);
    problems.read(() -> systems.read(system)).ifPresent(read -> readSystem = read.value());
    problems.read(() -> Models.here().read(model)).ifPresent(read -> readModel = read.model());
  }

  /** How the model lies on the system. */
  Plan plan() {
    return Plan.of(readSystem, readModel, plan.wishes());
  }

  SystemOptions systems() {
    return systems;
  }
}
