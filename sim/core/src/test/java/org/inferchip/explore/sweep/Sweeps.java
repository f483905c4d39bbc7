package org.inferchip.explore.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small sweeps for tests. */
final class Sweeps {
  /** 18 points of a small model. */
  static final String SMALL =
      """
      name: small
      description: A sweep of a test
      systems: [h100-sxm, attention-asic]
      models: [llama-3.2-1b]
      work: {kind: steps, batch: 4, context: 256, prefill: 64, output: 32}
      vary:
        - {kind: factors, path: memory.bandwidth, factors: [0.5, 1, 2]}
        - {kind: list, path: memory.capacity, values: [6 GB, 16 GB, 32 GB]}
      constraints: ["tpot_ms < 100 ms"]
      objectives: {tpot_ms: min, tokens_per_joule: max}
      """;

  private Sweeps() {}

  static Path file(final Path folder, final String text) {
    try {
      return Files.writeString(folder.resolve("sweep.yaml"), text);
    } catch (final IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static SweepPlan plan(final Path folder, final String text) {
    return SweepReader.read(file(folder, text).toString(), Optional.empty(), "");
  }

  static List<Row> run(
      final SweepPlan plan, final Optional<Path> store, final int threads, final boolean prune) {
    return new SweepRun(plan, new SweepRun.Options(store, true, threads, prune, 1, Map.of()))
        .run(left -> {}, done -> {})
        .rows();
  }
}
