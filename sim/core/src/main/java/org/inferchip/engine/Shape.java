package org.inferchip.engine;

import org.inferchip.numerics.Format;
import org.inferchip.program.Task;

/**
 * All that the engine needs of a task, worked out once for each distinct shape on each kind of
 * core. Never changed after {@link ShapeCompiler} made it; plain fields because the event loop
 * reads them.
 */
final class Shape {
  /** Lanes of a stream, one for each unit that it issues to. */
  static final int LOAD = 0;

  static final int STORE = 1;
  static final int SEND = 2;
  static final int MATRIX = 3;
  static final int VECTOR = 4;

  /** Stages of an attention unit. */
  static final int SCORES = 5;

  static final int SOFTMAX = 6;
  static final int VALUES = 7;
  static final int LANES = 8;

  // CHECKSTYLE.OFF: VisibilityModifier (read in the event loop)
  /** Position in the table of shapes. */
  final int id;

  /** Equal for shapes that differ only in the bytes that their misses charge. */
  final int kind;

  /** A task of the shape; its coordinates mean nothing. */
  final Task example;

  int lane;

  /** Buffers read (-1: none), and whether the slot is released. */
  int a;

  int b;
  int c;
  boolean releasesA;
  boolean releasesB;
  boolean releasesC;

  /** Buffer written (-1: none), and what happens to its slot. */
  int to;

  boolean toOpens;
  boolean toFills;

  /** Buffer under accumulation (-1: none). */
  int accumulator;

  boolean accumulatorOpens;
  boolean accumulatorFills;

  /** Operand that stays in the unit: 0 none, 1 a, 2 b. */
  int stationary;

  boolean waits;
  boolean endsItem;

  /** Multiplication whose operands stream in: computing and external transfers interfere. */
  boolean streamed;

  /** Compute units: picoseconds until the unit falls free. */
  long occupancyPicos;

  /** Compute units: picoseconds from start to result. Transfers: beyond the last byte's service. */
  long latencyPicos;

  /** Compute units: occupancy if the stationary operand already stands in the unit. */
  long keptOccupancyPicos;

  /** Compute units: latency if kept. SEND: latency within one device. */
  long keptLatencyPicos;

  /**
   * Transfers: bytes at the port; at the shared memory (SEND: within one device); at the memory.
   */
  long portBytes;

  long sharedBytes;
  long memoryBytes;

  /** Loads: over the attention unit's own path instead of the core's port. */
  boolean ownPath;

  /** Loads: time for which they take their queue at least. */
  long leastPicos;

  /** SEND: bytes on the links out of the sender and into the receiver. */
  long outBytes;

  long inBytes;

  /** Transfers: time of the port alone. */
  long portPicos;

  /** Every pipe, unit and latency of it one after the other: its part of the upper bound. */
  long serialPicos;

  /** Counters of one task. */
  Format format;

  long macs;
  long vectorOperations;
  long specialOperations;
  long localBytes;
  int multicast = 1;

  /** Loads: the memory is that of the core's own die. */
  boolean local;

  AnalogWork analog = AnalogWork.NONE;

  // CHECKSTYLE.ON: VisibilityModifier

  Shape(final int id, final int kind, final Task example) {
    this.id = id;
    this.kind = kind;
    this.example = example;
  }

  /** Time of its unit, or of its port. */
  long workPicos() {
    return occupancyPicos + portPicos;
  }
}
