package org.inferchip.cli;

import java.util.function.BiFunction;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.Evaluator;
import org.inferchip.explore.Scenario;
import org.inferchip.explore.uncertainty.Uncertainty;
import org.inferchip.model.LoadedModel;
import org.inferchip.model.Models;
import org.inferchip.trace.Trace;
import org.inferchip.units.Problems;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A system that serves a trace, named by options or in a scenario file. */
final class WorkOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "Scenario, by name or path; options stand over it.")
  private String scenario;

  @Option(
      names = "--system",
      paramLabel = "S",
      order = 10,
      description = "System or chip, by name or path; needed, here or in a scenario.")
  private String system;

  @Mixin private ServingOptions serving;

  private Described<Scenario> described;

  /** Reads the scenario, if one is named, and adds what is wrong with the options. */
  void check(final Problems problems) {
    if (scenario != null) {
      described = Descriptions.here().read(Scenario.KIND, scenario, Overrides.none());
      system = system == null ? described.value().system() : system;
      serving.fillFrom(described.value());
    }
    serving.check(problems);
    required(problems, "--system", system);
    required(problems, "--model", serving.model());
  }

  /** Adds a problem if an option is missing. */
  static void required(final Problems problems, final String option, final Object value) {
    if (value == null) {
      problems.add(Checks.at(option, "is missing", "nothing", "a name or path"));
    }
  }

  String system() {
    return system;
  }

  ServingOptions serving() {
    return serving;
  }

  long seed(final CommonOptions common) {
    return common.seed(described == null ? 1 : described.value().seed().orElse(1L));
  }

  /**
   * Serves the trace.
   *
   * @param progress makes a progress bar of a label and a number of steps
   */
  Evaluation evaluate(final long seed, final BiFunction<String, Long, Progress> progress) {
    return serve(serving.trace(seed), seed, progress).served().evaluation();
  }

  /** As {@link #evaluate}, to be drawn. */
  Uncertainty.Run serve(
      final Trace trace, final long seed, final BiFunction<String, Long, Progress> progress) {
    final Described<SystemDescription> read = serving.systems().read(system);
    final LoadedModel model = Models.here().read(serving.model());
    try (Progress bar = progress.apply(read.value().name(), (long) trace.requests().size())) {
      return new Uncertainty.Run(
          read, new Evaluator(serving.options(seed)).serve(read, model, trace, bar.part()));
    }
  }
}
