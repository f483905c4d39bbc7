package org.inferchip.explore.uncertainty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.Evaluator;
import org.inferchip.model.Models;
import org.inferchip.simulation.Plan;
import org.inferchip.trace.ReadOptions;
import org.inferchip.trace.Trace;
import org.inferchip.trace.Traces;
import org.inferchip.trace.Transform;
import org.inferchip.trace.Transforms;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Figures at other values, against runs that were simulated with them. */
class ServedSystemTest {
  private static final Catalog PACKED = new Catalog(Path.of("target", "no-such-folder"));
  private static final Descriptions FILES = new Descriptions(PACKED);
  private static final RangeTable TABLE =
      FILES.read(RangeTable.KIND, RangeTable.SHIPPED, Overrides.none()).value();

  private static Described<SystemDescription> described;
  private static Evaluator.Served served;
  private static ServedSystem system;

  private static Evaluator.Served serve(final Described<SystemDescription> of) {
    final Trace trace =
        Transform.applyAll(
            new Traces(PACKED).read("chat-azure-like", ReadOptions.defaults()),
            List.of(Transforms.first(6)),
            1);
    return new Evaluator(Evaluator.Options.usual(Plan.Wishes.NONE, 1))
        .serve(of, new Models(FILES).read("opt-125m"), trace, ended -> {});
  }

  private static Described<SystemDescription> h100(final String... overrides) {
    return FILES.system("h100-sxm", Optional.empty(), Overrides.parse(List.of(overrides)));
  }

  @BeforeAll
  static void draw() {
    described = h100();
    served = serve(described);
    final Survey survey = Survey.of(described, TABLE);
    system =
        new ServedSystem(
            described,
            served,
            survey,
            Detail.FOLDED,
            Map.of(),
            new MonteCarlo(1, 50).values(survey.variables()));
  }

  private static double[] figures(final Evaluation of) {
    final double[] figures = new double[Metric.values().length];
    figures[Metric.TTFT_P50.ordinal()] = of.run().latencies().ttft().p50();
    figures[Metric.TTFT_P99.ordinal()] = of.run().latencies().ttft().p99();
    figures[Metric.TPOT_P50.ordinal()] = of.run().latencies().tpot().p50();
    figures[Metric.E2E_P50.ordinal()] = of.run().latencies().e2e().p50();
    figures[Metric.OUTPUT_RATE.ordinal()] = of.run().rates().outputTokensPerSecond();
    figures[Metric.SYSTEM_WATTS.ordinal()] = of.run().energy().watts().system();
    figures[Metric.TOKENS_PER_JOULE.ordinal()] = of.run().energy().tokensPerJoule();
    figures[Metric.TOKENS_PER_CHIP_JOULE.ordinal()] = of.run().energy().tokensPerChipJoule();
    figures[Metric.USD_PER_HOUR.ordinal()] = of.hourly().owned();
    figures[Metric.TOKENS_PER_USD.ordinal()] = of.owned().tokensPerDollar();
    figures[Metric.USD_PER_MILLION.ordinal()] = of.owned().total();
    figures[Metric.TOKENS_PER_USD_RENTED.ordinal()] = of.rented().tokensPerDollar();
    return figures;
  }

  private static void assertAlike(
      final double[] expected, final double[] actual, final double tolerance) {
    for (final Metric metric : Metric.values()) {
      final double due = expected[metric.ordinal()];
      assertEquals(due, actual[metric.ordinal()], tolerance * due, metric.key());
    }
  }

  @Test
  void shouldMoveStepsByTheSharesThatClassesOfOperatorsHave() {
    final int tpot = Metric.TPOT_P50.ordinal();
    final double stated = system.figures(Map.of())[tpot];
    final Map<String, Double> all = new HashMap<>();
    double sum = 0;
    for (final ModelError error : ModelError.values()) {
      all.put(error.path(), 1.2);
      sum += system.figures(Map.of(error.path(), 1.2))[tpot] / stated - 1;
    }
    final double together = system.figures(all)[tpot] / stated - 1;
    // A fifth more of all that operators take; host time is of no class, queues bend it a little.
    assertTrue(together > 0.02 && together < 0.21, together + "");
    assertEquals(together, sum, 0.1 * together);
    assertEquals(stated, system.figures(Map.of(ModelError.EXPERTS.path(), 2.0))[tpot]);
    assertEquals(stated, system.figures(Map.of(Survey.ROUTED, 0.5))[tpot]);
  }

  @Test
  void shouldGiveTheRunsOwnFiguresAtStatedValues() {
    assertAlike(figures(served.evaluation()), system.figures(Map.of()), 1e-9);
  }

  @Test
  void shouldCountPricesAndFloorsAsIfTheDescriptionSaidThem() {
    final double[] other =
        system.figures(
            Map.of(
                "chip.cost.price", 50_000.0,
                "chip.cost.rental", 4.0,
                "chip.power.idle", 90.0,
                "chip.power.busy_floor", 300.0,
                "chip.energy.memory", 8e-12,
                "enclosure.electricity", 0.2));
    final Evaluation simulated =
        serve(
                h100(
                    "cost.price=$50000",
                    "cost.rental=$4/h",
                    "power.idle=90 W",
                    "power.busy_floor=300 W",
                    "energy.memory=8 pJ/bit",
                    "enclosure.electricity=$0.2/kWh"))
            .evaluation();
    assertAlike(figures(simulated), other, 1e-3);
  }

  @Test
  void shouldFollowTimesCloseToASimulationOfThem() {
    final double[] other =
        system.figures(
            Map.of("chip.memory.efficiency", 0.88 * 0.97, "stack.launch.matmul", 2.2e-6));
    final Evaluation simulated =
        serve(h100("memory.efficiency=" + 0.88 * 0.97, "launch.matmul=2.2 us")).evaluation();
    // Where requests come just before the end of a step, a little less time is a step's.
    final int ttft = Metric.TTFT_P50.ordinal();
    final double[] due = figures(simulated);
    assertEquals(due[ttft], other[ttft], 0.06 * due[ttft]);
    due[ttft] = other[ttft];
    assertAlike(due, other, 0.03);
  }

  @Test
  void shouldSayHowFarItsTimesWereOff() {
    assertEquals(8, system.check().simulated());
    assertTrue(system.check().largestTimeError() < 0.02, system.check().toString());
  }

  @Test
  void shouldTakeValuesOfTheCommandLineAsExactAndSharePartsOfSystems() {
    final Survey set = Survey.of(h100("power.busy_floor=200 W"), TABLE);
    assertTrue(set.variables().stream().noneMatch(v -> v.path().equals("chip.power.busy_floor")));
    assertEquals(1, set.left().get("set by the user"));
    final Survey box =
        Survey.of(FILES.system("dgx-h100", Optional.empty(), Overrides.none()), TABLE);
    final Survey one = Survey.of(described, TABLE);
    for (final String path : List.of("chip.power.busy_floor", "enclosure.pue", "chip.cost.price")) {
      assertEquals(id(one, path), id(box, path));
    }
    final Survey other =
        Survey.of(FILES.system("tpu-v6e", Optional.empty(), Overrides.none()), TABLE);
    assertTrue(!id(one, "chip.power.busy_floor").equals(id(other, "chip.power.busy_floor")));
    assertEquals(id(one, "enclosure.electricity"), id(other, "enclosure.electricity"));
  }

  private static String id(final Survey of, final String path) {
    return of.variables().stream()
        .filter(v -> v.path().equals(path))
        .findFirst()
        .orElseThrow()
        .id();
  }
}
