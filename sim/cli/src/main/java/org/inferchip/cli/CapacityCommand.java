package org.inferchip.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.inferchip.cost.BreakEven;
import org.inferchip.cost.Replica;
import org.inferchip.cost.Replica.Fleet;
import org.inferchip.cost.Replica.Limits;
import org.inferchip.report.Result;
import org.inferchip.report.ResultReader;
import org.inferchip.report.SystemResult;
import org.inferchip.units.BadQuantityException;
import org.inferchip.units.Dimension;
import org.inferchip.units.Problems;
import org.inferchip.units.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capacity}: how many tokens a second fit a building or a budget. */
@Command(
    name = "capacity",
    description = {
      "Says how many tokens a second fit a building or a budget.",
      "Fills it with replicas of what a result was run on, as busy as in the run."
    },
    footer = "  inferchip capacity reports/first --megawatts 2 --budget '$50M'")
final class CapacityCommand extends BaseCommand {
  private static final String DEMAND = "--tokens-per-s";

  @Parameters(paramLabel = "DIR", description = "Folder that run or compare wrote with --out.")
  private Path results;

  @Option(
      names = "--megawatts",
      paramLabel = "MW",
      description = "Of the facility, with every chip at its limit.")
  private Double megawatts;

  @Option(
      names = "--budget",
      paramLabel = "DOLLARS",
      description = "To buy it with, building included, such as $50M.")
  private String budget;

  @Option(
      names = "--hourly",
      paramLabel = "DOLLARS/H",
      description = "For an owner's hours, such as $500/h.")
  private String hourly;

  @Option(
      names = DEMAND,
      paramLabel = "N",
      description = "Generated tokens a second that are enough.")
  private Double demand;

  @Option(
      names = "--rack",
      paramLabel = "WATTS",
      defaultValue = "40 kW",
      description = "What a rack feeds, at the plugs of its systems (default: 40 kW).")
  private String rack;

  private OptionalDouble rackWatts;
  private final Map<String, JsonNode> systems = new LinkedHashMap<>();
  private Limits limits;

  @Override
  protected void check(final Problems problems) {
    final OptionalDouble dollars = quantity(problems, "--budget", budget, Dimension.DOLLARS);
    final OptionalDouble anHour =
        quantity(problems, "--hourly", hourly, Dimension.DOLLARS_PER_HOUR);
    rackWatts = quantity(problems, "--rack", rack, Dimension.WATTS);
    final OptionalDouble power = number(problems, "--megawatts", megawatts);
    final OptionalDouble enough = number(problems, DEMAND, demand);
    if (megawatts == null && budget == null && hourly == null && demand == null) {
      problems.add(
          Checks.at(
              "--megawatts",
              "nothing limits how much is bought",
              "nothing",
              "--megawatts, --budget, --hourly or " + DEMAND));
    } else if (problems.isEmpty()) {
      limits = new Limits(power, dollars, anHour, enough);
    }
    ResultReader.read(results, problems)
        .map(Result::systems)
        .orElse(List.of())
        .forEach(system -> read(system, problems));
  }

  private void read(final SystemResult system, final Problems problems) {
    final JsonNode json = system.json();
    if (json.at("/purchase_usd/total").isMissingNode()) {
      problems.add(
          Checks.at(
              "DIR",
              "its result.json does not say what " + system.name() + " costs to buy",
              results.toString(),
              "a result of this version: run it again"));
    }
    systems.put(system.name(), json);
  }

  private static OptionalDouble number(
      final Problems problems, final String option, final Double value) {
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (!(value > 0)) {
      problems.add(Checks.at(option, "is not above 0", value.toString(), "such as 2"));
    }
    return OptionalDouble.of(value);
  }

  private static OptionalDouble quantity(
      final Problems problems, final String option, final String text, final Dimension of) {
    if (text == null) {
      return OptionalDouble.empty();
    }
    try {
      return number(problems, option, Quantity.parse(text, of).value());
    } catch (final BadQuantityException e) {
      problems.add(Checks.at(option, e.getMessage(), text, e.expected()));
      return OptionalDouble.empty();
    }
  }

  @Override
  protected int run() {
    final Table table =
        new Table()
            .left("system")
            .right("replicas")
            .right("chips")
            .right("facility", "MW")
            .right("bought", "M$")
            .right("owned", "$/h")
            .right("input", "tokens/s")
            .right("output", "tokens/s")
            .right("both", "tokens/s")
            .right("output a rack", "tokens/s")
            .left("limit");
    final List<Map<String, Object>> rows = new ArrayList<>();
    systems.forEach(
        (name, json) -> {
          final Map<String, Object> row = fleet(name, json);
          rows.add(row);
          table.row(
              name,
              row.get("replicas"),
              row.get("chips"),
              row.get("facility_mw"),
              (double) row.get("purchase_usd") * 1e-6,
              row.get("usd_per_hour"),
              row.get("input_tokens_per_s"),
              row.get("output_tokens_per_s"),
              row.get("total_tokens_per_s"),
              row.get("output_tokens_per_s_per_rack"),
              row.get("limit"));
        });
    final List<Map<String, Object>> even = breakEven();
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("systems", rows);
    json.put("break_even", even);
    if (even.isEmpty()) {
      result(json, table);
    } else {
      result(json, table, table(even));
    }
    return ExitCode.DONE;
  }

  private Map<String, Object> fleet(final String name, final JsonNode json) {
    final Replica replica = replica(json);
    final Fleet fleet = replica.fleet(limits);
    final double count = fleet.replicas();
    final Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("replicas", fleet.replicas());
    row.put("chips", fleet.replicas() * replica.chips());
    row.put("limit", fleet.limit());
    row.put("facility_mw", count * replica.limitWatts() * 1e-6);
    row.put("purchase_usd", count * replica.dollars());
    row.put("usd_per_hour", count * replica.dollarsPerHour());
    row.put("input_tokens_per_s", count * replica.inputRate());
    row.put("output_tokens_per_s", count * replica.outputRate());
    row.put("total_tokens_per_s", count * replica.totalRate());
    row.put("output_tokens_per_s_per_rack", perRack(json) * replica.outputRate());
    return row;
  }

  /** Whole replicas of a rack; of one that is larger than a rack, its part. */
  private double perRack(final JsonNode json) {
    final double fit = rackWatts.orElseThrow() / json.at("/power_at_tdp_w").asDouble();
    return fit < 1 ? fit : Math.floor(fit);
  }

  private static Replica replica(final JsonNode json) {
    return new Replica(
        json.at("/placement/chips").asInt(),
        json.at("/facility_w_at_limit").asDouble(),
        json.at("/purchase_usd/total").asDouble(),
        json.at("/usd_per_hour").asDouble(),
        json.at("/input_tokens_per_s").asDouble(),
        json.at("/output_tokens_per_s").asDouble());
  }

  /** From how many packages on a chip that is developed gives cheaper tokens than each other. */
  private List<Map<String, Object>> breakEven() {
    final List<Map<String, Object>> found = new ArrayList<>();
    systems.forEach(
        (name, json) -> {
          if (json.path("development_usd").isNumber()) {
            systems.forEach(
                (other, rival) -> {
                  if (!other.equals(name)) {
                    found.add(breakEven(name, json, other, rival));
                  }
                });
          }
        });
    return found;
  }

  private static Map<String, Object> breakEven(
      final String name, final JsonNode json, final String other, final JsonNode rival) {
    final double parity =
        BreakEven.parity(
            rival.at("/usd_per_million_tokens/total").asDouble()
                / json.at("/usd_per_million_tokens/total").asDouble(),
            json.at("/usd_per_hour").asDouble(),
            json.at("/usd_per_hour_parts/capital").asDouble()
                + json.at("/usd_per_hour_parts/maintenance").asDouble(),
            json.at("/purchase_usd/chips").asDouble()
                / (json.at("/purchase_usd/total").asDouble()
                    - json.at("/purchase_usd/building").asDouble()),
            json.at("/chip_price_usd").asDouble());
    final OptionalDouble packages =
        BreakEven.packages(
            json.at("/development_usd").asDouble(), json.at("/chip_made_usd").asDouble(), parity);
    final Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("against", other);
    row.put("chip_usd_at_equal_tokens", parity);
    row.put("packages", packages.isPresent() ? packages.getAsDouble() : null);
    return row;
  }

  private static Table table(final List<Map<String, Object>> rows) {
    final Table table =
        new Table()
            .left("cheaper tokens")
            .left("than")
            .right("below", "$ a chip")
            .right("from", "packages");
    rows.forEach(
        row ->
            table.row(
                row.get("name"),
                row.get("against"),
                row.get("chip_usd_at_equal_tokens"),
                row.get("packages")));
    return table;
  }
}
