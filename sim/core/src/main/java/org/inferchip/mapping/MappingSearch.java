package org.inferchip.mapping;

import java.util.List;
import java.util.function.ToLongBiFunction;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Stack;
import org.inferchip.operator.Operator;
import org.inferchip.program.TileProgram;
import org.inferchip.program.Warmth;

/**
 * Finds the mapping with the least time: candidates are tried in the order of {@link MappingSpace},
 * except those whose bound leaves less than {@value #WORTH} of the best time to gain. It ends when
 * {@value #PATIENCE} trials in a row have gained less than that, or {@value #MOST} have been made,
 * or two or more with {@value #TASKS} tasks together. Equal times: the one tried first.
 */
public final class MappingSearch {
  /** Candidates that are tried at most. */
  static final int MOST = 10;

  /** Trials in a row without a gain after which it ends. */
  static final int PATIENCE = 3;

  /** Share of the best time that is worth another trial. */
  static final double WORTH = 0.01;

  /** Tasks of tried programs that are enough, in spite of what there may be to gain. */
  static final long TASKS = 100_000;

  private MappingSearch() {}

  /**
   * What a search found.
   *
   * @param mapping the best
   * @param time its time, as the evaluator gave it
   * @param tried programs evaluated
   * @param space candidates that fit
   */
  public record Found(Mapping mapping, long time, int tried, int space) {}

  /**
   * The best mapping by simulated time.
   *
   * @param evaluator time of a mapping's program in picoseconds (or another cost that grows with
   *     it)
   */
  public static Mapping best(
      final Operator operator,
      final Chip chip,
      final Stack stack,
      final ToLongBiFunction<Mapping, TileProgram> evaluator) {
    return find(operator, chip, stack, evaluator).mapping();
  }

  /** As {@link #best}, with what it took. */
  public static Found find(
      final Operator operator,
      final Chip chip,
      final Stack stack,
      final ToLongBiFunction<Mapping, TileProgram> evaluator) {
    return find(operator, chip, stack, Warmth.COLD, evaluator);
  }

  /** As {@link #find}, for tensors that start warm. */
  public static Found find(
      final Operator operator,
      final Chip chip,
      final Stack stack,
      final Warmth warmth,
      final ToLongBiFunction<Mapping, TileProgram> evaluator) {
    final List<Candidate> candidates = MappingSpace.of(operator, chip, stack, warmth);
    if (candidates.size() == 1) {
      final Mapping only = candidates.get(0).mapping();
      return new Found(only, candidates.get(0).boundPicos(), 0, 1);
    }
    Mapping best = null;
    long least = Long.MAX_VALUE;
    int tried = 0;
    int since = 0;
    long tasks = 0;
    for (final Candidate candidate : candidates) {
      if (tried == MOST || since == PATIENCE || tried > 1 && tasks + candidate.tasks() > TASKS) {
        break;
      }
      if (tried > 0 && candidate.boundPicos() >= least * (1 - WORTH)) {
        continue;
      }
      tried++;
      tasks += candidate.tasks();
      final Mapping mapping = candidate.mapping();
      final long time = evaluator.applyAsLong(mapping, Mapper.lower(operator, mapping, chip));
      since = time < least * (1 - WORTH) ? 0 : since + 1;
      if (time < least) {
        least = time;
        best = mapping;
      }
    }
    return new Found(best, least, tried, candidates.size());
  }
}
