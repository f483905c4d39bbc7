package org.inferchip.engine;

import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.MatrixUnit.EdgeTiles;
import org.inferchip.arch.MatrixUnit.Overlap;
import org.inferchip.arch.MatrixUnit.Systolic;
import org.inferchip.numerics.Format;
import org.inferchip.program.Accumulate;

/**
 * Systolic arrays of R rows and C columns, for one tile task of any size, fold by fold.
 *
 * <table>
 *   <caption>What a fold holds, and the time T that streams through it</caption>
 *   <tr><th>dataflow</th><th>rows</th><th>columns</th><th>T</th></tr>
 *   <tr><td>ws</td><td>k</td><td>n</td><td>m</td></tr>
 *   <tr><td>is</td><td>k</td><td>m</td><td>n</td></tr>
 *   <tr><td>os</td><td>m</td><td>n</td><td>k</td></tr>
 * </table>
 *
 * <p>A fold alone takes <b>2R + C + T - 2</b> cycles: R to install the stationary operand (ws, is)
 * or to drain the sums (os), R + C - 2 of skew, T of streaming. That is SCALE-Sim's form plus its
 * missing cycle, and equals register-level Verilog for ws and os (8 shapes each, to the cycle).
 * With I = {@code weightLoadCycles} (or R) to install or drain:
 *
 * <ul>
 *   <li>S, the stream, is T if fill and drain of consecutive folds overlap, else T + R + C - 2;
 *   <li>occupancy of a fold is I + S with one weight buffer, max(I, S) with two (ONNXim, validated
 *       against Gemmini RTL: max(T, R) a weight tile in the steady state);
 *   <li>latency of a fold is I + T + R + C - 2.
 * </ul>
 *
 * <p>In an output-stationary array sums stay between the steps of one accumulation, so only the
 * steps that fill pay I; where a tile has several folds each of them drains. If the next task reads
 * the same stationary slot it is not installed again. Edge folds cost as full ones or shrink to
 * their own rows and columns ({@code edgeTiles}). A format of another rate than R x C streams T R C
 * / rate cycles.
 *
 * <p>Limits: operands reach the edges of the array without conflict; with two buffers the operand
 * slots are released up to min(T, I) cycles early.
 */
final class SystolicLaw implements MatrixLaw {
  private final Systolic unit;

  SystolicLaw(final Systolic unit) {
    this.unit = unit;
  }

  @Override
  public Stationary stationary() {
    return switch (unit.dataflow()) {
      case WS -> Stationary.B;
      case IS -> Stationary.A;
      case OS -> Stationary.NONE;
    };
  }

  @Override
  public MatrixCycles cycles(
      final long m, final long n, final long k, final Format format, final Accumulate step) {
    final int rate = MatrixLaw.rate(unit.macsPerCycle(), format);
    return switch (unit.dataflow()) {
      case WS -> folds(k, n, m, rate, true, false);
      case IS -> folds(k, m, n, rate, true, false);
      case OS -> {
        final boolean one = m <= unit.rows() && n <= unit.columns();
        yield folds(m, n, k, rate, step.fills() || !one, true);
      }
    };
  }

  private MatrixCycles folds(
      final long down,
      final long across,
      final long time,
      final int rate,
      final boolean moves,
      final boolean drains) {
    final long streamed =
        MatrixLaw.ceilDiv(Math.multiplyExact(time, (long) unit.rows() * unit.columns()), rate);
    final long fullDown = down / unit.rows();
    final long fullAcross = across / unit.columns();
    final long edgeRows = edge(down % unit.rows(), unit.rows());
    final long edgeColumns = edge(across % unit.columns(), unit.columns());
    long occupancy = 0;
    Fold last = null;
    for (int kind = 0; kind < 4; kind++) {
      final boolean edgeDown = (kind & 1) != 0;
      final boolean edgeAcross = (kind & 2) != 0;
      final long count =
          (edgeDown ? Math.min(1, edgeRows) : fullDown)
              * (edgeAcross ? Math.min(1, edgeColumns) : fullAcross);
      if (count > 0) {
        last =
            fold(
                edgeDown ? edgeRows : unit.rows(),
                edgeAcross ? edgeColumns : unit.columns(),
                streamed,
                moves);
        occupancy = Math.addExact(occupancy, Math.multiplyExact(count, last.occupancy));
      }
    }
    final long latency = occupancy - last.occupancy + last.latency;
    final boolean kept = !drains && down <= unit.rows() && across <= unit.columns();
    return kept
        ? new MatrixCycles(occupancy, latency, last.keptOccupancy, last.keptLatency)
        : new MatrixCycles(occupancy, latency);
  }

  private long edge(final long rest, final long full) {
    return rest == 0 || unit.edgeTiles() == EdgeTiles.SHRUNK ? rest : full;
  }

  private Fold fold(final long rows, final long columns, final long streamed, final boolean moves) {
    final boolean stays = unit.dataflow() != MatrixUnit.Dataflow.OS;
    final long whole = stays && unit.weightLoadCycles() > 0 ? unit.weightLoadCycles() : unit.rows();
    final long install = moves ? MatrixLaw.ceilDiv(whole * rows, unit.rows()) : 0;
    final long skew = rows + columns - 2;
    final long stream = unit.overlap() == Overlap.NONE ? streamed + skew : streamed;
    final boolean single = unit.weightBuffers() == 1;
    return new Fold(
        single ? install + stream : Math.max(install, stream),
        install + streamed + skew,
        stream,
        (single && stays ? 0 : install) + streamed + skew);
  }

  private record Fold(long occupancy, long latency, long keptOccupancy, long keptLatency) {}
}
