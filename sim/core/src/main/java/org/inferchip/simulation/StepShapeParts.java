package org.inferchip.simulation;

import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.inferchip.lowering.Call;
import org.inferchip.lowering.LayerBlock;
import org.inferchip.lowering.LoweredStep;

/**
 * A lowered step without its epilogue: what runs in every layer, and what runs once.
 *
 * @param step the step
 */
record StepShapeParts(LoweredStep step) {
  void outer(final Consumer<Call> consumer) {
    step.prologue().forEach(consumer);
    step.hops().forEach(consumer);
  }

  void layers(final ObjIntConsumer<Call> consumer) {
    for (final LayerBlock block : step.blocks()) {
      block.calls().forEach(call -> consumer.accept(call, block.repeat()));
    }
  }
}
