package org.inferchip.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.inferchip.explore.Evaluator.Served;
import org.inferchip.explore.LoadPoint;
import org.inferchip.trace.Trace;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problems;
import picocli.CommandLine.Option;

/** At which loads a trace is served besides its own. */
final class LoadOptions {
  private static final double MOST = 1e6;

  @Option(
      names = "--load",
      paramLabel = "0.5,1,2",
      split = ",",
      hideParamSyntax = true,
      order = 31,
      description =
          "Serve the trace also with its arrivals so many times as fast, for latency against load"
              + " and throughput against latency (default: none).")
  private List<Double> factors = new ArrayList<>();

  void check(final Problems problems) {
    for (final Double factor : factors) {
      if (!(factor > 0 && factor <= MOST)) {
        problems.add(
            Checks.at("--load", "is out of range", factor.toString(), "above 0, at most " + MOST));
      }
    }
    if (new HashSet<>(factors).size() < factors.size()) {
      problems.add(Checks.at("--load", "a load stands twice", factors + "", "different loads"));
    }
  }

  boolean wanted() {
    return !factors.isEmpty();
  }

  /**
   * Refuses a trace without arrivals over time, before any work.
   *
   * @param trace that is served
   */
  void check(final Trace trace) {
    if (wanted() && trace.spanNanos() == 0) {
      throw new InvalidInputException(
          Checks.at(
              "--load", "all requests arrive at once", trace.name(), "arrivals over some time"));
    }
  }

  /** Serves the trace at each load, the lowest first. */
  List<LoadPoint> of(final Served served, final Trace trace) {
    return served.under(trace, factors.stream().sorted().toList());
  }
}
