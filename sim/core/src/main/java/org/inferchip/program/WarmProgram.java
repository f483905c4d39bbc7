package org.inferchip.program;

import java.util.List;
import org.inferchip.operator.Operator;

/** A program with other tensors of the same shapes. */
record WarmProgram(TileProgram program, List<TensorRef> tensors) implements TileProgram {

  @Override
  public int streams() {
    return program.streams();
  }

  @Override
  public int items(final int stream) {
    return program.items(stream);
  }

  @Override
  public int alike(final int stream, final int item) {
    return program.alike(stream, item);
  }

  @Override
  public int blocks(final int stream, final int item) {
    return program.blocks(stream, item);
  }

  @Override
  public int trips(final int stream, final int item, final int block) {
    return program.trips(stream, item, block);
  }

  @Override
  public long itemKey(final int stream, final int item) {
    return program.itemKey(stream, item);
  }

  @Override
  public void emit(
      final int stream, final int item, final int block, final int trip, final TaskSink out) {
    program.emit(stream, item, block, trip, out);
  }

  @Override
  public List<Buffer> buffers() {
    return program.buffers();
  }

  @Override
  public Placement placement() {
    return program.placement();
  }

  @Override
  public int kernels() {
    return program.kernels();
  }

  @Override
  public long startPicos() {
    return program.startPicos();
  }

  @Override
  public Operator operator() {
    return program.operator();
  }
}
