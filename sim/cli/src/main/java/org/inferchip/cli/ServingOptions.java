package org.inferchip.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.Evaluator;
import org.inferchip.explore.FleetWishes;
import org.inferchip.explore.Scenario;
import org.inferchip.model.LoadedModel;
import org.inferchip.model.Models;
import org.inferchip.serving.Policy;
import org.inferchip.serving.ServingConfig;
import org.inferchip.serving.Slo;
import org.inferchip.simulation.Plan;
import org.inferchip.trace.Trace;
import org.inferchip.units.BadQuantityException;
import org.inferchip.units.Dimension;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import org.inferchip.units.Quantity;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that serve a trace. */
final class ServingOptions {
  @Option(
      names = "--model",
      paramLabel = "M",
      order = 20,
      description = "Model, by name or path; needed, here or in a scenario.")
  private String model;

  @Option(names = "--trace", paramLabel = "T", order = 21, description = "Trace, by name or path.")
  private String trace;

  @Option(
      names = "--policy",
      paramLabel = "P",
      order = 22,
      description =
          "vllm: continuous batching, or what the stack has in its place; prompts-first: so, but"
              + " waiting prompts go ahead of decoding; static: a batch at a time; slotted: seats"
              + " in time slots (default: vllm).")
  private Policy policy;

  @Option(
      names = "--prefix-caching",
      negatable = true,
      order = 22,
      description =
          "Compute prompts that begin alike once, or (--no-prefix-caching) each whole"
              + " (default: once, where the stack does it and the trace tells which do).")
  private Boolean prefixCaching;

  @Option(
      names = "--slo",
      paramLabel = "ttft=..,tpot=..",
      split = ",",
      hideParamSyntax = true,
      order = 23,
      description =
          "Objectives that count as good: ttft, tpot, e2e, such as ttft=2s,tpot=50ms. A number"
              + " without a unit is in ms.")
  private Map<String, String> objectives = new LinkedHashMap<>();

  @Option(
      names = "--require-slo",
      order = 24,
      description = "Exit with 1 if any request misses its objectives.")
  private boolean requireObjectives;

  private Slo scenarioSlo = Slo.NONE;
  private boolean traceOptionsSound;
  private LoadedModel readModel;
  private Trace readTrace;

  @Mixin private TraceOptions traces;
  @Mixin private PlanOptions plan;
  @Mixin private SystemOptions systems;

  /** Takes what the command line left open from a scenario. */
  void fillFrom(final Scenario scenario) {
    model = model == null ? scenario.model() : model;
    trace = trace == null ? scenario.trace() : trace;
    policy = policy == null ? scenario.policy().orElse(null) : policy;
    prefixCaching = prefixCaching == null ? scenario.prefixCaching().orElse(null) : prefixCaching;
    scenarioSlo = scenario.slo().map(Scenario.Objectives::slo).orElse(Slo.NONE);
    traces.fillFrom(scenario);
    plan.fillFrom(scenario);
    systems.fillFrom(scenario);
  }

  void check(final Problems problems) {
    final int before = problems.count();
    traces.check(problems);
    traceOptionsSound = problems.count() == before;
    plan.check(problems);
    slo(problems);
    if (Boolean.TRUE.equals(prefixCaching) && policy == Policy.STATIC) {
      problems.add(
          new Problem(
              CommandLineProblems.PLACE,
              0,
              0,
              "--prefix-caching",
              "the policy has no prefix cache",
              "--policy static",
              "--policy vllm",
              ""));
    }
    if (requireObjectives && objectives.isEmpty() && !scenarioSlo.isPresent()) {
      problems.add(
          new Problem(
              CommandLineProblems.PLACE,
              0,
              0,
              "--require-slo",
              "there are no objectives to meet",
              "no --slo",
              "--slo ttft=2s,tpot=50ms",
              ""));
    }
  }

  /** Reads the model and the trace that are named, and adds what is wrong with them. */
  void read(final Problems problems, final long seed) {
    if (model != null) {
      readModel = problems.read(() -> Models.here().read(model)).orElse(null);
    }
    if (trace != null && traceOptionsSound) {
      readTrace = problems.read(() -> traces.read(trace, seed)).orElse(null);
    }
  }

  /** The model as typed, or null. */
  String modelName() {
    return model;
  }

  /** The trace as typed, or null. */
  String traceName() {
    return trace;
  }

  /** The model that was read. */
  LoadedModel model() {
    return readModel;
  }

  /** The trace that was read. */
  Trace trace() {
    return readTrace;
  }

  Plan.Wishes wishes() {
    return plan.wishes();
  }

  SystemOptions systems() {
    return systems;
  }

  /** Whether all checks of a run passed, and its objectives were met where they must be. */
  boolean passes(final Evaluation evaluation) {
    final boolean met = evaluation.run().rates().attainment() >= 1;
    return evaluation.sound() && (met || !requireObjectives);
  }

  Evaluator.Options options(final FleetWishes fleet, final long seed) {
    final Slo slo = objectives.isEmpty() ? scenarioSlo : slo(new Problems());
    return new Evaluator.Options(
        plan.wishes(),
        policy == null ? Policy.VLLM : policy,
        Optional.ofNullable(prefixCaching),
        slo.isPresent() ? Map.of(ServingConfig.DEFAULT_CLASS, slo) : Map.of(),
        systems.mappings(),
        fleet,
        systems.detail(),
        seed);
  }

  private Slo slo(final Problems problems) {
    OptionalLong ttft = OptionalLong.empty();
    OptionalLong tpot = OptionalLong.empty();
    OptionalLong e2e = OptionalLong.empty();
    for (final Map.Entry<String, String> one : objectives.entrySet()) {
      final OptionalLong picos = picos(one.getKey(), one.getValue(), problems);
      switch (one.getKey()) {
        case "ttft" -> ttft = picos;
        case "tpot" -> tpot = picos;
        case "e2e" -> e2e = picos;
        default ->
            problems.add(problem("there is no such objective", one.getKey(), "ttft, tpot or e2e"));
      }
    }
    return new Slo(ttft, tpot, e2e);
  }

  private static OptionalLong picos(final String key, final String text, final Problems problems) {
    try {
      // A bare number is milliseconds: the unit of every latency that is printed.
      final String spelled = text.matches("-?[0-9.]+") ? text + " ms" : text;
      final double seconds = Quantity.parse(spelled, Dimension.SECONDS).value();
      if (!(seconds > 0)) {
        problems.add(problem(key + ": is out of range", text, "above 0"));
      }
      return OptionalLong.of(Math.round(seconds * 1e12));
    } catch (final BadQuantityException e) {
      problems.add(problem(key + ": " + e.getMessage(), text, "a time such as 50ms or 2s"));
      return OptionalLong.empty();
    }
  }

  private static Problem problem(final String what, final String found, final String expected) {
    return new Problem(CommandLineProblems.PLACE, 0, 0, "--slo", what, found, expected, "");
  }
}
