package org.inferchip.cost;

/**
 * Tokens for a dollar and dollars for a million tokens.
 *
 * <p>An owner pays for every hour of the calendar and serves in a share of them (utilisation), so a
 * second of serving costs {@code $/h / 3600 / utilisation}; a tenant rents only the hours in which
 * he serves (utilisation 1).
 *
 * <p>Input and output apart: the cost of the whole time, idle seconds included, is divided between
 * prefill and decode in proportion to the step time that each caused (see {@code
 * StepTime.prefillShare}): within a step, attention counts for its own kind and every other
 * operator by tokens. Other rules (by token count, by list-price ratio) give other splits; the
 * total does not depend on the rule.
 *
 * @param tokensPerDollar generated tokens for a dollar
 * @param input dollars for a million prompt tokens; NaN without any
 * @param output dollars for a million generated tokens; NaN without any
 * @param total dollars for a million tokens of both kinds; NaN without any
 */
public record TokenCost(double tokensPerDollar, double input, double output, double total) {
  private static final double SECONDS_PER_HOUR = 3600;
  private static final double MILLION = 1e6;

  /**
   * The cost of tokens.
   *
   * @param dollarsPerHour of the calendar
   * @param utilisation share of the hours that serve, above 0
   * @param seconds served
   * @param prefillShare share of the step time caused by prefill, 0 to 1
   * @param inputTokens prompt tokens served in that time
   * @param outputTokens generated in that time
   */
  public static TokenCost of(
      final double dollarsPerHour,
      final double utilisation,
      final double seconds,
      final double prefillShare,
      final long inputTokens,
      final long outputTokens) {
    final double dollars = dollarsPerHour / SECONDS_PER_HOUR / utilisation * seconds;
    return new TokenCost(
        outputTokens / dollars,
        perMillion(dollars * prefillShare, inputTokens),
        perMillion(dollars * (1 - prefillShare), outputTokens),
        perMillion(dollars, inputTokens + outputTokens));
  }

  private static double perMillion(final double dollars, final long tokens) {
    return tokens == 0 ? Double.NaN : dollars / tokens * MILLION;
  }
}
