package org.inferchip.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Offload;
import org.inferchip.explore.Scenario;
import org.inferchip.numerics.Format;
import org.inferchip.simulation.Plan;
import org.inferchip.units.BadQuantityException;
import org.inferchip.units.Dimension;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import org.inferchip.units.Quantity;
import picocli.CommandLine.Option;

/** Options of commands that lay a model on a system. */
final class PlanOptions {
  @Option(
      names = "--tp",
      paramLabel = "N",
      order = 40,
      description = "Chips that each layer is split over (default: as few as the model fits on).")
  private Integer tensorParallel;

  @Option(
      names = "--pp",
      paramLabel = "N",
      order = 41,
      description = "Pipeline stages (default: 1, or as many as on-chip weights need).")
  private Integer pipelineParallel;

  @Option(
      names = "--ep",
      paramLabel = "N",
      order = 41,
      description =
          "Groups of chips over which experts are dealt (default: 1, all chips share each).")
  private Integer expertParallel;

  @Option(
      names = "--expert-skew",
      paramLabel = "S",
      order = 41,
      description =
          "Hot experts: that of rank r is liked r^-S as much as the first (default: the model's"
              + " popularity; 0: all alike).")
  private Double expertSkew;

  @Option(
      names = "--dp",
      paramLabel = "N",
      order = 41,
      description =
          "Ranks with sequences of their own, each of --tp chips (default: 1). Experts are spread"
              + " over all ranks.")
  private Integer dataParallel;

  @Option(
      names = "--format",
      paramLabel = "F",
      order = 42,
      description = "Format of weights, such as bf16, fp8_e4m3, int8 (default: the stack's).")
  private String format;

  @Option(
      names = "--offload-weights",
      paramLabel = "SHARE",
      order = 43,
      description =
          "Share of each layer's weights that is kept behind device memory and copied in every step"
              + " (default: none).")
  private Double offloadWeights;

  @Option(
      names = "--offload-cache",
      paramLabel = "BYTES",
      order = 43,
      description =
          "Bytes behind device memory, such as \"200 GiB\", for keys and values of preempted"
              + " requests (default: none, they are computed again).")
  private String offloadCache;

  void fillFrom(final Scenario scenario) {
    fillOffload(scenario.offload().orElse(Offload.NONE));
    tensorParallel =
        tensorParallel == null ? scenario.tensorParallel().orElse(null) : tensorParallel;
    pipelineParallel =
        pipelineParallel == null ? scenario.pipelineParallel().orElse(null) : pipelineParallel;
    dataParallel = dataParallel == null ? scenario.dataParallel().orElse(null) : dataParallel;
    expertSkew = expertSkew == null ? scenario.expertSkew().orElse(null) : expertSkew;
    expertParallel =
        expertParallel == null ? scenario.expertParallel().orElse(null) : expertParallel;
    format = format == null ? scenario.format().map(Format::key).orElse(null) : format;
  }

  private void fillOffload(final Offload offload) {
    offloadWeights = offloadWeights == null ? offload.weights().orElse(null) : offloadWeights;
    offloadCache =
        offloadCache == null
            ? offload.cache().map(bytes -> Math.round(bytes) + " B").orElse(null)
            : offloadCache;
  }

  void check(final Problems problems) {
    offload(problems);
    if (expertSkew != null && !(expertSkew >= 0 && expertSkew <= 4)) {
      problems.add(Checks.at("--expert-skew", "is out of range", expertSkew.toString(), "0 to 4"));
    }
    positive(problems, "--tp", tensorParallel);
    positive(problems, "--pp", pipelineParallel);
    positive(problems, "--ep", expertParallel);
    positive(problems, "--dp", dataParallel);
    parse(format, problems);
  }

  Plan.Wishes wishes() {
    return new Plan.Wishes(
        Optional.ofNullable(tensorParallel),
        Optional.ofNullable(pipelineParallel),
        parse(format, new Problems()),
        new Plan.Ranks(
            dataParallel == null ? 1 : dataParallel,
            expertParallel == null ? 1 : expertParallel,
            Optional.ofNullable(expertSkew)),
        offload(new Problems()));
  }

  private Offload offload(final Problems problems) {
    if (offloadWeights != null && !(offloadWeights >= 0 && offloadWeights <= 1)) {
      problems.add(
          Checks.at("--offload-weights", "is out of range", offloadWeights.toString(), "0 to 1"));
    }
    return new Offload(
        Optional.ofNullable(offloadWeights),
        Optional.ofNullable(offloadCache).flatMap(text -> bytes(text, problems)));
  }

  private static Optional<Double> bytes(final String text, final Problems problems) {
    try {
      return Optional.of(Quantity.parse(text, Dimension.BYTES).value());
    } catch (final BadQuantityException e) {
      problems.add(Checks.at("--offload-cache", e.getMessage(), text, e.expected()));
      return Optional.empty();
    }
  }

  /** A format by its name; a problem if there is none. */
  static Optional<Format> parse(final String name, final Problems problems) {
    if (name == null) {
      return Optional.empty();
    }
    final List<String> names = Arrays.stream(Format.values()).map(Format::key).toList();
    for (final Format one : Format.values()) {
      if (one.key().equalsIgnoreCase(name)) {
        return Optional.of(one);
      }
    }
    problems.add(
        new Problem(
                CommandLineProblems.PLACE,
                0,
                0,
                "--format",
                "there is no such number format",
                name,
                String.join(", ", names),
                "")
            .near(Nearest.of(name, names)));
    return Optional.empty();
  }

  /** Adds a problem if a number is there and not positive. */
  static void positive(final Problems problems, final String option, final Integer value) {
    if (value != null && value < 1) {
      problems.add(
          new Problem(
              CommandLineProblems.PLACE,
              0,
              0,
              option,
              "is out of range",
              value.toString(),
              "1 or more",
              ""));
    }
  }
}
