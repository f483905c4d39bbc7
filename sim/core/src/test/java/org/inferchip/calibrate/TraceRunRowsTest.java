package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inferchip.SharedData;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceRunRowsTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("../..").toAbsolutePath().normalize()));
  private static final String HEADER =
      "trace,measured_at,backend,backend_version,model,system,precision,tp_size,"
          + "max_num_batched_tokens,max_num_seqs\n";

  @TempDir Path folder;

  private ValidationReport run(final Path trace) throws IOException {
    final Path table = folder.resolve("runs.csv");
    Files.writeString(
        table,
        HEADER
            + trace.toAbsolutePath()
            + ",engine,vllm,0.19.0,meta-llama/Llama-3.1-8B,RTXPRO6000,bfloat16,1,2048,128\n");
    return new Validation(SHIPPED, List.of(), 1)
        .run(List.of(table), GroupBy.parse("metric"), count -> () -> {});
  }

  /** vLLM's own records of 300 requests; means as the run's authors give them. */
  @Test
  void shouldPredictAMeasuredRun() throws IOException {
    final ValidationReport report =
        run(
            SharedData.file(
                "traces/llmservingsim_vllm_measured_llama31_8b_rtxpro6000_requests.jsonl"));
    final ValidationReport.Row tpot = report.predictions().get(0);
    assertEquals(32_458, tpot.measured(), 1);
    assertEquals(tpot.measured(), tpot.predicted(), 0.03 * tpot.measured());
    final ValidationReport.Row ttft = report.predictions().get(1);
    assertEquals(7_097_157, ttft.measured(), 1);
    assertEquals(ttft.measured(), ttft.predicted(), 0.05 * ttft.measured());
  }

  @Test
  void shouldCountATraceWithoutTimes() throws IOException {
    final Path trace = folder.resolve("plain.jsonl");
    Files.writeString(trace, "{\"input_toks\": 10, \"output_toks\": 2, \"arrival_time_ns\": 0}\n");
    assertEquals(3, run(trace).skipped().get("the trace has no measured times"));
  }
}
