package org.inferchip.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.explore.FleetWishes;
import org.inferchip.explore.FleetWishes.Overlap;
import org.inferchip.explore.Scenario;
import org.inferchip.simulation.Plan;
import org.inferchip.units.BadQuantityException;
import org.inferchip.units.Dimension;
import org.inferchip.units.Keyed;
import org.inferchip.units.Nearest;
import org.inferchip.units.Picoseconds;
import org.inferchip.units.Problems;
import org.inferchip.units.Quantity;
import picocli.CommandLine.Option;

/** Options of instances that compute prompts for others. */
final class PrefillOptions {
  private static final String HANDOVER = "--handover";
  private static final String EXAMPLE = "bandwidth=50GB/s,latency=10us,overlap=layers";

  @Option(
      names = "--prefill-system",
      paramLabel = "S",
      order = 26,
      description =
          "Compute prompts on instances of this system or chip, by name or path, and decode on"
              + " those of --system; --stack, --set and --map are of the latter (default: no"
              + " such instances).")
  private String system;

  @Option(
      names = "--prefill-stack",
      paramLabel = "NAME",
      order = 26,
      description = "Another software stack for these.")
  private String stack;

  @Option(
      names = "--prefill-replicas",
      paramLabel = "N",
      order = 26,
      description = "How many of these (default: 1).")
  private Integer replicas;

  @Option(
      names = "--prefill-tp",
      paramLabel = "N",
      order = 26,
      description = "Chips of these that each layer is split over (default: as few as can be).")
  private Integer tensorParallel;

  @Option(
      names = HANDOVER,
      paramLabel = "bandwidth=..,latency=..",
      split = ",",
      hideParamSyntax = true,
      order = 26,
      description =
          "Port of each instance for keys and values of prompts; needed with --prefill-system, such"
              + " as bandwidth=50GB/s,latency=10us. With overlap=layers each layer is sent as"
              + " soon as it is computed (default: overlap=none, after the first token).")
  private Map<String, String> handover = new LinkedHashMap<>();

  private Described<SystemDescription> read;

  void fillFrom(final Scenario scenario) {
    scenario.prefill().ifPresent(this::fillFrom);
  }

  private void fillFrom(final Scenario.Prefill prefill) {
    system = system == null ? prefill.system() : system;
    stack = stack == null ? prefill.stack().orElse(null) : stack;
    replicas = replicas == null ? prefill.replicas().orElse(null) : replicas;
    tensorParallel =
        tensorParallel == null ? prefill.tensorParallel().orElse(null) : tensorParallel;
    final Scenario.Port port = prefill.handover();
    handover.putIfAbsent("bandwidth", port.bandwidth() + " B/s");
    handover.putIfAbsent("latency", port.latency() + " s");
    port.overlap().ifPresent(of -> handover.putIfAbsent("overlap", Keyed.of(of)));
  }

  void check(final Problems problems) {
    if (replicas != null) {
      Checks.within(problems, "--prefill-replicas", replicas, 1, FleetWishes.MOST);
    }
    PlanOptions.positive(problems, "--prefill-tp", tensorParallel);
    if (!handover.isEmpty()) {
      link(problems);
    }
    if (system != null) {
      WorkOptions.required(problems, HANDOVER, handover.isEmpty() ? null : handover);
      read =
          problems
              .read(
                  () ->
                      Descriptions.here()
                          .system(system, Optional.ofNullable(stack), Overrides.none()))
              .orElse(null);
    } else if (stack != null || replicas != null || tensorParallel != null || !handover.isEmpty()) {
      problems.add(
          Checks.at(
              "--prefill-system",
              "is missing, so there is nobody to hand caches over",
              "nothing",
              "a name or path"));
    }
  }

  boolean wanted() {
    return system != null;
  }

  /** What is asked for, as options. */
  String words() {
    return "--prefill-system " + system;
  }

  /**
   * The instances.
   *
   * @param of formats that are asked for of all instances
   */
  Optional<FleetWishes.Prefill> wishes(final Plan.Wishes of) {
    return system == null
        ? Optional.empty()
        : Optional.of(
            new FleetWishes.Prefill(
                read,
                replicas == null ? 1 : replicas,
                new Plan.Wishes(
                    Optional.ofNullable(tensorParallel),
                    Optional.empty(),
                    of.weights(),
                    new Plan.Ranks(1, 1, of.ranks().expertSkew())),
                link(new Problems())));
  }

  private FleetWishes.Link link(final Problems problems) {
    for (final String key : handover.keySet()) {
      if (!List.of("bandwidth", "latency", "overlap").contains(key)) {
        problems.add(
            Checks.at(HANDOVER, "there is no such key", key, "bandwidth, latency or overlap"));
      }
    }
    final double bandwidth = quantity("bandwidth", Dimension.BYTES_PER_SECOND, problems);
    if (bandwidth == 0) {
      problems.add(Checks.at(HANDOVER, "bandwidth: is out of range", "0", "above 0"));
    }
    return new FleetWishes.Link(
        bandwidth,
        Picoseconds.of(quantity("latency", Dimension.SECONDS, problems)),
        overlap(problems));
  }

  private double quantity(final String key, final Dimension dimension, final Problems problems) {
    final String text = handover.get(key);
    if (text == null) {
      problems.add(Checks.at(HANDOVER, key + ": is missing", "" + handover.keySet(), EXAMPLE));
      return 1;
    }
    try {
      return Quantity.parse(text, dimension).value();
    } catch (final BadQuantityException e) {
      problems.add(Checks.at(HANDOVER, key + ": " + e.getMessage(), text, e.expected()));
      return 1;
    }
  }

  private Overlap overlap(final Problems problems) {
    final String text = handover.getOrDefault("overlap", "none");
    for (final Overlap one : Overlap.values()) {
      if (one.name().equalsIgnoreCase(text)) {
        return one;
      }
    }
    problems.add(
        Checks.at(HANDOVER, "overlap: there is no such way", text, "none or layers")
            .near(Nearest.of(text, List.of("none", "layers"))));
    return Overlap.NONE;
  }
}
