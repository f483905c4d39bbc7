package org.inferchip.mapping;

import java.util.Map;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Home;
import org.inferchip.program.Warmth;

/**
 * Time of a matrix product in closed form, for tensor-core-like units with streamed operands: what
 * the tile program takes on the engine, to a few percent. It ranks candidates and is an oracle of
 * tests; no result rests on it.
 *
 * <pre>
 *   tc = waves x (steps of a part + fill) x max(multiply, feed)   or the turns of slots
 *   tm = max(bytes / min(memory's rate, bytes in flight / latency), port's bytes / its rate)
 *   t  = max(tc + rho tm, tm + rho tc) + latency, first step, last results
 *      [+ fix-up: start of a kernel, parts out and in again, if the reduction is split]
 * </pre>
 *
 * <p>Multiply and feed are those of the whole tile, edges included; a pair of cores feeds half of
 * the columns' operand to each. Bytes are those whose home is the external memory, less what is
 * warm there; that an operand may be read more than once counts where the library's walk is known
 * ({@link MatMulRereads}).
 */
final class MatMulEstimate {
  /** Cycles from a tile's last operands to its first results: depths of units, roughly. */
  private static final int DEPTHS = 200;

  private final MatMul op;
  private final Roofline roofline;
  private final MatrixUnit.Streaming loop;
  private final Map<TensorRef.Role, Double> warm;
  private final Format format;
  private final double fixUpPicos;
  private final boolean bands;

  MatMulEstimate(
      final MatMul op,
      final Roofline roofline,
      final MatrixUnit.Streaming loop,
      final Warmth warmth,
      final double fixUpPicos,
      final boolean bands) {
    this.op = op;
    this.roofline = roofline;
    this.loop = loop;
    this.fixUpPicos = fixUpPicos;
    this.bands = bands;
    warm = warmth.hits();
    format = op.multiplied();
  }

  /** Picoseconds of a mapping whose parts are given. */
  double picos(final MatMulGrid grid, final MatMulMapping mapping, final MatMulParts parts) {
    final double left = op.activation().bits() / 8 * mapping.tileM();
    final double right = op.weight().bits() / 8 * mapping.tileN() / mapping.pair();
    final double port = roofline.portRead((left + right) * mapping.tileK());
    final double whole = (double) Task.WHOLE / mapping.share();
    final double step =
        whole
            * Math.max(
                roofline.loop(mapping.tileM(), mapping.tileN(), mapping.tileK(), format),
                (left + right) * mapping.tileK() / loop.feed() * roofline.cycle);
    final double fill = step * loop.fillK() * 16 / format.dense().bits() / mapping.tileK();
    final double waves = Math.ceil((double) grid.work() / grid.streams(roofline.cores, 1));
    final double deep = Math.ceil((double) MatMulGrid.ceil(op.k(), mapping.tileK()) / grid.splits);
    final double steps = waves * deep;
    final double computing = steps * step + waves * fill;
    final double transfers = transfers(grid, mapping, parts);
    final boolean far = external(parts.input) + external(parts.weight) > 0;
    final double rho = mapping.apart() == 1 ? 0 : loop.interference();
    final double slowed = step + rho * transfers / steps;
    final double turn = (far ? roofline.latency : roofline.nearLatency()) + port + slowed;
    return Math.max(
            turns(steps, mapping.stages(), slowed, turn) + waves * fill,
            transfers + rho * computing)
        + roofline.latency
        + port
        + (grid.splits > 1 ? merge(grid) : store(grid, mapping));
  }

  /**
   * Steps of a loop through slots. A slot is filled, waits for its data, is multiplied, and only
   * then filled again: a step starts when the one before is done, and not before a turn of its slot
   * has passed.
   */
  private static double turns(
      final double steps, final int stages, final double step, final double turn) {
    final double rounds = Math.floor((steps - 1) / stages);
    return rounds * Math.max(turn, stages * step) + (steps - rounds * stages) * step;
  }

  private double transfers(
      final MatMulGrid grid, final MatMulMapping mapping, final MatMulParts parts) {
    final MatMulRereads reads =
        bands
            ? MatMulRereads.of(grid, mapping, roofline.arrays(), roofline.cache())
            : MatMulRereads.NONE;
    final double bytes =
        external(parts.input) * reads.input()
            + external(parts.weight) * reads.weight()
            + external(parts.output);
    final long streams = grid.streams(roofline.cores, 1);
    final double slot = parts.a.slotBytes() + parts.b.slotBytes();
    final double flight = streams * mapping.stages() * slot;
    final double all = parts.input.bytes() + parts.weight.bytes();
    return Math.max(
        Math.max(
            roofline.memory(bytes) * Task.WHOLE / mapping.memory(),
            bytes * roofline.latency / flight),
        roofline.portRead(all / roofline.cores.count()));
  }

  private double external(final TensorRef tensor) {
    final Double hit = warm.get(tensor.role());
    if (hit != null && tensor.home() != Home.ON_CHIP) {
      return tensor.bytes() * (1 - hit);
    }
    return tensor.home() == Home.MEMORY ? tensor.bytes() : 0;
  }

  /** The last tile's results. */
  private double store(final MatMulGrid grid, final MatMulMapping mapping) {
    return roofline.nearLatency()
        + DEPTHS * roofline.cycle
        + roofline.vector((double) grid.tileM * grid.tileN, 0)
        + roofline.portWrite(op.output().bytes((long) grid.tileM * grid.tileN));
  }

  /** Parts written and read back by all cores. */
  private double merge(final MatMulGrid grid) {
    final double bytes = op.accumulator().bytes((long) grid.splits * op.m() * op.n());
    final double each = bytes / roofline.cores.count();
    return fixUpPicos
        + roofline.portWrite(each)
        + roofline.portRead(each)
        + (2 + Math.ceil(grid.splits / 2.0)) * roofline.nearLatency()
        + DEPTHS * roofline.cycle;
  }
}
