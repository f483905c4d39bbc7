package org.inferchip.engine;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.program.Placement;
import org.inferchip.program.TileProgram;
import org.inferchip.units.Picoseconds;

/**
 * Computing and external transfers slow each other. With C the time for which a matrix unit
 * computes on streamed operands and L the time for which the external memory serves meanwhile, the
 * unit takes C + rho L and the memory L + rho C; side by side that is max(C, L) + rho min(C, L).
 *
 * <p>Each side keeps what it owes: a multiplication is longer by rho times the time that the memory
 * has served, whomever, since the stream's multiplication before, and a transfer holds up the
 * memory by rho times the time that the arrays have computed, on average, since the transfer
 * before.
 *
 * <p>rho = {@link MatrixUnit.Streaming#interference}, 0 of programs whose loads are apart. Known
 * error: prologue and epilogue, when only one side is at work, owe as well.
 */
final class Interference {
  private final double rho;
  private final double picosPerByte;
  private final double[] part;
  private final double[] paid;
  private double served;
  private double computed;

  Interference(final TileProgram program, final Chip chip, final Folding folding) {
    final Placement placement = program.placement();
    final CoreGroup core = chip.cores().get(placement.coreGroup(0));
    rho = placement.devices() == 1 && !program.apart() ? share(core.matrix()) : 0;
    final double rate = Rates.of(chip, core, program.memoryShare()).memory();
    picosPerByte = rate > 0 ? Picoseconds.PER_SECOND / rate : 0;
    part = new double[folding.size()];
    paid = new double[folding.size()];
    if (rho > 0) {
      final double arrays = arrays(program);
      Arrays.setAll(part, s -> folding.multiplicity(s) / arrays);
    }
  }

  /** Arrays of the device that the program runs on. */
  private static int arrays(final TileProgram program) {
    final Placement placement = program.placement();
    final Set<Long> arrays = new HashSet<>();
    for (int stream = 0; stream < program.streams(); stream++) {
      arrays.add(
          (long) placement.coreGroup(stream) << 48
              | (long) placement.core(stream) << 16
              | placement.array(stream));
    }
    return arrays.size();
  }

  static double share(final MatrixUnit unit) {
    return unit instanceof final MatrixUnit.TensorCore tensor
        ? tensor.streaming().map(MatrixUnit.Streaming::interference).orElse(0.0)
        : 0;
  }

  /** Draws what is owed: picoseconds that lie ahead. */
  void draw(final Picture picture) {
    if (rho > 0) {
      picture.instant(picture.at() + (long) (rho * computed));
      for (final double before : paid) {
        picture.instant(picture.at() + (long) (rho * (served - before)));
      }
    }
  }

  /** A multiplication starts: gives by how much it is longer. */
  long multiply(final int stream, final Shape shape) {
    if (rho == 0 || !shape.streamed) {
      return 0;
    }
    computed += part[stream] * shape.occupancyPicos;
    final double owed = rho * (served - paid[stream]);
    paid[stream] = served;
    return (long) owed;
  }

  /**
   * A transfer of so many bytes with the external memory starts: gives by how much it is longer.
   */
  long transfer(final long bytes) {
    if (rho == 0) {
      return 0;
    }
    served += picosPerByte * bytes;
    final double owed = rho * computed;
    computed = 0;
    return (long) owed;
  }
}
