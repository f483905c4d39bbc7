package org.inferchip.explore.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.Models;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepProfile;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepRunTest {
  @TempDir private Path folder;

  @Test
  void shouldGiveTheFiguresOfTheStepsThemselves() {
    // As stated, since the limit of a variant would follow its bandwidth.
    final SweepPlan plan = Sweeps.plan(folder, Sweeps.SMALL + "silicon: stated\n");
    final List<Row> rows = Sweeps.run(plan, Optional.empty(), 2, false);
    assertEquals(18, rows.size());
    final SystemDescription system =
        Descriptions.here()
            .system(
                "h100-sxm",
                Optional.empty(),
                Overrides.parse(List.of("memory.bandwidth=6.7 TB/s", "memory.capacity=16 GB")))
            .value();
    final Plan laid = Plan.of(system, Models.here().read("llama-3.2-1b").model(), Plan.Wishes.NONE);
    final StepProfile decode =
        StepProfile.of(laid, StepShape.decode(4, 256), Detail.FOLDED, Map.of());
    final StepProfile prefill =
        StepProfile.of(laid, StepShape.prefill(64, 64), Detail.FOLDED, Map.of());
    final Row row = rows.get(7);
    assertEquals("h100-sxm", plan.columns().value(row, "system"));
    assertEquals(decode.latencyPicos() * 1e-9, plan.columns().number(row, "tpot_ms"), 1e-9);
    assertEquals(prefill.latencyPicos() * 1e-9, plan.columns().number(row, "ttft_ms"), 1e-9);
    final double seconds = (32 * decode.latencyPicos() + 4 * prefill.latencyPicos()) * 1e-12;
    assertEquals(128 / seconds, plan.columns().number(row, "output_tokens_per_s"), 1e-6);
    final double joules = 32 * decode.energyJoules() + 4 * prefill.energyJoules();
    assertEquals(128 / joules, plan.columns().number(row, "tokens_per_chip_joule"), 1e-9);
  }

  @Test
  void shouldNotDependOnThreadsOrOnWhatWasDoneBefore() {
    final SweepPlan plan = Sweeps.plan(folder, Sweeps.SMALL);
    final List<Row> one = Sweeps.run(plan, Optional.empty(), 1, false);
    assertEquals(one, Sweeps.run(plan, Optional.empty(), 4, false));
    final Path store = folder.resolve("part.db");
    try (Store part = Store.open(Optional.of(store), true, plan.columns(), identity(plan))) {
      part.add(one.get(11));
      part.add(one.get(3));
    }
    assertEquals(one, Sweeps.run(plan, Optional.of(store), 2, false));
    assertEquals(one, Sweeps.run(plan, Optional.of(store), 2, false));
  }

  private static Map<String, String> identity(final SweepPlan plan) {
    return Map.of("points", Integer.toString(plan.size()), "inputs", plan.hash());
  }

  @Test
  void shouldSayWhyAPointFails() {
    final String text = Sweeps.SMALL.replace("6 GB", "2 GB");
    final SweepPlan plan = Sweeps.plan(folder, text);
    final List<Row> failed =
        Sweeps.run(plan, Optional.empty(), 1, false).stream()
            .filter(row -> row.status() == Row.Status.FAILED)
            .toList();
    assertEquals(6, failed.size());
    failed.forEach(row -> assertTrue(row.reason().contains("does not fit"), row.reason()));
  }

  @Test
  void shouldNeverSimulateBetterThanTheBound() {
    final SweepPlan plan = Sweeps.plan(folder, Sweeps.SMALL);
    final Points points = new Points(plan, new StepMeasure(new Simulators(Map.of(), 8)));
    int compared = 0;
    for (final Row row : Sweeps.run(plan, Optional.empty(), 2, false)) {
      final Map<String, Double> best = points.bound(plan.point(row.point()));
      for (final var good : Bound.GOOD.entrySet()) {
        if (row.status() == Row.Status.DONE) {
          final double found = plan.columns().number(row, good.getKey());
          assertTrue(
              good.getValue().cost(found) >= good.getValue().cost(best.get(good.getKey())),
              good.getKey() + " of point " + row.point());
          compared++;
        }
      }
    }
    assertTrue(compared > 100, "compared " + compared);
  }

  @Test
  void shouldKeepTheFrontWhenItPrunes() {
    final SweepPlan plan = Sweeps.plan(folder, Sweeps.SMALL);
    final List<Row> whole = Sweeps.run(plan, Optional.empty(), 2, false);
    final List<Row> pruned = Sweeps.run(plan, Optional.empty(), 2, true);
    assertEquals(whole.size(), pruned.size());
    assertEquals(fronts(plan, whole), fronts(plan, pruned));
  }

  @Test
  void shouldPruneWhatCannotMeetAConstraint() {
    // 2.5 GB of weights at 1.7 TB/s and more: half the points' bounds are over 1 ms.
    final String text = Sweeps.SMALL.replace("tpot_ms < 100 ms", "tpot_ms < 1 ms");
    final SweepPlan plan = Sweeps.plan(folder, text);
    final List<Row> rows = Sweeps.run(plan, Optional.empty(), 2, true);
    final List<Row> pruned =
        rows.stream().filter(row -> row.status() == Row.Status.PRUNED).toList();
    assertFalse(pruned.isEmpty());
    for (final Row row : pruned) {
      assertTrue(row.reason().contains("bound is not tpot_ms < 1 ms"), row.reason());
      assertTrue(2.47e9 / plan.columns().number(row, "memory_bandwidth_b_per_s") > 1e-3);
    }
  }

  private static Set<Integer> fronts(final SweepPlan plan, final List<Row> rows) {
    final Set<Integer> points = new HashSet<>();
    Findings.of(plan, rows)
        .fronts()
        .forEach(front -> front.front().forEach(row -> points.add(row.point())));
    return points;
  }

  @Test
  void shouldShareTimesBetweenPointsThatDifferInPriceOnly() {
    final String text =
        Sweeps.SMALL.replace(
            "{kind: list, path: memory.capacity, values: [6 GB, 16 GB, 32 GB]}",
            "{kind: list, path: cost.test, values: [$100, $200, $300]}");
    final SweepPlan plan = Sweeps.plan(folder, text);
    final List<Row> rows = Sweeps.run(plan, Optional.empty(), 1, false);
    final Map<Object, Long> times =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> plan.columns().value(row, "tpot_ms"), Collectors.counting()));
    assertEquals(Set.of(3L), new HashSet<>(times.values()));
  }

  @Test
  void shouldFollowBandwidthBetweenNeighbours() {
    final SweepPlan plan = Sweeps.plan(folder, Sweeps.SMALL);
    final List<Row> rows = Sweeps.run(plan, Optional.empty(), 2, false);
    final Slope slope =
        Findings.of(plan, rows).slopes().stream()
            .filter(one -> one.system().equals("h100-sxm"))
            .filter(one -> one.parameter().equals("memory_bandwidth_b_per_s"))
            .filter(one -> one.figure().equals("tpot_ms"))
            .findFirst()
            .orElseThrow();
    assertEquals(6, slope.pairs()); // three capacities, two steps of bandwidth
    final double first = plan.columns().number(rows.get(1), "tpot_ms");
    final double second = plan.columns().number(rows.get(4), "tpot_ms");
    final double third = plan.columns().number(rows.get(7), "tpot_ms");
    final double[] own = {Math.log(second / first), Math.log(third / second)};
    assertEquals((own[0] + own[1]) / 2 / Math.log(2), slope.mean(), 1e-9);
    assertEquals(Math.min(own[0], own[1]) / Math.log(2), slope.least(), 1e-9);
  }

  @Test
  void shouldNameEveryProblemOfAFile() {
    final String text =
        Sweeps.SMALL
            .replace("memory.bandwidth", "memory.bandwith")
            .replace("6 GB, 16 GB", "6 GB/s, 16 GB")
            .replace("llama-3.2-1b", "llama-3.2-1x");
    final InvalidInputException first =
        assertThrows(InvalidInputException.class, () -> Sweeps.plan(folder, text));
    assertTrue(first.getMessage().contains("llama-3.2-1x"), first.getMessage());
    final String later = text.replace("llama-3.2-1x", "llama-3.2-1b");
    final InvalidInputException second =
        assertThrows(InvalidInputException.class, () -> Sweeps.plan(folder, later));
    assertTrue(second.getMessage().contains("sweep.yaml:7:"), second.getMessage());
    final String last =
        Sweeps.SMALL
            .replace("6 GB, 16 GB", "6 GB/s, 16 GB")
            .replace("tpot_ms < 100 ms", "tpot < 100 ms")
            .replace("tokens_per_joule: max", "tokens_per_jule: max");
    final InvalidInputException third =
        assertThrows(InvalidInputException.class, () -> Sweeps.plan(folder, last));
    for (final String said :
        List.of("memory.capacity", "did you mean tpot_ms?", "did you mean tokens_per_joule?")) {
      assertTrue(third.getMessage().contains(said), third.getMessage());
    }
  }

  @Test
  void shouldGoInStepAndDraw() {
    final String text =
        Sweeps.SMALL.replace(
            "{kind: list, path: memory.capacity, values: [6 GB, 16 GB, 32 GB]}",
            """
            {kind: zip, axes: [{kind: list, path: memory.capacity, values: [16 GB, 32 GB]},
                {kind: list, path: format, values: [bf16, fp8_e4m3]}]}
              - {kind: latin-hypercube, count: 5, spans: [{path: clock, from: 1 GHz, to: 2 GHz}]}
            """
                .strip());
    final SweepPlan plan = Sweeps.plan(folder, text);
    assertEquals(2 * 3 * 2 * 5, plan.size());
    assertEquals(
        List.of("memory_bandwidth_b_per_s", "memory_capacity_b", "format", "clock_hz"),
        plan.axes());
    final List<Object> values = plan.values(plan.point(plan.size() - 1));
    assertEquals(32e9, values.get(3));
    assertEquals("fp8_e4m3", values.get(4));
  }
}
