package org.inferchip.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Operator;
import org.inferchip.program.Buffer;
import org.inferchip.program.Placement;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TileProgram;

/** A program written out by hand: each item is one trip. Its operator demands nothing. */
final class ListProgram implements TileProgram {
  private final List<List<Consumer<TaskSink>>> streams = new ArrayList<>();
  private final List<Buffer> buffers;
  private final List<TensorRef> tensors;
  private final Placement placement;

  ListProgram(
      final List<Buffer> buffers, final List<TensorRef> tensors, final Placement placement) {
    this.buffers = buffers;
    this.tensors = tensors;
    this.placement = placement;
  }

  /** Adds a stream. */
  @SafeVarargs
  final ListProgram stream(final Consumer<TaskSink>... items) {
    streams.add(List.of(items));
    return this;
  }

  /** Each stream on a device of its own. */
  static Placement devices(final int count) {
    return new Placement() {
      @Override
      public int devices() {
        return count;
      }

      @Override
      public int device(final int stream) {
        return stream;
      }

      @Override
      public int coreGroup(final int stream) {
        return 0;
      }

      @Override
      public int core(final int stream) {
        return 0;
      }

      @Override
      public int array(final int stream) {
        return 0;
      }
    };
  }

  @Override
  public int streams() {
    return streams.size();
  }

  @Override
  public int items(final int stream) {
    return streams.get(stream).size();
  }

  @Override
  public int blocks(final int stream, final int item) {
    return 1;
  }

  @Override
  public int trips(final int stream, final int item, final int block) {
    return 1;
  }

  @Override
  public void emit(
      final int stream, final int item, final int block, final int trip, final TaskSink out) {
    streams.get(stream).get(item).accept(out);
  }

  @Override
  public List<Buffer> buffers() {
    return buffers;
  }

  @Override
  public List<TensorRef> tensors() {
    return tensors;
  }

  @Override
  public Placement placement() {
    return placement;
  }

  @Override
  public Operator operator() {
    return new Collective("none", Collective.Kind.SEND, 1, Format.BF16, 1);
  }
}
