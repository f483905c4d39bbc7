package org.inferchip.cli;

import java.util.Optional;
import java.util.function.BiFunction;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.Evaluator;
import org.inferchip.explore.Scenario;
import org.inferchip.explore.uncertainty.Uncertainty;
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

  private final FleetOptions single = new FleetOptions();
  private FleetOptions fleet;
  private Described<Scenario> described;
  private Described<SystemDescription> readSystem;

  /**
   * Reads the scenario, if one is named, and what it and the options name; adds what is wrong with
   * any of them.
   */
  void check(final Problems problems, final CommonOptions common) {
    check(problems, common, single);
    if (single.wanted()) {
      problems.add(
          Checks.at(
              "SCENARIO",
              "several instances are only run",
              single.words(),
              "inferchip run, or a scenario of one instance"));
    }
  }

  /** As {@link #check(Problems, CommonOptions)}, where several instances may serve. */
  void check(final Problems problems, final CommonOptions common, final FleetOptions instances) {
    fleet = instances;
    if (scenario != null) {
      final Optional<Described<Scenario>> read =
          problems.read(() -> Descriptions.here().read(Scenario.KIND, scenario, Overrides.none()));
      if (read.isEmpty()) {
        return; // what options lack cannot be told
      }
      described = read.get();
      system = system == null ? described.value().system() : system;
      serving.fillFrom(described.value());
      fleet.fillFrom(described.value());
    }
    serving.check(problems);
    fleet.check(problems);
    required(problems, "--system", system);
    required(problems, "--model", serving.modelName());
    if (system != null) {
      readSystem = problems.read(() -> serving.systems().read(system)).orElse(null);
    }
    serving.read(problems, seed(common));
  }

  /** Adds a problem if an option is missing. */
  static void required(final Problems problems, final String option, final Object value) {
    if (value == null) {
      problems.add(Checks.at(option, "is missing", "nothing", "a name or path"));
    }
  }

  /** The system as typed. */
  String systemName() {
    return system;
  }

  /** The system that was read. */
  Described<SystemDescription> system() {
    return readSystem;
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
    return serve(seed, progress).served().evaluation();
  }

  /** As {@link #evaluate}, to be drawn. */
  Uncertainty.Run serve(final long seed, final BiFunction<String, Long, Progress> progress) {
    final Trace trace = serving.trace();
    try (Progress bar = progress.apply(readSystem.value().name(), (long) trace.requests().size())) {
      final Evaluator evaluator =
          new Evaluator(serving.options(fleet.wishes(serving.wishes()), seed));
      return new Uncertainty.Run(
          readSystem, evaluator.serve(readSystem, serving.model(), trace, bar.part()));
    }
  }
}
