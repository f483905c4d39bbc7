package org.inferchip.cli;

import java.util.List;
import org.inferchip.explore.uncertainty.Uncertainty;
import org.inferchip.units.Problems;
import picocli.CommandLine.Option;

/** Options of commands that say how far their figures can be trusted. */
final class DrawOptions {
  private static final int LEAST = 20;
  private static final int MOST = 1_000_000;

  @Option(
      names = "--draws",
      paramLabel = "N",
      order = 30,
      description =
          "Draw every uncertain number of the descriptions N times, such as 1000: 90 %% intervals"
              + " of the figures, how sure the order is, what matters most (default: none).")
  private Integer draws;

  void check(final Problems problems) {
    if (draws != null && (draws < LEAST || draws > MOST)) {
      problems.add(
          Checks.at(
              "--draws", "is out of range", draws.toString(), "from " + LEAST + " to " + MOST));
    }
  }

  boolean wanted() {
    return draws != null;
  }

  /** How many; 0 for none. */
  int count() {
    return draws == null ? 0 : draws;
  }

  /** Draws the runs of a command. */
  Uncertainty of(final List<Uncertainty.Run> runs, final SystemOptions systems, final long seed) {
    return Uncertainty.of(runs, draws, seed, systems.detail(), systems.mappings());
  }
}
