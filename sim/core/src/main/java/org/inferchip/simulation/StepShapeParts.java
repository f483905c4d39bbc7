package org.inferchip.simulation;

import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.inferchip.lowering.LayerBlock;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.operator.Operator;

/**
 * A lowered step without its epilogue: what runs in every layer, and what runs once.
 *
 * @param step the step
 */
record StepShapeParts(LoweredStep step) {
  void outer(final Consumer<Operator> consumer) {
    step.prologue().forEach(call -> consumer.accept(call.operator()));
    step.hops().forEach(call -> consumer.accept(call.operator()));
  }

  void layers(final ObjIntConsumer<Operator> consumer) {
    for (final LayerBlock block : step.blocks()) {
      block.calls().forEach(call -> consumer.accept(call.operator(), block.repeat()));
    }
  }
}
