package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.SharedData;
import org.inferchip.arch.yaml.Descriptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rails of a module under single kernels, on the sites that the description was not fitted to. */
class EdgePowerTest {
  private static Map<String, ErrorGroup> groups;

  @BeforeAll
  static void score() {
    final Path table = SharedData.file("measured/edge_power.csv");
    final ValidationReport report =
        new Validation(Descriptions.here(), List.of("jetson-orin"), 2)
            .run(
                List.of(table),
                List.of(GroupBy.OP, GroupBy.FORMAT, GroupBy.METRIC),
                count -> () -> {});
    final Map<String, List<ValidationReport.Row>> scored = new LinkedHashMap<>();
    final Map<String, Map<String, Integer>> sides = new HashMap<>();
    for (final ValidationReport.Row row : report.predictions()) {
      final Map<String, Integer> sites =
          sides.computeIfAbsent(row.setUp().calibrationKey(), key -> new HashMap<>());
      // The description was fitted to the first, third, ... site of each operator and format.
      if (sites.computeIfAbsent(row.site(), site -> sites.size() % 2) == 1) {
        scored.computeIfAbsent(row.group(), key -> new ArrayList<>()).add(row);
      }
    }
    groups = new HashMap<>();
    scored.forEach((key, rows) -> groups.put(key, EdgePowerTest.errors(key, rows)));
  }

  private static ErrorGroup errors(final String key, final List<ValidationReport.Row> rows) {
    return ErrorGroup.of(
        key,
        rows.stream()
            .map(
                row ->
                    new Scored(
                        new Measurement(
                            row.file(),
                            row.line(),
                            row.setUp(),
                            row.site(),
                            row.measured(),
                            null,
                            null),
                        Prediction.ofMany(row.predicted()),
                        row.roofline(),
                        row.calibrated().orElse(Double.NaN)))
            .toList());
  }

  @Test
  void shouldPredictTheChipUnderProductsBetterThanBothLaws() {
    for (final String format : List.of("fp16", "int8")) {
      final ErrorGroup group = groups.get("matmul/" + format + "/power");
      assertTrue(group.n() > 100, group.toString());
      assertTrue(group.mape() < 5, group.toString());
      assertTrue(group.mape() < group.calibratedRooflineMape().orElseThrow(), group.toString());
      assertTrue(group.mape() < group.rooflineMape() / 3, group.toString());
    }
  }

  @Test
  void shouldPredictTheMemoryUnderProductsBetterThanBothLaws() {
    for (final String format : List.of("fp16", "int8")) {
      final ErrorGroup group = groups.get("matmul/" + format + "/memory_power");
      assertTrue(group.mape() < 4.5, group.toString());
      assertTrue(group.mape() < group.rooflineMape() / 2, group.toString());
      assertTrue(group.mape() < group.calibratedRooflineMape().orElseThrow(), group.toString());
    }
  }

  @Test
  void shouldPredictTimesBetterThanTheFittedRoofline() {
    for (final String op : List.of("matmul/fp16", "matmul/int8", "flashattn/fp16")) {
      final ErrorGroup group = groups.get(op + "/latency");
      assertTrue(group.mape() < 7, group.toString());
      assertTrue(group.mape() < group.calibratedRooflineMape().orElseThrow(), group.toString());
    }
    assertTrue(groups.get("rmsnorm_add/fp16/latency").mape() < 5.5);
  }

  @Test
  void shouldPredictBothRailsUnderNormsBetterThanBothLaws() {
    for (final String rail : List.of("power", "memory_power")) {
      final ErrorGroup group = groups.get("rmsnorm_add/fp16/" + rail);
      assertTrue(group.mape() < ("power".equals(rail) ? 5 : 4), group.toString());
      assertTrue(group.mape() < group.calibratedRooflineMape().orElseThrow() / 2, group.toString());
    }
  }

  @Test
  void shouldPredictBothRailsUnderAttentionBetterThanBothLaws() {
    final ErrorGroup chip = groups.get("flashattn/fp16/power");
    final ErrorGroup memory = groups.get("flashattn/fp16/memory_power");
    assertTrue(chip.mape() < 6 && chip.mape() < chip.rooflineMape() / 2, chip.toString());
    assertTrue(chip.mape() < chip.calibratedRooflineMape().orElseThrow(), chip.toString());
    assertTrue(memory.mape() < 11 && memory.mape() < memory.rooflineMape(), memory.toString());
    assertTrue(memory.mape() < memory.calibratedRooflineMape().orElseThrow(), memory.toString());
  }

  @Test
  void shouldPredictTheChipUnderAllOperatorsWithinFivePercent() {
    final List<ErrorGroup> all =
        List.of("matmul/fp16", "matmul/int8", "flashattn/fp16", "rmsnorm_add/fp16").stream()
            .map(op -> groups.get(op + "/power"))
            .toList();
    final double rows = all.stream().mapToDouble(ErrorGroup::n).sum();
    assertTrue(all.stream().mapToDouble(one -> one.n() * one.mape()).sum() / rows < 5);
  }
}
