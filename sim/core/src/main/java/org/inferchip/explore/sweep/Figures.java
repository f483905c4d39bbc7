package org.inferchip.explore.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Die;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.cost.ChipCost;
import org.inferchip.cost.HourlyCost;
import org.inferchip.cost.TokenCost;
import org.inferchip.energy.SystemPower;
import org.inferchip.simulation.Plan;
import org.inferchip.units.Dimension;

/** The figures that points have, by the names that results of {@code run} have. */
final class Figures {
  private static final List<String> STATISTICS = List.of("mean", "p50", "p90", "p99");
  private static final List<String> LATENCIES = List.of("ttft_ms", "tpot_ms", "itl_ms", "e2e_ms");

  private Figures() {}

  /** Of every point, known before it is simulated. */
  private static List<Column> design() {
    return List.of(
        Column.integer("chips"),
        Column.integer("kv_tokens"),
        Column.of("area_mm2", Dimension.SQUARE_MILLIMETRES),
        Column.of("die_mm2", Dimension.SQUARE_MILLIMETRES),
        Column.of("tdp_w", Dimension.WATTS),
        Column.of("price_usd", Dimension.DOLLARS),
        Column.of("made_usd", Dimension.DOLLARS),
        Column.number("estimate_share"));
  }

  private static List<Column> money() {
    return List.of(
        Column.number("output_tokens_per_s"),
        Column.of("power_w_chip", Dimension.WATTS),
        Column.of("power_w_board", Dimension.WATTS),
        Column.of("power_w_system", Dimension.WATTS),
        Column.of("power_w_facility", Dimension.WATTS),
        Column.number("tokens_per_joule"),
        Column.number("tokens_per_s_per_watt"),
        Column.number("tokens_per_chip_joule"),
        Column.of("usd_per_hour", Dimension.DOLLARS_PER_HOUR),
        Column.number("tokens_per_usd"),
        Column.number("usd_per_million_tokens_input"),
        Column.number("usd_per_million_tokens_output"),
        Column.number("usd_per_million_tokens_total"));
  }

  /** The columns of a kind of work. */
  static List<Column> columns(final Work work) {
    final List<Column> all = new ArrayList<>(design());
    if (work instanceof Work.Steps) {
      for (final String latency : List.of("ttft_ms", "tpot_ms", "e2e_ms")) {
        all.add(Column.millis(latency));
      }
    } else {
      for (final String count : List.of("requests", "completed", "rejected", "unfinished")) {
        all.add(Column.integer(count));
      }
      all.add(Column.of("duration_s", Dimension.SECONDS));
      for (final String latency : LATENCIES) {
        STATISTICS.forEach(statistic -> all.add(Column.millis(latency + "_" + statistic)));
      }
      all.add(Column.number("goodput_rps"));
      all.add(Column.number("slo_attainment"));
    }
    all.addAll(money());
    return all;
  }

  /** What a name means: that of a latency of a trace means its mean. */
  static String meant(final String name, final Work work) {
    return work instanceof Work.Replay && LATENCIES.contains(name) ? name + "_mean" : name;
  }

  /** Adds what is known of a design before it is simulated. */
  static void design(
      final Described<SystemDescription> system, final Plan plan, final Map<String, Double> to) {
    final Chip chip = system.value().chip();
    final ChipCost cost = ChipCost.of(chip);
    to.put("chips", (double) plan.packages());
    to.put("kv_tokens", (double) plan.kvTokens());
    to.put("area_mm2", Die.areaOf(chip.dies()));
    to.put("die_mm2", chip.dies().stream().mapToDouble(Die::area).max().orElse(0));
    to.put("tdp_w", chip.power().tdp());
    to.put("price_usd", cost.price());
    to.put("made_usd", cost.made());
    to.put("estimate_share", system.sources().estimateShare());
  }

  /**
   * Adds what work costs.
   *
   * @param seconds of it
   * @param joules of all chips
   * @param prefillShare share of the time that prompts caused
   */
  static void money(
      final Plan plan,
      final double seconds,
      final double joules,
      final double prefillShare,
      final long inputTokens,
      final long outputTokens,
      final Map<String, Double> to) {
    final int chips = plan.chips();
    final SystemPower watts = SystemPower.of(plan.system(), chips, joules / seconds, 1);
    final HourlyCost hourly = HourlyCost.of(plan.system(), chips, watts.facility());
    final TokenCost tokens =
        TokenCost.of(
            hourly.owned(), hourly.utilisation(), seconds, prefillShare, inputTokens, outputTokens);
    to.put("output_tokens_per_s", outputTokens / seconds);
    money(watts, outputTokens / (watts.system() * seconds), outputTokens / joules, to);
    money(hourly, tokens, to);
  }

  static void money(
      final SystemPower watts,
      final double tokensPerJoule,
      final double tokensPerChipJoule,
      final Map<String, Double> to) {
    to.put("power_w_chip", watts.chip());
    to.put("power_w_board", watts.board());
    to.put("power_w_system", watts.system());
    to.put("power_w_facility", watts.facility());
    to.put("tokens_per_joule", tokensPerJoule);
    to.put("tokens_per_s_per_watt", tokensPerJoule);
    to.put("tokens_per_chip_joule", tokensPerChipJoule);
  }

  static void money(final HourlyCost hourly, final TokenCost tokens, final Map<String, Double> to) {
    to.put("usd_per_hour", hourly.owned());
    to.put("tokens_per_usd", tokens.tokensPerDollar());
    to.put("usd_per_million_tokens_input", tokens.input());
    to.put("usd_per_million_tokens_output", tokens.output());
    to.put("usd_per_million_tokens_total", tokens.total());
  }
}
