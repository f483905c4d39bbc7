package org.inferchip.trace;

import java.util.Arrays;
import java.util.List;
import org.inferchip.units.Keyed;

/** Trace formats that are known; some are known only to be named in a message. */
public enum TraceFormat implements Keyed {
  /** Ours, JSON lines: a superset of Mooncake's and of Dynamo's agentic rows. */
  NATIVE_JSONL("request-trace-jsonl", true),
  /** Ours, the CSV twin. */
  NATIVE_CSV("request-trace-csv", true),
  /** Azure LLM inference 2023, 2024 and 2025 (Splitwise, ISCA 2024). */
  AZURE("azure", true),
  /** Mooncake, FAST 2025. */
  MOONCAKE("mooncake", true),
  /** Vidur's processed traces, with or without arrivals. */
  VIDUR("vidur", true),
  /** LLMServingSim's flat and session workloads and its measured vLLM runs. */
  LLMSERVINGSIM("llmservingsim", true),
  /** BurstGPT, KDD 2025, with 6 or 8 columns. */
  BURSTGPT("burstgpt", true),
  /** RAGPulse. */
  RAGPULSE("ragpulse", true),
  /** Weka's kv-cache-tester sessions, one a line. */
  WEKA("weka", true),
  /** TraceLab's replay CSV. */
  TRACELAB_CSV("tracelab-csv", true),
  /** The compact derivative of Weka's, with shared-prefix lengths instead of blocks. */
  WEKA_COMPACT("weka-compact", false),
  /** TraceLab's round records. */
  TRACELAB_ROUNDS("tracelab-rounds", false),
  /** ServeGen's per-client rate chunks. */
  SERVEGEN("servegen", false);

  private final String key;
  private final boolean readable;

  TraceFormat(final String key, final boolean readable) {
    this.key = key;
    this.readable = readable;
  }

  @Override
  public String key() {
    return key;
  }

  /** Whether there is a reader. */
  public boolean isReadable() {
    return readable;
  }

  /** Names of the formats that can be read. */
  public static List<String> readableKeys() {
    return Arrays.stream(values()).filter(TraceFormat::isReadable).map(TraceFormat::key).toList();
  }

  @Override
  public String toString() {
    return key;
  }
}
