package org.inferchip.calibrate;

/**
 * A load stage of a serving engine: requests of one kind at one rate for some time. Prompts repeat
 * (a few system prompts, each with a few users' questions), so with the engine's prefix cache on,
 * all full blocks of a prompt but the last token's are hits.
 *
 * @param rate requests a second
 * @param poisson whether arrivals are random; otherwise evenly spaced
 * @param seconds how long
 * @param promptTokens mean prompt
 * @param outputTokens of each output: what clients asked the engine for. The mean that they count
 *     themselves ({@code output_len_mean}) is of the text tokenized again: it is above the limit
 *     for one model and a fifth below for another whose texts the engine ended at the limit all the
 *     same
 * @param prompts different prompts
 * @param maxBatchedTokens token budget of a step
 * @param maxSequences running requests
 * @param kvBlocks blocks of the KV cache; 0 where the table does not say
 */
record Stage(
    double rate,
    boolean poisson,
    double seconds,
    double promptTokens,
    double outputTokens,
    int prompts,
    int maxBatchedTokens,
    int maxSequences,
    int kvBlocks) {

  static Stage of(final MeasuredRow row) {
    final double prompt =
        row.number("prompt_len_mean")
            .orElseGet(
                () -> row.required("system_prompt_tokens") + row.required("question_tokens"));
    return new Stage(
        row.required("rate_rps"),
        "poisson".equals(row.text("arrival")),
        row.required("duration_s"),
        prompt,
        row.required("output_tokens"),
        row.whole("n_system_prompts") * row.whole("users_per_prompt"),
        row.whole("max_num_batched_tokens"),
        row.whole("max_num_seqs"),
        (int) row.number("total_kv_blocks").orElse(0));
  }
}
