package org.inferchip.program;

import java.util.List;

/** A program with other tensors of the same shapes. */
record WarmProgram(TileProgram program, List<TensorRef> tensors) implements DerivedProgram {

  @Override
  public int items(final int stream) {
    return program.items(stream);
  }

  @Override
  public int alike(final int stream, final int item) {
    return program.alike(stream, item);
  }

  @Override
  public long itemKey(final int stream, final int item) {
    return program.itemKey(stream, item);
  }

  @Override
  public boolean even() {
    return program.even();
  }

  @Override
  public int kernels() {
    return program.kernels();
  }

  @Override
  public long startPicos() {
    return program.startPicos();
  }
}
