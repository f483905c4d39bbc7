package org.inferchip.simulation;

import java.util.Optional;
import org.inferchip.arch.Stack;
import org.inferchip.engine.Engine;
import org.inferchip.mapping.Mapping;
import org.inferchip.operator.Operator;
import org.inferchip.program.TileProgram;
import org.inferchip.program.Warmth;
import org.inferchip.units.Picoseconds;

/**
 * Times programs of an operator and remembers the fastest, the first of equals: the one that a
 * search picks. The others are given up as soon as they are no faster.
 */
final class FastestRun {
  private final Operator operator;
  private final Warmth warmth;
  private final Stack stack;
  private final Timings timings;
  private Engine.Run best;
  private int devices;
  private long leastPicos;
  private long betweenPicos;

  FastestRun(
      final Operator operator, final Warmth warmth, final Stack stack, final Timings timings) {
    this.operator = operator;
    this.warmth = warmth;
    this.stack = stack;
    this.timings = timings;
  }

  /**
   * A mapping with its times at nominal clock.
   *
   * @param leastPicos of its program, and of what comes between its kernels
   */
  record Found(Mapping mapping, Engine.Run run, int devices, long leastPicos, long betweenPicos) {}

  /** Time of a program; of one that is given up, some more than the least so far. */
  long picos(final Mapping mapping, final TileProgram program) {
    final long between =
        Picoseconds.of((program.kernels() - 1) * stack.matmul().fixUp()) + program.startPicos();
    final long limit = best == null ? Long.MAX_VALUE : leastPicos - between;
    final Optional<Engine.Run> run = timings.within(operator, mapping, warmth, program, limit);
    if (run.isPresent()) {
      best = run.get();
      leastPicos = best.timing().makespanPicos() + between;
      devices = program.placement().devices();
      betweenPicos = between;
    }
    return leastPicos + (run.isPresent() ? 0 : 1);
  }

  /** Whether nothing was timed. */
  boolean isEmpty() {
    return best == null;
  }

  /** The fastest, whose mapping is this. */
  Found found(final Mapping mapping) {
    return new Found(mapping, best, devices, leastPicos, betweenPicos);
  }
}
