package org.inferchip.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace that is written and read back is the same list of requests. */
class TraceWriterTest {
  private static final String EVERY_FIELD =
      """
      {"trace_schema":"request-trace/1","time_unit":"ms","block_size":16,"hash_scope":"session",\
      "partial_block":"floor","tokenizer":"t","source":"s","license":"l"}
      {"request_id":"a,\\"b","timestamp":0.000001,"input_length":64,"output_length":1,\
      "max_output_length":9,"hash_ids":[5,6,7,-3],"prefix_length":8,"prefix_group":"g",\
      "session_id":"S","turn":0,"model":"m","lora_id":"x","priority":-2,"slo_class":"fast",\
      "deadline_ms":1.5,"cancel_after_ms":20,"acceptance_rate":[0.7,0.55],"n":3,"num_images":2,\
      "recorded":{"ttft_ms":12.25,"e2e_ms":100}}
      {"request_id":"c","session_id":"S","turn":1,"input_length":70,"output_length":2,\
      "delay":5,"tool_wait_ms":0.25,"prefix_reset":true,"acceptance_rate":0.1}
      {"request_id":"d","session_id":"S","turn":2,"wait_for":[],"timestamp":7,\
      "input_length":1,"output_length":2}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "azure2023_conv_dev20min.csv",
        "mooncake_synthetic_dev400s.jsonl",
        "oddities_mooncake.jsonl",
        "oddities_ragpulse.jsonl",
        "oddities_burstgpt_v3_8col.csv",
        "weka_agentic_subagent_dev.jsonl",
        "tracelab_multi_session_large.csv",
        "llmservingsim_vllm_measured_llama31_8b_rtxpro6000_requests.jsonl",
      })
  void shouldReadBackPublishedTraces(final String file) {
    shouldReadBack(PublishedTraceTest.read(file));
  }

  @Test
  void shouldReadBackEveryField() {
    final Trace trace = parse("x.jsonl", EVERY_FIELD);
    final Request first = trace.requests().get(0);
    assertEquals(1, first.arrivalNanos());
    assertEquals(List.of(0.7, 0.55), first.acceptance());
    assertEquals(List.of("a,\"b"), trace.requests().get(1).waitFor());
    assertEquals(List.of(), trace.requests().get(2).waitFor());
    shouldReadBack(trace);
  }

  private static void shouldReadBack(final Trace trace) {
    final List<Request> wanted = renumbered(trace.requests());
    final String lines = TraceWriter.jsonLines(trace);
    final String csv = TraceWriter.csv(trace);
    final Trace fromLines = parse("x.jsonl", lines);
    final Trace fromCsv = parse("x.csv", csv);
    assertEquals(wanted, fromLines.requests());
    assertEquals(wanted, fromCsv.requests());
    assertEquals(trace.scheme(), fromCsv.scheme());
    assertEquals(lines, TraceWriter.jsonLines(fromCsv));
    assertTrue(fromLines.drops().isEmpty());
  }

  private static Trace parse(final String name, final String text) {
    return TraceReader.read(name, text.getBytes(StandardCharsets.UTF_8), ReadOptions.defaults());
  }

  /** Rows are those of the file, so a copy has other ones. */
  private static List<Request> renumbered(final List<Request> requests) {
    final java.util.ArrayList<Request> all = new java.util.ArrayList<>();
    for (final Request request : requests) {
      final Draft draft = Draft.of(request);
      draft.row = all.size();
      all.add(draft.build());
    }
    return all;
  }
}
