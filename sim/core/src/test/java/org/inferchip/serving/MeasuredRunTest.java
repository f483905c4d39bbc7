package org.inferchip.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.inferchip.SharedData;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.simulation.StepCost;
import org.inferchip.trace.ReadOptions;
import org.inferchip.trace.Trace;
import org.inferchip.trace.TraceReader;
import org.junit.jupiter.api.Test;

/**
 * The scheduler against a measured run of vLLM 0.19 (300 ShareGPT requests at 10/s on one RTX PRO
 * 6000, Llama-3.1-8B, budget 2048, 128 sequences; LLMServingSim's ground truth). The step cost is
 * physics (weights at 1.5 TB/s, cache at the same rate) and two numbers chosen to meet the mean
 * time per output token; queueing, which makes nearly all of the time to first token, is the
 * scheduler's.
 */
class MeasuredRunTest {
  private static final StepCost STEP =
      (batch, out) -> {
        final double micros =
            10_500
                + 0.086 * batch.decodeContextSum()
                + 40 * batch.decodes()
                + 45 * batch.prefillTokens();
        final long picos = Math.round(micros * 1e6);
        out.set(picos, picos, batch.prefillTokenShare(), EnergyBreakdown.ZERO);
      };

  @Test
  void shouldQueueAsTheMeasuredEngine() {
    final Trace trace =
        TraceReader.read(
            SharedData.file(
                "traces/llmservingsim_vllm_measured_llama31_8b_rtxpro6000_requests.jsonl"),
            ReadOptions.defaults());
    final RunResult run = Bench.run(trace, ServingConfig.vllm(2048, 128, 33_000, 131_072), STEP);
    assertEquals(List.of(), run.violations());
    final Latencies latencies = run.latencies();
    near(32.46, latencies.tpot().mean(), 0.02);
    near(33.42, latencies.tpot().p50(), 0.02);
    near(37.34, latencies.tpot().p99(), 0.04);
    near(7097, latencies.ttft().mean(), 0.04);
    near(9443, latencies.ttft().p50(), 0.04);
    near(19_755, latencies.ttft().p99(), 0.04);
    near(65.93, run.rates().durationSeconds(), 0.03);
  }

  private static void near(final double measured, final double simulated, final double share) {
    assertEquals(measured, simulated, share * measured);
  }
}
