package org.inferchip.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.inferchip.SharedData;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.simulation.StepCost;
import org.inferchip.trace.ReadOptions;
import org.inferchip.trace.Trace;
import org.inferchip.trace.TraceReader;
import org.inferchip.trace.TraceWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole published windows under a step cost of the size of an 8B model on one large GPU. */
class PublishedTraceServingTest {
  private static final StepCost EIGHT_BILLION =
      (batch, out) -> {
        final long picos =
            6_000_000_000L
                + batch.decodes() * 20_000_000L
                + batch.decodeContextSum() * 40_000L
                + batch.prefillTokens() * 25_000_000L;
        out.set(picos, picos, batch.prefillTokenShare(), EnergyBreakdown.ZERO);
      };

  @ParameterizedTest
  @CsvSource({
    "azure2023_conv_dev20min.csv, 5985, 1512323",
    "azure2023_code_dev20min.csv, 3628, 100545",
    "mooncake_conversation_dev1200s.jsonl, 3658, 1274811",
    // One prompt of more than 131,072 tokens, with 382 of the 295,214 output tokens, is rejected.
    "mooncake_synthetic_dev400s.jsonl, 1486, 294832",
  })
  void shouldCompleteEveryRequestOfThePublishedWindows(
      final String file, final long requests, final long outputTokens) {
    final Trace trace = TraceReader.read(SharedData.file("traces/" + file), ReadOptions.defaults());
    final RunResult result = run(trace, Prefixes.OFF);
    assertEquals(List.of(), result.violations());
    assertEquals(trace.inputTokens(), inputTokens(result));
    assertEquals(requests, result.counts().completed() + result.counts().rejected());
    assertEquals(outputTokens, result.counts().outputTokens());
    assertTrue(result.counts().rejected() <= 1, result.warnings().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "azure2023_code_dev20min.csv, OFF",
    "mooncake_synthetic_dev400s.jsonl, OFF",
    "mooncake_synthetic_dev400s.jsonl, CACHED",
    "tracelab_multi_session_large.csv, CACHED",
  })
  void shouldReplayItsOwnExportedTraceToTheSameResult(final String file, final Prefixes prefixes) {
    final Trace trace = TraceReader.read(SharedData.file("traces/" + file), ReadOptions.defaults());
    final Trace again = reread(TraceWriter.jsonLines(trace));
    final Trace asCsv = reread(TraceWriter.csv(trace));
    final RunResult run = run(trace, prefixes);
    assertEquals(List.of(), run.violations());
    assertEquals(prefixes == Prefixes.CACHED, run.occupancy().cachedPromptTokens() > 0);
    assertEquals(run.latencies(), run(again, prefixes).latencies());
    assertEquals(run.records(), run(again, prefixes).records());
    assertEquals(run.records(), run(asCsv, prefixes).records());
    assertEquals(run.occupancy(), run(asCsv, prefixes).occupancy());
  }

  private static Trace reread(final String text) {
    return TraceReader.read(
        "exported", text.getBytes(StandardCharsets.UTF_8), ReadOptions.defaults());
  }

  private static RunResult run(final Trace trace, final Prefixes prefixes) {
    final ServingConfig config = ServingConfig.vllm(8192, 1024, 27_000, 131_072);
    return Bench.run(trace, config.withPrefixes(prefixes), EIGHT_BILLION);
  }

  private static long inputTokens(final RunResult result) {
    return result.records().stream().mapToLong(RequestRecord::promptTokens).sum();
  }
}
