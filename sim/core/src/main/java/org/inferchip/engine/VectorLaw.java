package org.inferchip.engine;

import org.inferchip.arch.VectorUnit;
import org.inferchip.program.VectorOp;

/**
 * Element-wise units: occupancy = max(operations / lanes, special functions / special lanes)
 * cycles, each rounded up; latency = occupancy + {@code latencyCycles}.
 *
 * <p>The two pipelines work side by side, as the fp32 and special-function pipes of a GPU's
 * multiprocessor do (Shah et al. 2024, FlashAttention-3, names the special functions as the binding
 * rate of softmax). Operations for an element stand in {@link VectorOp}; their counts are
 * assumptions of that table.
 *
 * <p>Limits: reductions along a row cost no more than their element operations; issue conflicts
 * between the pipelines are left out.
 */
final class VectorLaw {
  private final VectorUnit unit;

  VectorLaw(final VectorUnit unit) {
    this.unit = unit;
  }

  /** Cycles until the unit may take its next task. */
  long occupancyCycles(final long operations, final long special) {
    return Math.max(
        1,
        Math.max(
            MatrixLaw.ceilDiv(operations, unit.lanes()),
            MatrixLaw.ceilDiv(special, unit.specialLanes())));
  }

  /** Cycles from the last element in to the last out. */
  int latencyCycles() {
    return unit.latencyCycles();
  }
}
