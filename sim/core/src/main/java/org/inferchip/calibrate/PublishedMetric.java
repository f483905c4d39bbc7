package org.inferchip.calibrate;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A published number as a time in microseconds, made of the time of all prompts, of one prompt, and
 * of a token. Rates become times, so that errors of all have one sign: too slow is positive.
 */
enum PublishedMetric {
  /** Of a token of one user. */
  TOKEN("decode"),
  /** From the prompts to the last token. */
  REQUEST("decode"),
  /** The same for each token of prompt and output. */
  REQUEST_PER_TOKEN("decode"),
  /** Of all tokens of all users after their prompts: output tokens a second. */
  OUTPUT("throughput"),
  /** Of all users who decode, where no prompt and no output is stated. */
  DECODING("throughput"),
  /** As {@link #OUTPUT}, with tokens of prompts counted. */
  ALL_TOKENS("throughput"),
  /** Until one user's first token. */
  FIRST("ttft"),
  /** The same, published as tokens a second. */
  PROMPT("ttft");

  private static final double MICROS_PER_SECOND = 1e6;
  private static final double MICROS_PER_MILLI = 1e3;

  private final String metric;

  PublishedMetric(final String metric) {
    this.metric = metric;
  }

  /** What a row is called that has it. */
  String metric() {
    return metric;
  }

  /**
   * The metric of a row.
   *
   * @param name as the table spells it
   * @param outputTokens of the row; 1 of a latency says that it is of the first token
   */
  static Optional<PublishedMetric> of(final String name, final int outputTokens) {
    return switch (name) {
      case "decode_tok_s_user", "decode_tok_s", "tpot" -> Optional.of(TOKEN);
      case "latency" -> Optional.of(outputTokens == 1 ? FIRST : TOKEN);
      case "e2e_latency" -> Optional.of(REQUEST);
      case "latency_per_token" -> Optional.of(REQUEST_PER_TOKEN);
      case "throughput_out_tok_s" -> Optional.of(outputTokens == 0 ? DECODING : OUTPUT);
      case "throughput_in+out_tok_s" -> Optional.of(ALL_TOKENS);
      case "ttft", "ttft_p50", "ttft_min" -> Optional.of(FIRST);
      case "prefill_tok_s" -> Optional.of(PROMPT);
      default -> Optional.empty();
    };
  }

  /** Whether a row of it must state how many tokens came out. */
  boolean needsOutput() {
    return switch (this) {
      case REQUEST, REQUEST_PER_TOKEN, OUTPUT, ALL_TOKENS -> true;
      case TOKEN, FIRST, PROMPT, DECODING -> false;
    };
  }

  /** Whether it holds the time of a prompt. */
  boolean hasPrompt() {
    return this != TOKEN && this != DECODING;
  }

  /**
   * A published number in microseconds; empty where its unit is none of its kind.
   *
   * @param unit as the table spells it
   */
  OptionalDouble micros(final double value, final String unit, final PublishedRun run) {
    final double tokens =
        switch (this) {
          case TOKEN -> 1;
          case DECODING -> run.users();
          case PROMPT -> run.promptTokens();
          case OUTPUT -> (double) run.users() * run.outputTokens();
          case ALL_TOKENS -> (double) run.users() * (run.promptTokens() + run.outputTokens());
          case REQUEST, REQUEST_PER_TOKEN, FIRST -> Double.NaN;
        };
    return switch (unit) {
      case "s" -> OptionalDouble.of(value * MICROS_PER_SECOND);
      case "ms", "ms/token" -> OptionalDouble.of(value * MICROS_PER_MILLI);
      case "tok/s", "tok/s/user", "tokens/s" ->
          tokens > 0
              ? OptionalDouble.of(tokens / value * MICROS_PER_SECOND)
              : OptionalDouble.empty();
      default -> OptionalDouble.empty();
    };
  }

  /** The time of a run by the times of its parts. */
  double of(final PublishedRun run, final Parts parts) {
    return switch (this) {
      case TOKEN, DECODING -> parts.token();
      case FIRST, PROMPT -> parts.first();
      case REQUEST, OUTPUT, ALL_TOKENS -> request(run, parts);
      case REQUEST_PER_TOKEN -> request(run, parts) / (run.promptTokens() + run.outputTokens());
    };
  }

  private static double request(final PublishedRun run, final Parts parts) {
    return parts.prompts() + (run.outputTokens() - 1) * parts.token();
  }

  /** Times of the parts of a run, microseconds. */
  interface Parts {
    /** A step of decoding. */
    double token();

    /** One user's prompt. */
    double first();

    /** The prompts of all users. */
    double prompts();
  }
}
