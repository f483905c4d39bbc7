package org.inferchip.cli;

import org.inferchip.explore.FleetWishes;
import org.inferchip.explore.Scenario;
import org.inferchip.serving.RouterPolicy;
import org.inferchip.simulation.Plan;
import org.inferchip.units.Problems;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that serve a trace on several instances. */
final class FleetOptions {
  @Option(
      names = "--replicas",
      paramLabel = "N",
      order = 25,
      description =
          "Instances of the system behind a router, each with a scheduler and a cache of its own"
              + " (default: 1).")
  private Integer replicas;

  @Option(
      names = "--router",
      paramLabel = "R",
      order = 25,
      description =
          "Which instance takes a request: round-robin, random (by --seed), least-requests,"
              + " least-tokens, session (always the same one), prefix (the one that has most of the"
              + " prompt in its cache) (default: least-requests).")
  private RouterPolicy router;

  @Mixin private PrefillOptions prefill = new PrefillOptions();

  void fillFrom(final Scenario scenario) {
    prefill.fillFrom(scenario);
    replicas = replicas == null ? scenario.replicas().orElse(null) : replicas;
    router = router == null ? scenario.router().orElse(null) : router;
  }

  void check(final Problems problems) {
    prefill.check(problems);
    if (replicas != null) {
      Checks.within(problems, "--replicas", replicas, 1, FleetWishes.MOST);
    }
    if (router != null && !wanted()) {
      problems.add(
          Checks.at("--router", "there is one instance", "no --replicas", "--replicas 2 or more"));
    }
  }

  /** Whether there are several. */
  boolean wanted() {
    return replicas != null && replicas > 1 || prefill.wanted();
  }

  /** What is asked for, as options. */
  String words() {
    return prefill.wanted() ? prefill.words() : "--replicas " + replicas;
  }

  /**
   * The instances.
   *
   * @param of formats that are asked for of all instances
   */
  FleetWishes wishes(final Plan.Wishes of) {
    return new FleetWishes(
        replicas == null ? 1 : replicas,
        router == null ? FleetWishes.NONE.router() : router,
        prefill.wishes(of));
  }
}
