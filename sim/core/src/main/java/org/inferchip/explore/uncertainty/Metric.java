package org.inferchip.explore.uncertainty;

import org.inferchip.units.Keyed;

/** A figure of a run that gets an interval. */
public enum Metric implements Keyed {
  /** Median time to first token. */
  TTFT_P50("ttft_ms_p50", "TTFT p50 [ms]", false),
  /** 99th percentile of the time to first token. */
  TTFT_P99("ttft_ms_p99", "TTFT p99 [ms]", false),
  /** Median time per output token. */
  TPOT_P50("tpot_ms_p50", "TPOT p50 [ms]", false),
  /** Median time of a whole request. */
  E2E_P50("e2e_ms_p50", "E2E p50 [ms]", false),
  /** Generated tokens a second. */
  OUTPUT_RATE("output_tokens_per_s", "output [tokens/s]", true),
  /** Average watts at the plug. */
  SYSTEM_WATTS("power_w_system", "system power [W]", false),
  /** Generated tokens a joule at the plug, which is tokens a second per watt. */
  TOKENS_PER_JOULE("tokens_per_joule", "tokens/s per watt (system) [tokens/J]", true),
  /** Generated tokens a joule of the chips alone. */
  TOKENS_PER_CHIP_JOULE("tokens_per_chip_joule", "tokens/s per watt (chips) [tokens/J]", true),
  /** Dollars an hour of an owner. */
  USD_PER_HOUR("usd_per_hour", "owned [$/h]", false),
  /** Generated tokens for an owner's dollar. */
  TOKENS_PER_USD("tokens_per_usd", "tokens per dollar (owned) [tokens/$]", true),
  /** An owner's dollars for a million tokens of both kinds. */
  USD_PER_MILLION("usd_per_million_tokens_total", "all tokens [$ per million]", false),
  /** Generated tokens for a tenant's dollar. */
  TOKENS_PER_USD_RENTED("rented_tokens_per_usd", "tokens per dollar (rented) [tokens/$]", true);

  private final String key;
  private final String label;
  private final boolean moreIsBetter;

  Metric(final String key, final String label, final boolean moreIsBetter) {
    this.key = key;
    this.label = label;
    this.moreIsBetter = moreIsBetter;
  }

  @Override
  public String key() {
    return key;
  }

  /** With its unit, for people. */
  public String label() {
    return label;
  }

  /** Whether more of it is better. */
  public boolean moreIsBetter() {
    return moreIsBetter;
  }
}
