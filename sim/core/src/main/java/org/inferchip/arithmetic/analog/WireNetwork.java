package org.inferchip.arithmetic.analog;

import java.util.Arrays;

/**
 * A crossbar with resistive wires, solved exactly (Kirchhoff) for every input vector.
 *
 * <p>The input line of row i is driven at column 0 through one wire segment, and has a segment
 * between cells; the output line of column j is at 0 V one segment after the last row. Conductances
 * are in units of the largest cell's, wires in units of that cell's resistance.
 *
 * <p>Method: conjugate gradients on the symmetric positive definite nodal equations, with every
 * line solved exactly as preconditioner (tridiagonal, its cells as loads to ground). Lines without
 * resistance keep their voltage. Stops at a residual of {@value #TOLERANCE} of the first; the
 * current out of a column differs from the exact one by about that share.
 */
final class WireNetwork {
  private static final double TOLERANCE = 1e-13;
  private static final int MOST_STEPS = 20_000;

  private final int rows;
  private final int columns;
  private final int cells;

  /** Conductance of a segment of an input line; 0: no resistance. */
  private final double in;

  private final double out;

  private double[] g;
  private final double[] line;

  WireNetwork(final int rows, final int columns, final double inputWire, final double outputWire) {
    this.rows = rows;
    this.columns = columns;
    cells = rows * columns;
    in = inputWire > 0 ? 1 / inputWire : 0;
    out = outputWire > 0 ? 1 / outputWire : 0;
    line = new double[Math.max(rows, columns)];
  }

  /** Currents out of the columns, for voltages at the ends of the input lines. */
  double[] currents(final double[] conductances, final double[] voltages) {
    g = conductances;
    final double[] v = solve(voltages);
    final double[] sum = new double[columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        final int at = i * columns + j;
        sum[j] += g[at] * (v[at] - v[cells + at]);
      }
    }
    return sum;
  }

  /** Voltages of all nodes: of input lines, then of output lines. */
  private double[] solve(final double[] voltages) {
    final double[] v = new double[2 * cells];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(v, i * columns, (i + 1) * columns, voltages[i]);
    }
    final double[] r = residual(v, voltages);
    final double[] z = new double[v.length];
    precondition(r, z);
    final double[] p = z.clone();
    final double[] q = new double[v.length];
    final double goal = norm(r) * TOLERANCE;
    double rz = dot(r, z);
    for (int step = 0; step < MOST_STEPS && norm(r) > goal; step++) {
      apply(p, q);
      final double alpha = rz / dot(p, q);
      for (int i = 0; i < v.length; i++) {
        v[i] += alpha * p[i];
        r[i] -= alpha * q[i];
      }
      precondition(r, z);
      final double next = dot(r, z);
      final double beta = next / rz;
      rz = next;
      for (int i = 0; i < p.length; i++) {
        p[i] = z[i] + beta * p[i];
      }
    }
    if (norm(r) > 1e3 * goal) {
      throw new ArithmeticException("the wires' equations were not solved");
    }
    return v;
  }

  private double[] residual(final double[] v, final double[] voltages) {
    final double[] r = new double[v.length];
    apply(v, r);
    for (int i = 0; i < r.length; i++) {
      r[i] = -r[i];
    }
    if (in > 0) {
      for (int i = 0; i < rows; i++) {
        r[i * columns] += in * voltages[i];
      }
    } else {
      Arrays.fill(r, 0, cells, 0);
    }
    if (out == 0) {
      Arrays.fill(r, cells, 2 * cells, 0);
    }
    return r;
  }

  /** Currents out of the nodes at voltages, sources at 0. Nodes of fixed voltage get none. */
  private void apply(final double[] v, final double[] to) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        final int at = i * columns + j;
        final double through = g[at] * (v[at] - v[cells + at]);
        if (in > 0) {
          final double before = j == 0 ? 0 : v[at - 1];
          final double after = j == columns - 1 ? 0 : in * (v[at] - v[at + 1]);
          to[at] = through + in * (v[at] - before) + after;
        } else {
          to[at] = 0;
        }
        if (out > 0) {
          final double w = v[cells + at];
          final double above = i == 0 ? 0 : out * (w - v[cells + at - columns]);
          final double below = i == rows - 1 ? 0 : v[cells + at + columns];
          to[cells + at] = -through + out * (w - below) + above;
        } else {
          to[cells + at] = 0;
        }
      }
    }
  }

  /** Solves every line alone. */
  private void precondition(final double[] r, final double[] z) {
    if (in > 0) {
      for (int i = 0; i < rows; i++) {
        tridiagonal(r, z, i * columns, 1, columns, in, i * columns, false);
      }
    }
    if (out > 0) {
      for (int j = 0; j < columns; j++) {
        tridiagonal(r, z, cells + j, columns, rows, out, j, true);
      }
    }
  }

  /** Thomas' algorithm on a line; {@code atEnd}: its far end is the one that is held. */
  private void tridiagonal(
      final double[] r,
      final double[] z,
      final int first,
      final int stride,
      final int count,
      final double wire,
      final int cell,
      final boolean atEnd) {
    double pivot = 0;
    for (int k = 0; k < count; k++) {
      final boolean open = atEnd ? k == 0 : k == count - 1;
      final double diagonal = g[cell + k * stride] + wire * (open ? 1 : 2);
      final double before = k == 0 ? 0 : z[first + (k - 1) * stride];
      pivot = k == 0 ? diagonal : diagonal - wire * line[k - 1];
      line[k] = wire / pivot;
      z[first + k * stride] = (r[first + k * stride] + (k == 0 ? 0 : wire * before)) / pivot;
    }
    for (int k = count - 2; k >= 0; k--) {
      z[first + k * stride] += line[k] * z[first + (k + 1) * stride];
    }
  }

  private static double norm(final double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static double dot(final double[] a, final double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
