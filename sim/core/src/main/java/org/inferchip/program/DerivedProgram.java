package org.inferchip.program;

import java.util.List;
import org.inferchip.numerics.Exponential;
import org.inferchip.operator.Operator;

/**
 * A program made of another: what is not overridden is the other's. How many items are alike, keys
 * of items, kernels and start are not taken over, since they need not hold for a part.
 */
public interface DerivedProgram extends TileProgram {
  /** The other program. */
  TileProgram program();

  @Override
  default int streams() {
    return program().streams();
  }

  @Override
  default int blocks(final int stream, final int item) {
    return program().blocks(stream, item);
  }

  @Override
  default int trips(final int stream, final int item, final int block) {
    return program().trips(stream, item, block);
  }

  @Override
  default void emit(
      final int stream, final int item, final int block, final int trip, final TaskSink out) {
    program().emit(stream, item, block, trip, out);
  }

  @Override
  default boolean turns() {
    return program().turns();
  }

  @Override
  default long laneKind(final int stream) {
    return program().laneKind(stream);
  }

  @Override
  default List<Buffer> buffers() {
    return program().buffers();
  }

  @Override
  default List<TensorRef> tensors() {
    return program().tensors();
  }

  @Override
  default boolean apart() {
    return program().apart();
  }

  @Override
  default double memoryShare() {
    return program().memoryShare();
  }

  @Override
  default boolean readOnce(final TensorRef tensor) {
    return program().readOnce(tensor);
  }

  @Override
  default Placement placement() {
    return program().placement();
  }

  @Override
  default Exponential exponential() {
    return program().exponential();
  }

  @Override
  default Operator operator() {
    return program().operator();
  }
}
