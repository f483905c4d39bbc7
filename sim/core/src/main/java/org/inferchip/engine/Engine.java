package org.inferchip.engine;

import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.program.TileProgram;

/**
 * Times a tile program on a chip: an event simulation of tile tasks on units, pipes and buffers.
 *
 * <p>Time is in picoseconds. The run is single-threaded, without randomness or wall clock: equal
 * arguments give equal results on every machine and JDK. Every run asserts the engine's laws and
 * throws {@link LawViolation}: not faster than the lower bounds, not slower than everything one
 * after the other, busy and idle time of each unit make the makespan, and the memory served as many
 * bytes as the program charges.
 *
 * <p>Stateless and thread-safe.
 */
public final class Engine {
  private Engine() {}

  /**
   * A simulated program with the bounds it was checked against.
   *
   * @param timing what happened
   * @param bounds what cannot have been
   */
  public record Run(Timing timing, Bounds bounds) {}

  /** Times a program. */
  public static Timing run(final TileProgram program, final Chip chip, final Detail detail) {
    return simulate(program, chip, detail, null).timing();
  }

  /** Bounds of a program's time, without running it. */
  public static Bounds bounds(final TileProgram program, final Chip chip) {
    final Survey survey = new Survey(program, chip, new Shapes(program, chip));
    final Links links = new Links(chip, program.placement().devices(), new Pipes());
    return LowerBounds.of(program, chip, survey.tally().upperPicos(links));
  }

  /**
   * Times a program and gives its bounds.
   *
   * @param observer sees every simulated task; may be null
   */
  public static Run simulate(
      final TileProgram program,
      final Chip chip,
      final Detail detail,
      final TaskObserver observer) {
    return simulate(program, chip, detail, observer, Long.MAX_VALUE, new Beginnings())
        .orElseThrow();
  }

  /**
   * Times a program that is done before a time, and gives its bounds; nothing if it is not. Laws
   * are asserted of a program that is.
   *
   * @param beginnings of programs on this chip, which are not timed again
   */
  public static Optional<Run> simulateWithin(
      final TileProgram program,
      final Chip chip,
      final Detail detail,
      final long limitPicos,
      final Beginnings beginnings) {
    return simulate(program, chip, detail, null, limitPicos, beginnings);
  }

  private static Optional<Run> simulate(
      final TileProgram program,
      final Chip chip,
      final Detail detail,
      final TaskObserver observer,
      final long limitPicos,
      final Beginnings beginnings) {
    final Shapes shapes = new Shapes(program, chip);
    final Survey survey = new Survey(program, chip, shapes);
    final boolean paced = detail == Detail.FOLDED && observer == null && Pace.suits(program);
    final Optional<Timing> timing =
        paced
            ? Optional.of(
                new Pace(chip, beginnings, part -> whole(part, chip))
                    .timing(program, survey.tally().counters(), shapes))
            : timing(program, chip, shapes, survey, detail, observer, limitPicos);
    if (timing.isEmpty() || timing.get().makespanPicos() >= limitPicos) {
      return Optional.empty();
    }
    final Links links = new Links(chip, program.placement().devices(), new Pipes());
    final Bounds bounds = LowerBounds.of(program, chip, survey.tally().upperPicos(links));
    Laws.bounds(timing.get().makespanPicos(), bounds);
    return Optional.of(new Run(timing.get(), bounds));
  }

  private static Timing whole(final TileProgram part, final Chip chip) {
    final Shapes shapes = new Shapes(part, chip);
    final Survey survey = new Survey(part, chip, shapes);
    return timing(part, chip, shapes, survey, Detail.FOLDED, null, Long.MAX_VALUE).orElseThrow();
  }

  private static Optional<Timing> timing(
      final TileProgram program,
      final Chip chip,
      final Shapes shapes,
      final Survey survey,
      final Detail detail,
      final TaskObserver observer,
      final long limitPicos) {
    final Folding folding =
        detail == Detail.FULL ? Folding.none(program.streams()) : Folding.of(program, chip, survey);
    final boolean skipping = detail == Detail.FOLDED && observer == null;
    try {
      return timing(program, chip, folding, survey, shapes, observer, skipping, limitPicos);
    } catch (DeadlockException e) {
      if (!folding.folded()) {
        throw e;
      }
      // A stream that waits for one that another stands for may wait for itself: then do all.
      final Folding none = Folding.none(program.streams());
      return timing(program, chip, none, survey, shapes, observer, skipping, limitPicos);
    }
  }

  private static Optional<Timing> timing(
      final TileProgram program,
      final Chip chip,
      final Folding folding,
      final Survey survey,
      final Shapes shapes,
      final TaskObserver observer,
      final boolean skipping,
      final long limitPicos) {
    final Layout layout = new Layout(chip, program, folding, survey);
    final Simulation simulation =
        new Simulation(
            program,
            shapes,
            folding,
            layout,
            new Interference(program, chip, folding),
            observer,
            survey.waits(),
            skipping);
    if (!simulation.run(limitPicos)) {
      return Optional.empty();
    }
    final long makespan = simulation.makespanPicos();
    final Counters counters = survey.tally().counters();
    Laws.memoryBytes(folding.devices() * layout.memoryBytesServed(), counters.memoryBytes());
    return Optional.of(
        new Timing(
            makespan,
            counters,
            residentShare(simulation.residentPicos(), makespan, program, chip),
            simulation.account().close(makespan),
            simulation.events(),
            folding.folded()));
  }

  private static double residentShare(
      final double residentPicos, final long makespan, final TileProgram program, final Chip chip) {
    return makespan == 0
        ? 0
        : residentPicos / ((double) makespan * chip.coreCount() * program.placement().devices());
  }
}
