package org.inferchip.engine;

import org.inferchip.arch.MatrixUnit;
import org.inferchip.numerics.Format;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Task;

/**
 * Tensor-core-like units: fixed small shapes issued back to back.
 *
 * <p>occupancy = ceil(m' n' k' / (rate x sustained)) cycles, where m', n', k' are rounded up to the
 * unit's granules (shape quantisation); latency = occupancy + {@code latencyCycles}. The granule of
 * k is stated for 16-bit inputs and scales with 16 / bits, since an instruction takes a fixed
 * number of bytes along k (PTX ISA, shapes of {@code mma} and {@code wgmma}: k16 for bf16, k32 for
 * fp8 and int8). Operands may change places (the product transposed), as libraries do for few rows:
 * the cheaper of the two orientations counts.
 *
 * <p>Limits: no bank conflicts, no sparsity; issue slots lost to other work are in {@code
 * sustained} (fitted, 0.9-0.97 on A100 and Hopper parts, 0.8 on data-centre Blackwell). Operand
 * feed from local memory is a bound of its own, see {@link ShapeCompiler}.
 *
 * <p>A step of a loop with streamed operands ({@link MatrixUnit.Streaming}) does the kernel's whole
 * tile, edges included, and takes no less than its operands need to come in; the first step of a
 * tile takes {@code fillK} more elements of the reduction. Where {@code stall} is stated, it stands
 * in place of {@code sustained}.
 */
final class TensorCoreLaw implements MatrixLaw {
  private final MatrixUnit.TensorCore unit;

  TensorCoreLaw(final MatrixUnit.TensorCore unit) {
    this.unit = unit;
  }

  @Override
  public MatrixCycles cycles(
      final long m, final long n, final long k, final Format format, final Accumulate step) {
    final int rate = MatrixLaw.rate(unit.macsPerCycle(), format);
    // Of elements alone: scales of blocks (4.5 bits an element of nvfp4) have a way of their own.
    final double bits = Math.floor(Math.max(1, format.dense().bits()));
    final long granuleK = Math.max(1, (long) (unit.granuleK() * 16 / bits));
    final long plane =
        Math.min(
            pad(m, unit.granuleM()) * pad(n, unit.granuleN()),
            pad(n, unit.granuleM()) * pad(m, unit.granuleN()));
    final long macs = Math.multiplyExact(plane, pad(k, granuleK));
    final long occupancy = Math.max(1, (long) Math.ceil(macs / (rate * unit.sustained())));
    return new MatrixCycles(occupancy, occupancy + unit.latencyCycles());
  }

  /** Cycles of a step whose operands stream in. */
  MatrixCycles streamed(final Task task, final Format first, final Format second) {
    final MatrixUnit.Streaming loop = unit.streaming().orElseThrow();
    final Format format = Format.multiplied(first, second);
    final long fill = task.step.opens() ? (long) (loop.fillK() * 16 / format.dense().bits()) : 0;
    final long k = task.tileK + fill;
    final double bytes =
        k * (task.tileM * first.bits() + task.tileN * second.bits() / task.joint) / 8;
    final long worked = cycles(task.tileM, task.tileN, k, format, task.step).occupancy();
    final long looped = (long) Math.ceil(loop.cycles(worked, unit.sustained(), k, format));
    return new MatrixCycles(looped, looped + unit.latencyCycles())
        .atLeast((long) Math.ceil(bytes / loop.feed()), 0);
  }

  /** Whether it limits loops with streamed operands. */
  boolean streams() {
    return unit.streaming().isPresent();
  }

  private static long pad(final long size, final long granule) {
    return MatrixLaw.ceilDiv(size, granule) * granule;
  }
}
