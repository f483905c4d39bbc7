package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.inferchip.SharedData;
import org.inferchip.arch.MatrixUnit.Dataflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cycle and access counts against SCALE-Sim v2 and register-level Verilog, to the cycle. */
class SystolicArrayTest {
  private static List<String[]> rows(final String file) throws IOException {
    return Files.readAllLines(SharedData.file("golden/systolic/" + file)).stream()
        .skip(1)
        .map(line -> line.split(","))
        .toList();
  }

  private static int number(final String[] row, final int column) {
    return Integer.parseInt(row[column]);
  }

  @Test
  void shouldEqualEveryScaleSimRow() throws IOException {
    final List<String[]> rows = rows("scalesim.csv");
    final ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    final long start = thread.getCurrentThreadCpuTime();
    for (final String[] row : rows) {
      final int m = number(row, 1);
      final int n = number(row, 2);
      final Dataflow flow = Dataflow.valueOf(row[6].toUpperCase(Locale.ROOT));
      final SystolicArray.Result result =
          SystolicArray.of(number(row, 4), number(row, 5), flow, 1)
              .runAsScaleSim(m, n, number(row, 3));
      final String name = String.join(",", row);
      assertEquals(number(row, 7), result.folds(), name);
      assertEquals(Long.parseLong(row[8]), result.cycles(), name);
      assertEquals(Long.parseLong(row[10]), result.inputReads(), name);
      assertEquals(Long.parseLong(row[11]), result.weightReads(), name);
      final long writes = flow == Dataflow.OS ? (long) m * n : Long.parseLong(row[12]);
      assertEquals(writes, result.outputWrites(), name);
    }
    assertEquals(138, rows.size());
    System.out.printf(
        "%d SCALE-Sim rows in %.1f ms of processor time, cold%n",
        rows.size(), (thread.getCurrentThreadCpuTime() - start) / 1e6);
  }

  @Test
  void shouldEqualRegisterLevelWeightStationaryArrays() throws IOException {
    for (final String[] row : rows("ws_rtl.csv")) {
      final int r = number(row, 0);
      final int c = number(row, 1);
      final int t = number(row, 2);
      assertEquals(number(row, 3), SystolicArray.of(r, c, Dataflow.WS, 1).run(t, c, r).cycles());
    }
  }

  @Test
  void shouldEqualRegisterLevelOutputStationaryArrays() throws IOException {
    for (final String[] row : rows("os_rtl.csv")) {
      final int r = number(row, 0);
      final int c = number(row, 1);
      final int t = number(row, 2);
      assertEquals(number(row, 5), SystolicArray.of(r, c, Dataflow.OS, 1).run(r, c, t).cycles());
    }
  }

  @ParameterizedTest
  @CsvSource({"100,2304,768", "100,768,3072", "1,3072,768", "300,768,768"})
  void shouldTakeAsLongAsStreamingOrLoadingWhenWeightsAreDoubleBuffered(
      final int m, final int n, final int k) {
    // Steady state of ONNXim (validated against Gemmini RTL): tiles x max(m, 128); the last tile
    // shows its whole latency of 2 x 128 + 128 + m - 2.
    final long tiles = (long) (n / 128) * (k / 128);
    final long expected = (tiles - 1) * Math.max(m, 128) + 2 * 128 + 128 + m - 2;
    assertEquals(expected, SystolicArray.of(128, 128, Dataflow.WS, 2).run(m, n, k).cycles());
  }
}
