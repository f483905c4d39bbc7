package org.inferchip.program;

import java.util.Objects;
import org.inferchip.numerics.Format;

/**
 * A first-in-first-out queue of tile slots in a stream's core. Each stream has its own instance.
 *
 * <p>Life of a slot: a task <i>opens</i> it (a credit: it waits until fewer than {@code depth}
 * slots are open), it is <i>filled</i> at the latency end of the task that completes it, later
 * tasks <i>read</i> it, and the last reader <i>releases</i> it at the end of that reader's
 * occupancy. Slots are opened, filled, read and released in program order; a read always means the
 * oldest slot that no earlier task of the stream has released. Nobody writes slot numbers.
 *
 * <p>A load or a store-less producer opens and fills in one task. An accumulation ({@link
 * Accumulate}) opens with {@code FIRST}, updates with {@code MIDDLE} and fills with {@code LAST};
 * {@code ONLY} does all three. A slot under accumulation may be read only after {@code LAST}.
 *
 * @param id position in {@link TileProgram#buffers()}
 * @param name for people: {@code a}, {@code b}, {@code acc}
 * @param level which memory of the core it takes
 * @param depth slots
 * @param rows rows of a full tile
 * @param cols columns of a full tile
 * @param format element format
 */
public record Buffer(
    int id, String name, Level level, int depth, int rows, int cols, Format format) {

  /** Which memory of a core a buffer takes. */
  public enum Level {
    /** Operand memory: {@code LocalMemory.capacity}. */
    LOCAL,
    /** Accumulators and registers: {@code LocalMemory.accumulatorCapacity}. */
    ACCUMULATOR,
    /**
     * The room of another buffer, whose slots are read for the last time as these are filled, and
     * which has as many (probabilities in the place of their scores).
     */
    OVERLAID,
    /** Cells of the stream's own array, which hold its weights for good. */
    CELLS
  }

  /** Checks sizes. */
  public Buffer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(format, "format");
    if (id < 0 || depth < 1 || rows < 1 || cols < 1) {
      throw new IllegalArgumentException(
          name + ": id " + id + ", depth " + depth + ", " + rows + " x " + cols);
    }
  }

  /** Bytes of one slot. */
  public long slotBytes() {
    return format.bytes((long) rows * cols);
  }

  /** Bytes of all slots. */
  public long bytes() {
    return depth * slotBytes();
  }
}
