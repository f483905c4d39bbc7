package org.inferchip.arithmetic.analog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.inferchip.SharedData;
import org.inferchip.arch.AnalogCell;
import org.inferchip.arch.AnalogConverters;
import org.inferchip.arch.CellDrift;
import org.inferchip.arch.CellNoise;
import org.junit.jupiter.api.Test;

class CrossbarTest {
  private static final AnalogConverters IDEAL =
      new AnalogConverters(
          0, Optional.empty(), 0, AnalogConverters.RangeRule.MAX, Optional.empty(), false);

  /** Drift of the PCM-like device of aihwkit, 20 s after programming. */
  private static CellDrift drift(final double age) {
    return new CellDrift(
        age,
        20,
        new CellDrift.LogLine(-0.0155, 0.0244, 0.049, 0.1),
        new CellDrift.LogLine(-0.0125, -0.0059, 0.008, 0.045),
        true);
  }

  private static CellNoise flicker(final double age) {
    return new CellNoise(
        CellNoise.Law.FLICKER,
        CellNoise.Distribution.NORMAL,
        0.0088,
        Optional.empty(),
        Optional.empty(),
        Optional.of(0.65),
        Optional.of(0.2),
        Optional.of(250e-9),
        Optional.of(age),
        false);
  }

  @Test
  void shouldFollowTheTableOfPhaseChangeLaws() throws IOException {
    final List<String> lines =
        Files.readAllLines(SharedData.file("golden/analog/pcm_reference.csv"));
    final AnalogCell cell = cell(40_000, Optional.empty());
    final CellNoise programming =
        CellNoise.polynomial(List.of(0.26348, 1.9650 / 25, -1.1731 / 625), true);
    final double[] times = {1, 3600, 86_400, 30 * 86_400};
    for (final String line : lines.subList(1, lines.size())) {
      final String[] of = line.split(",");
      final double g = Double.parseDouble(of[0]);
      assertNear(of[2], 25 * CellErrors.deviation(programming, cell, g));
      assertNear(of[3], drift(1).mean().at(g));
      assertNear(of[4], drift(1).deviation().at(g));
      for (int t = 0; t < times.length; t++) {
        assertNear(of[5 + t], CellErrors.drifted(drift(times[t]), g, 0));
        if (t < 3) {
          // The table's age of a read counts from 20 s after programming.
          assertNear(of[9 + t], CellErrors.flicker(flicker(times[t] + 20), g));
        }
      }
    }
  }

  private static void assertNear(final String expected, final double value) {
    final double number = Double.parseDouble(expected);
    assertEquals(number, value, 2e-5 * Math.abs(number) + 1e-12);
  }

  @Test
  void shouldSolveWiresAsADenseSolverDoes() {
    final SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 200; trial++) {
      final int rows = 1 + random.nextInt(6);
      final int columns = 1 + random.nextInt(6);
      final double in = Math.pow(10, -4 + 5 * random.nextDouble());
      final double out = Math.pow(10, -4 + 5 * random.nextDouble());
      final double[] g = random.doubles((long) rows * columns).toArray();
      final double[] v = random.doubles(rows, -1, 1).toArray();
      final double[] got = new WireNetwork(rows, columns, in, out).currents(g, v);
      assertArrayEquals(dense(rows, columns, in, out, g, v), got, 1e-10);
    }
  }

  /** Nodal equations written out, solved by LU decomposition. */
  private static double[] dense(
      final int rows,
      final int columns,
      final double in,
      final double out,
      final double[] g,
      final double[] v) {
    final int n = rows * columns;
    final RealMatrix y = new Array2DRowRealMatrix(2 * n, 2 * n);
    final RealVector source = new ArrayRealVector(2 * n);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        final int at = i * columns + j;
        join(y, at, n + at, g[at]);
        if (j == 0) {
          y.addToEntry(at, at, 1 / in);
          source.addToEntry(at, v[i] / in);
        } else {
          join(y, at - 1, at, 1 / in);
        }
        if (i == rows - 1) {
          y.addToEntry(n + at, n + at, 1 / out);
        } else {
          join(y, n + at, n + at + columns, 1 / out);
        }
      }
    }
    final RealVector at = new LUDecomposition(y).getSolver().solve(source);
    final double[] current = new double[columns];
    for (int j = 0; j < columns; j++) {
      current[j] = at.getEntry(n + (rows - 1) * columns + j) / out;
    }
    return current;
  }

  private static void join(final RealMatrix y, final int a, final int b, final double g) {
    y.addToEntry(a, a, g);
    y.addToEntry(b, b, g);
    y.addToEntry(a, b, -g);
    y.addToEntry(b, a, -g);
  }

  @Test
  void shouldDrawNormalNumbers() {
    final NormalDistribution normal = new NormalDistribution();
    for (final double p : new double[] {3e-8, 1e-4, 0.02, 0.3, 0.5, 0.77, 0.999, 1 - 1e-7}) {
      assertEquals(normal.inverseCumulativeProbability(p), NormalQuantile.of(p), 1e-8);
    }
    final CellRandom random = new CellRandom(3, 9);
    double sum = 0;
    double squares = 0;
    final int many = 100_000;
    for (int i = 0; i < many; i++) {
      final double x = random.normal(CellRandom.Use.READING, 1, 2, i);
      sum += x;
      squares += x * x;
    }
    assertEquals(0, sum / many, 3 / Math.sqrt(many));
    assertEquals(1, squares / many, 3 * Math.sqrt(2.0 / many));
  }

  @Test
  void shouldNoiselessWithManyBitsComeNearTheExactProduct() {
    final SplittableRandom random = new SplittableRandom(11);
    for (int trial = 0; trial < 200; trial++) {
      final int rows = 1 + random.nextInt(40);
      final int columns = 1 + random.nextInt(20);
      final double[] w = random.doubles((long) rows * columns, -1, 1).toArray();
      final double[] x = random.doubles(rows, -1, 1).toArray();
      final int bits = 8 + random.nextInt(9);
      final boolean serial = random.nextBoolean();
      final AnalogConverters converters =
          new AnalogConverters(
              bits,
              serial ? Optional.of(1 + random.nextInt(3)) : Optional.empty(),
              20,
              AnalogConverters.RangeRule.MAX,
              Optional.empty(),
              serial);
      final double[] y =
          Crossbar.program(
                  cell(1e4, Optional.of(1e6)),
                  converters,
                  w,
                  rows,
                  columns,
                  new CellRandom(1, trial))
              .multiply(x, 0);
      // Half a level of every input, half a step of every conversion, binary32 conductances.
      final double level = 1 / (Math.pow(2, bits - 1.0) - 1) / 2;
      final double step = rows / (Math.pow(2, 19) - 1) / 2 / 0.99;
      for (int j = 0; j < columns; j++) {
        double exact = 0;
        double magnitude = 0;
        for (int i = 0; i < rows; i++) {
          exact += w[i * columns + j] * x[i];
          magnitude += Math.abs(w[i * columns + j]);
        }
        // Conversions of slices add up to at most 4 times the top one's.
        final double bound = level * magnitude + 4 * step + rows * 2e-7;
        assertEquals(exact, y[j], bound);
      }
    }
  }

  @Test
  void shouldReadNoiseDependOnDrawAndCompensationUndoDrift() {
    final double[] w = new SplittableRandom(5).doubles(64 * 8, -1, 1).toArray();
    final double[] x = new SplittableRandom(6).doubles(64, -1, 1).toArray();
    final AnalogCell noisy = cell(1e4, Optional.of(1e6), Optional.of(flicker(60)), null);
    final Crossbar reads = Crossbar.program(noisy, IDEAL, w, 64, 8, new CellRandom(1, 1));
    assertArrayEquals(reads.multiply(x, 3), reads.multiply(x, 3));
    assertTrue(reads.multiply(x, 3)[0] != reads.multiply(x, 4)[0]);
    final double[] exact = multiply(w, x, 8);
    final AnalogCell old = cell(4e4, Optional.of(4e6), Optional.empty(), drift(86_400));
    final double[] aged =
        Crossbar.program(old, IDEAL, w, 64, 8, new CellRandom(1, 1)).multiply(x, 0);
    for (int j = 0; j < exact.length; j++) {
      // Half of every conductance is lost, and what is left is scaled back.
      assertEquals(exact[j], aged[j], 0.5);
    }
  }

  private static double[] multiply(final double[] w, final double[] x, final int columns) {
    final double[] y = new double[columns];
    for (int i = 0; i < w.length; i++) {
      y[i % columns] += w[i] * x[i / columns];
    }
    return y;
  }

  private static AnalogCell cell(final double low, final Optional<Double> high) {
    return cell(low, high, Optional.empty(), null);
  }

  private static AnalogCell cell(
      final double low,
      final Optional<Double> high,
      final Optional<CellNoise> reading,
      final CellDrift drift) {
    return new AnalogCell(
        0,
        0,
        1,
        AnalogCell.Pair.ONE_SIDED,
        low,
        high,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        reading,
        Optional.ofNullable(drift));
  }
}
