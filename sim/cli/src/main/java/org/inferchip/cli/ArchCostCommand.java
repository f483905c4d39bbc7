package org.inferchip.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Die;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.cost.BreakEven;
import org.inferchip.cost.ChipCost;
import org.inferchip.cost.DevelopmentCost;
import org.inferchip.cost.DieCost;
import org.inferchip.cost.HourlyCost;
import org.inferchip.cost.Purchase;
import org.inferchip.energy.SystemPower;
import org.inferchip.report.ChartFiles;
import org.inferchip.report.CostWaterfall;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arch cost}: what it takes to make, buy and keep a chip or a system. */
@Command(
    name = "cost",
    description = {
      "Shows what a chip costs to make and to buy, step by step, and its system to own.",
      "With --out, the steps as charts and CSV."
    },
    footer = "  inferchip arch cost dgx-h100")
final class ArchCostCommand extends BaseCommand {
  @Parameters(paramLabel = "SYSTEM", description = "Name or path of a chip or a system.")
  private String name;

  @Option(
      names = "--against",
      paramLabel = "SYSTEM",
      description = "From how many packages on making this one is cheaper than buying that one.")
  private String against;

  @Option(
      names = "--ratio",
      paramLabel = "R",
      defaultValue = "1",
      description = "Packages of the other that one of these replaces (default: 1).")
  private double ratio;

  @Mixin private OverrideOptions set;

  /**
   * A kind of die.
   *
   * @param name of it
   * @param count in a package
   * @param areaMm2 of one
   * @param process that makes it
   * @param perWafer gross dies
   * @param yield share without a defect
   * @param soldShare share that sells
   * @param rawUsd wafer under one
   * @param usd one that sells
   */
  record DieRow(
      String name,
      int count,
      double areaMm2,
      String process,
      double perWafer,
      double yield,
      double soldShare,
      double rawUsd,
      double usd) {}

  @Override
  protected void check(final Problems problems) {
    if (!(ratio > 0)) {
      problems.add(Checks.at("--ratio", "is not above 0", Double.toString(ratio), "such as 2.5"));
    }
  }

  @Override
  protected int run() {
    final SystemDescription system = read(name, set.overrides());
    final Chip chip = system.chip();
    final ChipCost cost = ChipCost.of(chip);
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("chip", chip.name());
    json.put("chips", system.count());
    final List<DieRow> dies = dies(chip);
    json.put("dies", dies);
    json.put("waterfall_usd", cost.waterfall());
    json.put("made_usd", cost.made());
    json.put("price_usd", cost.price());
    json.put("price_basis", chip.cost().price().isPresent() ? "stated" : "margin");
    json.put("rental_usd_per_hour", chip.cost().rental().orElse(null));
    final List<Object> shown = new ArrayList<>(List.of(table(dies), table(chip, cost)));
    shown.add(owned(system, json));
    chip.cost()
        .development()
        .ifPresent(plan -> shown.add(development(chip, DevelopmentCost.of(chip, plan), json)));
    if (against != null) {
      shown.add(breakEven(chip, cost, json));
    }
    withFolder(
        folder -> {
          if (folder != null) {
            final ChartFiles charts = new ChartFiles(folder);
            charts.write("cost-made", CostWaterfall.made(chip.name(), cost.waterfall()));
            charts.write("cost-price", CostWaterfall.priced(chip.name(), cost.waterfall()));
          }
        });
    result(json, shown.toArray());
    return ExitCode.DONE;
  }

  private static SystemDescription read(final String name, final Overrides overrides) {
    return Descriptions.here().system(name, Optional.empty(), overrides).value();
  }

  private static List<DieRow> dies(final Chip chip) {
    final List<DieRow> rows = new ArrayList<>();
    for (final Die die : chip.dies()) {
      final DieCost cost = DieCost.of(die, die.process(chip));
      rows.add(
          new DieRow(
              die.name(),
              die.count(),
              die.area(),
              die.process(chip).name(),
              cost.grossDies(),
              cost.yield(),
              cost.soldShare(),
              cost.raw(),
              cost.dollars()));
    }
    return rows;
  }

  private static Table table(final List<DieRow> dies) {
    final Table table =
        new Table()
            .left("die")
            .right("count")
            .right("area", "mm2")
            .left("process")
            .right("a wafer")
            .right("yield")
            .right("sold")
            .right("cost", "$");
    for (final DieRow die : dies) {
      table.row(
          die.name(),
          die.count(),
          die.areaMm2(),
          die.process(),
          die.perWafer(),
          die.yield(),
          die.soldShare(),
          die.usd());
    }
    return table;
  }

  private static Table table(final Chip chip, final ChipCost cost) {
    final Table table = new Table().left(chip.name()).right("cost", "$").right("of the price");
    cost.waterfall()
        .forEach(
            (step, dollars) -> {
              if (dollars != 0) {
                table.row(step.replace('_', ' '), dollars, percent(dollars / cost.price()));
              }
            });
    return table
        .row("made", cost.made(), percent(cost.made() / cost.price()))
        .row("price", cost.price(), percent(1));
  }

  private static Table owned(final SystemDescription system, final Map<String, Object> json) {
    final Purchase bought = Purchase.of(system, system.count());
    final double watts = SystemPower.atLimit(system, system.count()).facility();
    final HourlyCost hourly = HourlyCost.of(system, system.count(), watts);
    json.put("purchase_usd", bought);
    json.put("facility_w_at_limit", watts);
    final Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("capital", hourly.capital());
    parts.put("maintenance", hourly.maintenance());
    parts.put("site", hourly.site());
    parts.put("electricity", hourly.electricity());
    parts.put("total", hourly.owned());
    json.put("usd_per_hour_at_limit", parts);
    final Table table = new Table().left("owned, at the limit").right("bought", "$").right("$/h");
    return table
        .row("chips", bought.chips(), null)
        .row("server", bought.server(), null)
        .row("network", bought.network(), null)
        .row("racks", bought.racks(), null)
        .row("capital of these", bought.equipment(), hourly.capital())
        .row("maintenance", null, hourly.maintenance())
        .row("site", bought.building(), hourly.site())
        .row("electricity", null, hourly.electricity())
        .row("all", bought.total(), hourly.owned());
  }

  private static Table development(
      final Chip chip, final DevelopmentCost cost, final Map<String, Object> json) {
    final Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("modules", cost.modules());
    parts.put("dies", cost.dies());
    parts.put("masks", cost.masks());
    parts.put("packaging", cost.packaging());
    parts.put("software", cost.software());
    parts.put("interest", cost.capital());
    parts.put("total", cost.total());
    json.put("development_usd", parts);
    json.put("volume", chip.cost().development().flatMap(plan -> plan.volume()).orElse(null));
    final Table table = new Table().left("development").right("once", "M$");
    parts.forEach((part, dollars) -> table.row(part, (double) dollars * 1e-6));
    return table;
  }

  private String breakEven(final Chip chip, final ChipCost cost, final Map<String, Object> json) {
    final double development =
        chip.cost().development().map(plan -> DevelopmentCost.of(chip, plan).total()).orElse(0.0);
    final double rival = ratio * ChipCost.of(read(against, Overrides.none()).chip()).price();
    final OptionalDouble packages = BreakEven.packages(development, cost.made(), rival);
    final Map<String, Object> found = new LinkedHashMap<>();
    found.put("against", against);
    found.put("ratio", ratio);
    found.put("saved_usd", rival);
    found.put("packages", packages.isPresent() ? packages.getAsDouble() : null);
    json.put("break_even", found);
    if (packages.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "Making one costs $%.0f, more than the $%.0f that it replaces: it never pays.",
          cost.made(),
          rival);
    }
    return String.format(
        Locale.ROOT,
        "Making them for $%.0f is cheaper than buying %s for $%.0f from %.0f packages on.",
        cost.made(),
        against,
        rival,
        Math.ceil(packages.getAsDouble()));
  }

  private static String percent(final double share) {
    return Table.percent(share) + " %";
  }
}
