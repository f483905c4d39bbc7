package org.inferchip.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.inferchip.units.Problems;
import picocli.CommandLine.Option;

/** The options of every command. */
final class CommonOptions {
  private static final int MOST_THREADS = 4096;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 96,
      description = "Show this help and stop.")
  private boolean help;

  @Option(
      names = "--json",
      order = 91,
      description = "Print exactly one JSON object on standard output.")
  private boolean json;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      order = 92,
      description = "Write the result's files to this folder.")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      order = 93,
      description = "Seed of everything drawn at random (default: 1).")
  private Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      order = 94,
      description = "Threads across independent simulations (default: one a processor).")
  private Integer threads;

  @Option(
      names = {"-q", "--quiet"},
      order = 95,
      description = "No messages and no progress bar.")
  private boolean quiet;

  boolean json() {
    return json;
  }

  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  long seed() {
    return seed(1);
  }

  /** The seed, or another default where none is given. */
  long seed(final long otherwise) {
    return seed == null ? otherwise : seed;
  }

  /** The seed as typed. */
  Optional<Long> givenSeed() {
    return Optional.ofNullable(seed);
  }

  int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  boolean quiet() {
    return quiet;
  }

  void check(final Problems problems) {
    if (threads != null) {
      Checks.within(problems, "--threads", threads, 1, MOST_THREADS);
    }
    if (out != null && out.toString().isBlank()) {
      problems.add(Checks.at("--out", "no folder is named", "\"\"", "a path"));
    }
  }
}
