package org.inferchip.trace;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields of {@code request-trace/1}: a superset of Mooncake's and of Dynamo's agentic rows.
 * JSON and CSV differ in two names only: {@code delay} is {@code delay_ms}, and what {@code
 * recorded} holds stands in {@code rec_ttft_ms} and {@code rec_e2e_ms}.
 */
final class NativeFields {
  static final String ID = "request_id";
  static final String TIME = "timestamp";
  static final String INPUT = "input_length";
  static final String OUTPUT = "output_length";
  static final String MOST_OUTPUT = "max_output_length";
  static final String BLOCKS = "hash_ids";
  static final String PREFIX_LENGTH = "prefix_length";
  static final String PREFIX_GROUP = "prefix_group";
  static final String SESSION = "session_id";
  static final String TURN = "turn";
  static final String WAIT_FOR = "wait_for";
  static final String DELAY_JSON = "delay";
  static final String DELAY_CSV = "delay_ms";
  static final String TOOL_WAIT = "tool_wait_ms";
  static final String RESET = "prefix_reset";
  static final String MODEL = "model";
  static final String LORA = "lora_id";
  static final String PRIORITY = "priority";
  static final String CLASS = "slo_class";
  static final String DEADLINE = "deadline_ms";
  static final String CANCEL = "cancel_after_ms";
  static final String ACCEPTANCE = "acceptance_rate";
  static final String SAMPLES = "n";
  static final String IMAGES = "num_images";
  static final String RECORDED = "recorded";
  static final String TTFT_JSON = "ttft_ms";
  static final String E2E_JSON = "e2e_ms";
  static final String TTFT_CSV = "rec_ttft_ms";
  static final String E2E_CSV = "rec_e2e_ms";

  private static final List<String> SHARED =
      List.of(
          ID,
          TIME,
          INPUT,
          OUTPUT,
          MOST_OUTPUT,
          BLOCKS,
          PREFIX_LENGTH,
          PREFIX_GROUP,
          SESSION,
          TURN,
          WAIT_FOR,
          TOOL_WAIT,
          RESET,
          MODEL,
          LORA,
          PRIORITY,
          CLASS,
          DEADLINE,
          CANCEL,
          ACCEPTANCE,
          SAMPLES,
          IMAGES);

  /** Keys of a JSON row. */
  static final Set<String> JSON = with(DELAY_JSON, RECORDED);

  /** Columns of a CSV row, in the order in which they are written. */
  static final Set<String> CSV = with(DELAY_CSV, TTFT_CSV, E2E_CSV);

  private NativeFields() {}

  private static Set<String> with(final String... others) {
    final Set<String> keys = new LinkedHashSet<>(SHARED);
    keys.addAll(List.of(others));
    return java.util.Collections.unmodifiableSet(keys);
  }
}
