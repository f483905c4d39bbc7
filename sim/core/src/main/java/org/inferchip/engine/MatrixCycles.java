package org.inferchip.engine;

import org.inferchip.program.Task;

/**
 * Cycles of one multiplication on a matrix unit.
 *
 * @param occupancy until the unit may take its next task
 * @param latency until the result may be used
 * @param keptOccupancy occupancy if the stationary operand already stands in the unit
 * @param keptLatency latency if it does
 */
record MatrixCycles(long occupancy, long latency, long keptOccupancy, long keptLatency) {
  /** Nothing is stationary. */
  MatrixCycles(final long occupancy, final long latency) {
    this(occupancy, latency, occupancy, latency);
  }

  /** At a share of the array's rate, and held up for some cycles by other units. */
  MatrixCycles slowed(final int share, final long heldCycles) {
    if (share == Task.WHOLE && heldCycles == 0) {
      return this;
    }
    final long more = slower(occupancy, share) + heldCycles;
    final long moreKept = slower(keptOccupancy, share) + heldCycles;
    return new MatrixCycles(
        occupancy + more, latency + more, keptOccupancy + moreKept, keptLatency + moreKept);
  }

  private static long slower(final long cycles, final int share) {
    return MatrixLaw.ceilDiv(cycles * (Task.WHOLE - share), share);
  }

  /** Not shorter than the operands take from local memory; latency grows by as much. */
  MatrixCycles atLeast(final long feedCycles, final long extraLatency) {
    final long more = Math.max(0, feedCycles - occupancy);
    final long moreKept = Math.max(0, feedCycles - keptOccupancy);
    return new MatrixCycles(
        occupancy + more,
        latency + more + extraLatency,
        keptOccupancy + moreKept,
        keptLatency + moreKept + extraLatency);
  }
}
