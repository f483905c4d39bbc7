package org.inferchip.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.inferchip.arch.Chip;
import org.inferchip.engine.Beginnings;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Engine;
import org.inferchip.engine.LawViolation;
import org.inferchip.mapping.Mapping;
import org.inferchip.operator.Operator;
import org.inferchip.program.TileProgram;
import org.inferchip.program.Warmth;

/**
 * Programs that were timed on one chip, by operator, mapping and warmth: simulators of that chip
 * with different software may share them, since the engine sees nothing of software but the
 * program. Thread-safe.
 */
public final class Timings {
  private final Chip chip;
  private final Detail detail;
  private final Beginnings beginnings = new Beginnings();
  private final Map<Object, Known> known = new ConcurrentHashMap<>();

  /** Of a chip, none yet. */
  public Timings(final Chip chip, final Detail detail) {
    this.chip = chip;
    this.detail = detail;
  }

  /**
   * What is known of a program.
   *
   * @param run null if it was given up
   * @param limitPicos until when it was given up
   */
  private record Known(Engine.Run run, long limitPicos) {}

  /** A program's run; nothing if it is not done before a time. */
  Optional<Engine.Run> within(
      final Operator operator,
      final Mapping mapping,
      final Warmth warmth,
      final TileProgram program,
      final long limitPicos) {
    final Object key = List.of(operator.workKey(), mapping.timed(), warmth);
    final Known before = known.get(key);
    if (before != null && before.run != null) {
      return before.run.timing().makespanPicos() < limitPicos
          ? Optional.of(before.run)
          : Optional.empty();
    }
    if (before != null && before.limitPicos >= limitPicos) {
      return Optional.empty();
    }
    try {
      final Optional<Engine.Run> run =
          Engine.simulateWithin(warmth.applied(program), chip, detail, limitPicos, beginnings);
      known.put(key, new Known(run.orElse(null), limitPicos));
      return run;
    } catch (final LawViolation law) {
      throw new LawViolation(
          operator + " as " + mapping.text() + " on " + chip.name() + ", " + detail, law);
    }
  }

  /** Whether these are of a chip in a detail. */
  boolean of(final Chip other, final Detail otherDetail) {
    return detail == otherDetail && chip.equals(other);
  }
}
