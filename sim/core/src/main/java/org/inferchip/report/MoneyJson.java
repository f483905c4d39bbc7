package org.inferchip.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.SystemDescription;
import org.inferchip.cost.ChipCost;
import org.inferchip.cost.DevelopmentCost;
import org.inferchip.cost.Purchase;
import org.inferchip.explore.Evaluation;

/**
 * What a run's chips and all around them cost to make and to buy, and what of its rates that buys.
 * A package that was cut into regions counts by its parts.
 */
final class MoneyJson {
  private static final double MEGA = 1e6;

  private MoneyJson() {}

  static void put(final Evaluation evaluation, final Map<String, Object> json) {
    final SystemDescription system = evaluation.plan().system();
    final Chip chip = system.chip();
    final ChipCost cost = ChipCost.of(chip);
    final Purchase bought = evaluation.purchase();
    final double watts = evaluation.atLimit().facility();
    json.put("chip_cost_usd", cost.waterfall());
    json.put("chip_made_usd", cost.made());
    json.put("chip_price_usd", cost.price());
    json.put(
        "development_usd",
        chip.cost().development().map(plan -> DevelopmentCost.of(chip, plan).total()).orElse(null));
    final Map<String, Object> purchase = new LinkedHashMap<>();
    purchase.put("chips", bought.chips());
    purchase.put("server", bought.server());
    purchase.put("network", bought.network());
    purchase.put("racks", bought.racks());
    purchase.put("building", bought.building());
    purchase.put("total", bought.total());
    json.put("purchase_usd", purchase);
    json.put("facility_w_at_limit", watts);
    final double input = evaluation.run().rates().inputTokensPerSecond();
    final double output = evaluation.run().rates().outputTokensPerSecond();
    json.put("tokens_per_s_per_megawatt", per(input, output, watts / MEGA));
    json.put("tokens_per_s_per_million_usd", per(input, output, bought.total() / MEGA));
  }

  private static Map<String, Object> per(
      final double input, final double output, final double unit) {
    final Map<String, Object> rates = new LinkedHashMap<>();
    rates.put("input", input / unit);
    rates.put("output", output / unit);
    rates.put("total", (input + output) / unit);
    return rates;
  }
}
