package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("../..").toAbsolutePath().normalize()));
  private static final String LAUNCH = "launch.matmul";
  private static final String MATRIX = "cores[0].matrix.streaming.stall";
  private static final String MEMORY = "memory.efficiency";

  @TempDir Path folder;

  /** Rows of a device that is the simulator with other numbers, measured with an error of 1 %. */
  private Path rows(final Overrides truth, final int[] ms, final int[][] sites) throws IOException {
    final List<String> shapes = new ArrayList<>();
    for (final int[] site : sites) {
      for (final int m : ms) {
        shapes.add("h100_sxm,bfloat16," + m + "," + site[0] + "," + site[1] + ",vllm,");
      }
    }
    final Path path = folder.resolve("rows.csv");
    write(path, shapes, row -> 1);
    final Bench.Trial device =
        new Bench(
                SHIPPED,
                Reading.of(List.of(path)),
                List.of(),
                row -> true,
                new Predictor(2),
                new SharedTimings())
            .search(truth, row -> true);
    final Random noise = new Random(5);
    write(path, shapes, i -> device.predicted(i) * (1 + 0.01 * (2 * noise.nextDouble() - 1)));
    return path;
  }

  private static void write(
      final Path path, final List<String> shapes, final IntToDoubleFunction micros)
      throws IOException {
    final StringBuilder text = new StringBuilder("device,dtype,m,n,k,framework,latency_us\n");
    for (int i = 0; i < shapes.size(); i++) {
      text.append(shapes.get(i)).append(micros.applyAsDouble(i)).append('\n');
    }
    Files.writeString(path, text);
  }

  private static CalibrationReport calibrate(final Path path, final int threads) {
    return new Calibration(SHIPPED, "h100-sxm", 1, threads, line -> {})
        .run(List.of(path), RowFilter.all());
  }

  @Test
  void shouldRecoverTheParametersOfADeviceWithinTheirIntervals() throws IOException {
    final Overrides truth =
        Overrides.none().with(LAUNCH, "5.5 us").with(MATRIX, "400").with(MEMORY, "0.8");
    final int[][] sites = new int[12][];
    for (int i = 0; i < sites.length; i++) {
      sites[i] = new int[] {1024 << i % 4, 512 << i / 4};
    }
    final Path path = rows(truth, new int[] {16, 1024}, sites);
    final CalibrationReport report = calibrate(path, 2);
    assertEquals(List.of(), report.refused());
    assertEquals(3, report.parameters().size());
    for (final CalibrationReport.Parameter one : report.parameters()) {
      final double known = Map.of(LAUNCH, 5.5, MATRIX, 400.0, MEMORY, 0.8).get(one.path());
      assertTrue(number(one.low()) <= known && known <= number(one.high()), one.toString());
    }
    assertTrue(report.tier("calibrated").mape() < 1.5, report.tiers().toString());
    assertTrue(report.tier("described").mape() > 5, report.tiers().toString());
    assertEquals(12, report.training().sites() + report.scoring().sites());

    // The overlay stands for the calibrated device in other commands.
    final Path overlay = folder.resolve("h100-fitted.yaml");
    Files.writeString(overlay, OverlayText.of("h100-fitted", report));
    final ValidationReport again =
        new Validation(SHIPPED, List.of(overlay.toString()), 2)
            .run(List.of(path), GroupBy.parse("device"), count -> () -> {});
    assertTrue(again.groups().get(0).mape() < 1.5, again.groups().toString());
  }

  private static double number(final String text) {
    return Double.parseDouble(text.split(" ")[0]);
  }

  @Test
  void shouldRefuseWhatTheRowsDoNotTellAndGiveTheSameOnAnyNumberOfThreads() throws IOException {
    final int[][] sites = {
      {256, 64},
      {384, 64},
      {256, 128},
      {512, 64},
      {320, 128},
      {384, 128},
      {320, 64},
      {512, 128}
    };
    final Path path = rows(Overrides.none().with(LAUNCH, "18 us"), new int[] {8, 16}, sites);
    final CalibrationReport report = calibrate(path, 2);
    // Work of a microsecond under a launch floor of eighteen: nothing is computed at length.
    assertTrue(
        report.refused().stream().anyMatch(one -> one.path().equals(MATRIX)),
        report.refused().toString());
    assertFalse(report.parameters().isEmpty());
    assertTrue(report.parameters().stream().noneMatch(one -> one.path().equals(MATRIX)));
    assertFalse(OverlayText.of("x", report).contains("\n  \"" + MATRIX));
    final CalibrationReport alone = calibrate(path, 1);
    assertEquals(report, alone);
    assertEquals(OverlayText.of("x", report), OverlayText.of("x", alone));
  }

  @Test
  void shouldNeverSplitASite() {
    final Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      final List<String> sites = new ArrayList<>();
      for (int i = 0; i < 2 + random.nextInt(60); i++) {
        sites.add("site" + random.nextInt(20));
      }
      final SiteSplit split = SiteSplit.of(sites, round);
      final Set<String> scoring = new HashSet<>(sites);
      scoring.removeAll(split.training());
      final int different = new HashSet<>(sites).size();
      assertEquals(different, split.training().size() + scoring.size());
      assertEquals((different + 1) / 2, split.training().size());
      Collections.shuffle(sites, random);
      assertEquals(split, SiteSplit.of(sites, round), "depends on the order of rows");
    }
  }

  @Test
  void shouldRefuseRowsThatOneFitCannotTakeTogether() throws IOException {
    final Path path = folder.resolve("mixed.csv");
    Files.writeString(
        path,
        "device,dtype,m,n,k,latency_us,framework\n"
            + "h100_sxm,bfloat16,16,512,512,5,vllm\nh100_sxm,bfloat16,16,512,512,5,trtllm\n");
    final InvalidInputException stacks =
        assertThrows(InvalidInputException.class, () -> calibrate(path, 1));
    assertTrue(stacks.getMessage().contains("--where stack="), stacks.getMessage());
    final InvalidInputException few =
        assertThrows(
            InvalidInputException.class,
            () ->
                new Calibration(SHIPPED, "h100-sxm", 1, 1, line -> {})
                    .run(List.of(path), RowFilter.parse(List.of("framework=vllm"))));
    assertTrue(few.getMessage().contains("too few sites"), few.getMessage());
  }
}
