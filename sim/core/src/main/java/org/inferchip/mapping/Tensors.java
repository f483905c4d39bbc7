package org.inferchip.mapping;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.numerics.Format;
import org.inferchip.program.Buffer;
import org.inferchip.program.TensorRef;

/** Numbers the tensors and buffers of a program in the order in which they are declared. */
final class Tensors {
  private final Homes homes;
  private final int devices;
  private final List<TensorRef> tensors = new ArrayList<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private long taken;

  Tensors(final Homes homes) {
    this(homes, 1);
  }

  /** Of a program whose tensors have equal rows on so many devices. */
  Tensors(final Homes homes, final int devices) {
    this.homes = homes;
    this.devices = devices;
  }

  /** Weights, keys or values. */
  TensorRef stored(
      final TensorRef.Role role, final long rows, final long cols, final Format format) {
    return add(role, rows, cols, format, homes.stored());
  }

  /** Weights of a matrix product. */
  TensorRef weights(final long rows, final long cols, final Format format) {
    return add(TensorRef.Role.WEIGHT, rows, cols, format, homes.weights());
  }

  /** The operand of weights: in local memory, or in the cells where they stand. */
  Buffer weightSlots(
      final String name, final int depth, final int rows, final int cols, final Format format) {
    return homes.weights() == TensorRef.Home.CELLS
        ? add(name, Buffer.Level.CELLS, 1, rows, cols, format)
        : add(name, Buffer.Level.LOCAL, depth, rows, cols, format);
  }

  /** An activation that is read, or a workspace. */
  TensorRef read(final TensorRef.Role role, final long rows, final long cols, final Format format) {
    return add(role, rows, cols, format, homes.read(perDevice(rows, cols, format), taken));
  }

  /** A workspace: of what does not fit a hardware cache, a share is kept there. */
  TensorRef workspace(
      final TensorRef.Role role, final long rows, final long cols, final Format format) {
    final long bytes = perDevice(rows, cols, format);
    final TensorRef.Home home = homes.read(bytes, taken);
    final double kept = home == TensorRef.Home.MEMORY ? homes.kept(bytes, taken) : 0;
    return add(new TensorRef(tensors.size(), role, rows, cols, format, home, kept));
  }

  /** A result. */
  TensorRef written(
      final TensorRef.Role role, final long rows, final long cols, final Format format) {
    return add(role, rows, cols, format, homes.written(perDevice(rows, cols, format), taken));
  }

  private long perDevice(final long rows, final long cols, final Format format) {
    return format.bytes(rows * cols) / devices;
  }

  Buffer local(
      final String name, final int depth, final int rows, final int cols, final Format format) {
    return add(name, Buffer.Level.LOCAL, depth, rows, cols, format);
  }

  Buffer accumulator(
      final String name, final int depth, final int rows, final int cols, final Format format) {
    return add(name, Buffer.Level.ACCUMULATOR, depth, rows, cols, format);
  }

  Buffer overlaid(
      final String name, final int depth, final int rows, final int cols, final Format format) {
    return add(name, Buffer.Level.OVERLAID, depth, rows, cols, format);
  }

  List<TensorRef> tensors() {
    return List.copyOf(tensors);
  }

  List<Buffer> buffers() {
    return List.copyOf(buffers);
  }

  private TensorRef add(
      final TensorRef.Role role,
      final long rows,
      final long cols,
      final Format format,
      final TensorRef.Home home) {
    return add(new TensorRef(tensors.size(), role, rows, cols, format, home));
  }

  private TensorRef add(final TensorRef tensor) {
    tensors.add(tensor);
    final boolean elsewhere =
        tensor.home() == TensorRef.Home.MEMORY || tensor.home() == TensorRef.Home.CELLS;
    taken += elsewhere ? 0 : tensor.bytes() / devices;
    return tensor;
  }

  private Buffer add(
      final String name,
      final Buffer.Level level,
      final int depth,
      final int rows,
      final int cols,
      final Format format) {
    final Buffer buffer = new Buffer(buffers.size(), name, level, depth, rows, cols, format);
    buffers.add(buffer);
    return buffer;
  }
}
