package org.inferchip.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.inferchip.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published traces against the manifest that stands beside them. */
class PublishedTraceTest {
  private static final ReadOptions POISSON =
      new ReadOptions(Optional.empty(), ClockResets.APPEND, ArrivalProcess.parse("poisson:1"), 1);

  @ParameterizedTest
  @CsvSource({
    "azure2023_code_dev20min.csv, azure",
    "azure2023_conv_dev20min.csv, azure",
    "mooncake_conversation_dev1200s.jsonl, mooncake",
    "mooncake_synthetic_dev400s.jsonl, mooncake",
    "ragpulse_dev2000.jsonl, ragpulse",
  })
  void shouldReadEveryRowOfTheManifest(final String file, final String format) throws IOException {
    final JsonNode manifest = manifest(file);
    final Trace trace = read(file);
    assertEquals(format, trace.format());
    assertEquals(manifest.get("sha256").asText(), trace.sha256());
    assertEquals(manifest.get("rows").asLong(), trace.rowsRead());
    assertEquals(manifest.get("rows").asLong(), trace.requests().size());
    assertEquals(manifest.get("sum_in").asLong(), trace.inputTokens());
    assertEquals(manifest.get("sum_out").asLong(), trace.outputTokens());
    assertEquals(0, trace.drops().size());
    inOrder(trace);
  }

  @ParameterizedTest
  @CsvSource({
    "mooncake_conversation_dev1200s.jsonl, 97495, 1199999",
    "mooncake_synthetic_dev400s.jsonl, 34807, 399937",
  })
  void shouldReadEveryBlockIdentifier(final String file, final long blocks, final long lastMs) {
    final Trace trace = read(file);
    assertEquals(blocks, trace.requests().stream().mapToLong(r -> r.blocks().size()).sum());
    final Request last = trace.requests().get(trace.requests().size() - 1);
    assertEquals(lastMs * 1_000_000, last.arrivalNanos());
    assertEquals(512, trace.scheme().blockTokens());
  }

  @ParameterizedTest
  @CsvSource({
    "llmservingsim_sharegpt-llama-3.1-8b-300-sps10_lengths.jsonl, llmservingsim, 300",
    "llmservingsim_vllm_measured_llama31_8b_rtxpro6000_requests.jsonl, llmservingsim, 300",
    "llmservingsim_example_trace.jsonl, llmservingsim, 10",
    "tracelab_multi_session_large.csv, tracelab-csv, 303",
    "tracelab_session_workload_example.csv, tracelab-csv, 11",
    "vidur_arxiv_summarization_dev4000.csv, vidur, 4000",
    "weka_agentic_dev.jsonl, weka, 530",
    "weka_agentic_subagent_dev.jsonl, weka, 105",
  })
  void shouldReadEveryRowOfOtherFormats(final String file, final String format, final long rows)
      throws IOException {
    final Trace trace = read(file);
    assertEquals(format, trace.format());
    assertEquals(rows, trace.rowsRead());
    assertEquals(manifest(file).get("sha256").asText(), trace.sha256());
    inOrder(trace);
  }

  @Test
  void shouldKeepTheRecordedTimesOfMeasuredRuns() throws IOException {
    final String file = "llmservingsim_vllm_measured_llama31_8b_rtxpro6000_requests.jsonl";
    final JsonNode golden = manifest(file);
    final Trace trace = read(file);
    final double ttft =
        trace.requests().stream().mapToLong(Request::recordedTtftNanos).average().orElseThrow();
    final double tpot =
        trace.requests().stream()
            .mapToDouble(
                r -> (r.recordedE2eNanos() - r.recordedTtftNanos()) / (r.outputTokens() - 1.0))
            .average()
            .orElseThrow();
    assertEquals(golden.at("/ttft_ms/mean").asDouble(), ttft / 1e6, 1e-6);
    assertEquals(golden.at("/tpot_ms/mean").asDouble(), tpot / 1e6, 1e-6);
  }

  @Test
  void shouldReadWekaSessionsAsChains() throws IOException {
    final JsonNode golden = manifest("weka_agentic_dev.jsonl");
    final Trace trace = read("weka_agentic_dev.jsonl");
    assertEquals(Map.of("zero_output_tokens", 1L), drops(trace));
    assertEquals(golden.get("sum_out").asLong(), trace.outputTokens());
    assertEquals(
        golden.get("sessions").asLong(),
        trace.requests().stream().map(Request::session).distinct().count());
    assertEquals(64, trace.scheme().blockTokens());
    assertEquals(BlockScheme.Scope.SESSION, trace.scheme().scope());
    assertEquals(29, trace.requests().stream().filter(Request::isTimed).count());
  }

  @Test
  void shouldNameTheOdditiesOfAzure() {
    final Trace trace = read("oddities_azure.csv");
    assertEquals(7, trace.rowsRead());
    assertEquals(5, trace.requests().size());
    assertEquals(Map.of("zero_input_tokens", 1L, "zero_output_tokens", 1L), drops(trace));
    assertEquals(2, notes(trace).get("unsorted_rows"));
    assertEquals(4, notes(trace).get("mixed_time_zones"));
    assertEquals(1, notes(trace).get("clock_jump"));
    assertEquals(1, notes(trace).get("tied_arrivals"));
    assertEquals(17, trace.requests().get(0).inputTokens());
    assertEquals(879_960_000L, trace.requests().get(1).arrivalNanos());
    assertEquals(4808, trace.requests().get(1).inputTokens());
  }

  @Test
  void shouldNameTheOdditiesOfMooncake() {
    final Trace trace = read("oddities_mooncake.jsonl");
    assertEquals(7, trace.rowsRead());
    assertEquals(Map.of("zero_output_tokens", 1L), drops(trace));
    assertEquals(
        Map.of(
            "blank_lines", 1L,
            "fewer_hash_ids", 1L,
            "no_hash_ids", 1L,
            "priority_sign", 1L,
            "tied_arrivals", 1L),
        notes(trace));
    final Request last = trace.requests().get(5);
    assertEquals("a1", last.id());
    assertEquals(java.util.List.of("a0"), last.waitFor());
    assertEquals(50_000_000L, last.delayNanos());
    assertEquals(1_200_000_000L, last.toolWaitNanos());
    assertEquals(3_000_500_000L, trace.requests().get(2).arrivalNanos());
  }

  @Test
  void shouldAppendTheSecondWeekOfRagPulse() {
    final Trace trace = read("oddities_ragpulse.jsonl");
    assertEquals(2, trace.requests().size());
    assertEquals(1, notes(trace).get("clock_reset"));
    assertEquals(0, trace.requests().get(0).row());
    assertEquals(604_453_000_000_000L, trace.requests().get(1).arrivalNanos());
  }

  @ParameterizedTest
  @CsvSource({
    "oddities_burstgpt_v1_6col.csv, 5, 3, 2, 113",
    "oddities_burstgpt_v3_8col.csv, 3, 2, 1, 51",
  })
  void shouldReadBurstGptByColumnName(
      final String file, final int rows, final int requests, final long failed, final int last) {
    final Trace trace = read(file);
    assertEquals(rows, trace.rowsRead());
    assertEquals(requests, trace.requests().size());
    assertEquals(Map.of("failed_request", failed), drops(trace));
    assertEquals(last * 1_000_000_000L, trace.requests().get(requests - 1).arrivalNanos());
  }

  /** The manifest's hits of an endless cache, counted by another program. */
  @ParameterizedTest
  @CsvSource({
    "mooncake_conversation_dev1200s.jsonl, 30998",
    "mooncake_synthetic_dev400s.jsonl, 8233",
  })
  void shouldCountReusableBlocks(final String file, final long hits) {
    assertEquals(hits, TraceStatistics.of(read(file)).reusableBlocks());
  }

  static Trace read(final String file) {
    return TraceReader.read(SharedData.file("traces/" + file), POISSON);
  }

  private static JsonNode manifest(final String file) throws IOException {
    return new ObjectMapper()
        .readTree(SharedData.file("traces/MANIFEST.json").toFile())
        .get("files")
        .get(file);
  }

  private static Map<String, Long> drops(final Trace trace) {
    return trace.drops().stream().collect(Collectors.toMap(Drop::reason, Drop::count));
  }

  private static Map<String, Long> notes(final Trace trace) {
    return trace.notes().stream().collect(Collectors.toMap(Note::code, Note::count));
  }

  private static void inOrder(final Trace trace) {
    long before = 0;
    for (final Request request : trace.requests()) {
      if (request.isTimed()) {
        assertTrue(request.arrivalNanos() >= before, request.id());
        before = request.arrivalNanos();
      }
    }
  }
}
