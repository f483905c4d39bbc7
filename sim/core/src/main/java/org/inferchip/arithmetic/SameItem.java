package org.inferchip.arithmetic;

import org.inferchip.program.DerivedProgram;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TileProgram;

/**
 * One item of every stream of a collective: one piece of the message in each lane. Items of one
 * number exchange data among themselves only; a program in which they do not gets stuck here.
 *
 * @param program the whole program
 * @param number which item
 */
record SameItem(TileProgram program, int number) implements DerivedProgram {
  @Override
  public int items(final int stream) {
    return program.items(stream) > number ? 1 : 0;
  }

  @Override
  public int blocks(final int stream, final int item) {
    return program.blocks(stream, number);
  }

  @Override
  public int trips(final int stream, final int item, final int block) {
    return program.trips(stream, number, block);
  }

  @Override
  public void emit(
      final int stream, final int item, final int block, final int trip, final TaskSink out) {
    program.emit(stream, number, block, trip, out);
  }
}
