package org.inferchip.verification;

import org.inferchip.arithmetic.analog.CellRandom;
import org.inferchip.arithmetic.analog.Crossbar;

/**
 * Runs crossbar cases and compares.
 *
 * <p>Exact products may differ by {@value #EXACT} (of numbers of about 1), with wires by {@value
 * #WIRES}; conductances by half a unit of binary32. Of a case with errors drawn at random, mean and
 * deviation are compared: {@value #REPEATS} times as many draws are made here, so that what is left
 * is the case's own scatter; no mean may be off by more than three standard errors of the
 * difference of two such means (4.24 of one), and the deviations, over all elements together, by
 * more than three of theirs.
 */
public final class CrossbarCheck {
  private static final double EXACT = 1e-12;
  private static final double WIRES = 1e-8;
  private static final double SINGLE = 0x1p-24;
  private static final int REPEATS = 16;
  private static final double ERRORS = 3;

  private final CrossbarCase given;
  private final long seed;
  private final int[] rowCuts;
  private final int[] columnCuts;

  private CrossbarCheck(final CrossbarCase given, final long seed) {
    this.given = given;
    this.seed = seed;
    rowCuts = cuts(given.weights()[0].length, given.mostRows());
    columnCuts = cuts(given.weights().length, given.mostColumns());
  }

  /** Runs a case. */
  public static CrossbarVerdict run(final CrossbarCase given, final long seed) {
    final CrossbarCheck check = new CrossbarCheck(given, seed);
    return given.draws() == 0 ? check.exact() : check.statistical();
  }

  /** Parts as equal as rounding their mean makes them, the last takes the rest. */
  private static int[] cuts(final int size, final int most) {
    final int parts = most == 0 ? 1 : (size - 1) / most + 1;
    final int each = (int) Math.rint((double) size / parts);
    final int[] cuts = new int[parts + 1];
    for (int i = 0; i < parts; i++) {
      cuts[i] = i * each;
    }
    cuts[parts] = size;
    return cuts;
  }

  private CrossbarVerdict exact() {
    final Crossbar[][] arrays = program(0);
    final double[][] got = multiply(arrays, 0);
    double worst = 0;
    for (int r = 0; r < got.length; r++) {
      for (int c = 0; c < got[r].length; c++) {
        worst = Math.max(worst, Math.abs(got[r][c] - given.expected()[r][c]));
      }
    }
    final double bound = given.hasWires() ? WIRES : EXACT;
    final double cells = given.drawn() ? 0 : conductanceError(arrays);
    final boolean ok = worst <= bound && cells <= SINGLE;
    return new CrossbarVerdict(given.name(), 0, worst, bound, cells, 0, 1, ok, given.unused());
  }

  private CrossbarVerdict statistical() {
    final int draws = REPEATS * given.draws();
    final int rows = given.expected().length;
    final int columns = given.expected()[0].length;
    final double[][] sum = new double[rows][columns];
    final double[][] squares = new double[rows][columns];
    final boolean programs = given.cell().programming().isPresent();
    Crossbar[][] arrays = program(0);
    for (int draw = 0; draw < draws; draw++) {
      arrays = programs && draw > 0 ? program(draw) : arrays;
      final double[][] got = multiply(arrays, draw);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          final double off = got[r][c] - given.expected()[r][c];
          sum[r][c] += off;
          squares[r][c] += off * off;
        }
      }
    }
    return compare(sum, squares, draws);
  }

  private CrossbarVerdict compare(final double[][] sum, final double[][] squares, final int draws) {
    double worst = 0;
    double errors = 0;
    double bound = 0;
    double ratios = 0;
    final double most = ERRORS * StrictMath.sqrt(2);
    for (int r = 0; r < sum.length; r++) {
      for (int c = 0; c < sum[r].length; c++) {
        final double mean = sum[r][c] / draws;
        final double deviation =
            Math.sqrt(Math.max(0, squares[r][c] / draws - mean * mean) * draws / (draws - 1));
        final double error = given.deviation()[r][c] / Math.sqrt(given.draws());
        worst = Math.max(worst, Math.abs(mean));
        errors = Math.max(errors, Math.abs(mean) / error);
        bound = Math.max(bound, most * error);
        ratios += StrictMath.log(deviation / given.deviation()[r][c]);
      }
    }
    final double ratio = ratios / (sum.length * sum[0].length);
    // Columns of X may share their errors, so that only rows count as independent.
    final double ratioError = 1 / Math.sqrt(2.0 * given.draws() * sum.length);
    final boolean ok = errors <= most && Math.abs(ratio) <= ERRORS * ratioError;
    return new CrossbarVerdict(
        given.name(), draws, worst, bound, 0, errors, StrictMath.exp(ratio), ok, given.unused());
  }

  /** Programs all arrays, by part of the inputs and of the outputs. */
  private Crossbar[][] program(final int draw) {
    final int across = columnCuts.length - 1;
    final Crossbar[][] arrays = new Crossbar[rowCuts.length - 1][across];
    for (int r = 0; r < arrays.length; r++) {
      for (int c = 0; c < across; c++) {
        final CellRandom random =
            new CellRandom(seed, ((long) draw * arrays.length + r) * across + c);
        arrays[r][c] = given.drawn() ? known(r, c, random) : programmed(r, c, random);
      }
    }
    return arrays;
  }

  private Crossbar programmed(final int r, final int c, final CellRandom random) {
    final double[] weights = part(given.weights(), r, c);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.max(-1, Math.min(1, weights[i] / given.weightScale()));
    }
    return Crossbar.program(given.cell(), given.converters(), weights, rows(r), columns(c), random);
  }

  private Crossbar known(final int r, final int c, final CellRandom random) {
    final double[][] plus = new double[given.plus().length][];
    final double[][] minus = new double[plus.length][];
    for (int s = 0; s < plus.length; s++) {
      plus[s] = part(given.plus()[s], r, c);
      minus[s] = part(given.minus()[s], r, c);
    }
    return Crossbar.of(given.cell(), given.converters(), plus, minus, rows(r), columns(c), random);
  }

  private int rows(final int part) {
    return rowCuts[part + 1] - rowCuts[part];
  }

  private int columns(final int part) {
    return columnCuts[part + 1] - columnCuts[part];
  }

  /** A part of a matrix that is stated by output, then input, turned over. */
  private double[] part(final double[][] whole, final int r, final int c) {
    final double[] out = new double[rows(r) * columns(c)];
    for (int i = 0; i < rows(r); i++) {
      for (int j = 0; j < columns(c); j++) {
        out[i * columns(c) + j] = whole[columnCuts[c] + j][rowCuts[r] + i];
      }
    }
    return out;
  }

  private double[][] multiply(final Crossbar[][] arrays, final int draw) {
    final int vectors = given.inputs()[0].length;
    final double[][] out = new double[given.weights().length][vectors];
    for (int v = 0; v < vectors; v++) {
      for (int r = 0; r < arrays.length; r++) {
        final double[] x = new double[rows(r)];
        for (int i = 0; i < x.length; i++) {
          x[i] = given.inputs()[rowCuts[r] + i][v] / given.inputScale();
        }
        for (int c = 0; c < arrays[r].length; c++) {
          final double[] y = arrays[r][c].multiply(x, draw * vectors + v);
          for (int j = 0; j < y.length; j++) {
            out[columnCuts[c] + j][v] += y[j] * given.weightScale() * given.inputScale();
          }
        }
      }
    }
    return out;
  }

  private double conductanceError(final Crossbar[][] arrays) {
    double worst = 0;
    for (int s = 0; given.plus() != null && s < given.plus().length; s++) {
      for (int r = 0; r < arrays.length; r++) {
        for (int c = 0; c < arrays[r].length; c++) {
          worst = Math.max(worst, off(arrays[r][c].plus(s), part(given.plus()[s], r, c)));
          worst = Math.max(worst, off(arrays[r][c].minus(s), part(given.minus()[s], r, c)));
        }
      }
    }
    return worst;
  }

  private static double off(final double[] got, final double[] stated) {
    double worst = 0;
    for (int i = 0; i < got.length; i++) {
      worst = Math.max(worst, Math.abs(got[i] - stated[i]));
    }
    return worst;
  }
}
