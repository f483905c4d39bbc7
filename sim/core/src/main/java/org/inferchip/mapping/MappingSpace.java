package org.inferchip.mapping;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.Stack;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Warmth;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * The mappings of an operator that fit a chip and that its software offers, each with a lower bound
 * of its time: roofline with wave quantisation over its own tiles. Tiles at an edge count as full.
 */
public final class MappingSpace {
  /** Share of the best bound by which bounds may differ and still say the same. */
  static final double EQUAL = 0.005;

  private MappingSpace() {}

  /**
   * Candidates, best bound first; of bounds that differ by less than {@link #EQUAL} of the best,
   * the one with the fewest tasks first, then in the order of the menus.
   *
   * @throws InvalidInputException if none fits, or the chip lacks the operator's format
   */
  public static List<Candidate> of(final Operator operator, final Chip chip, final Stack stack) {
    return of(operator, chip, stack, Warmth.COLD);
  }

  /** The mapping that has the tiles of another, of a chip or software with other numbers. */
  public static Optional<Mapping> alike(
      final Mapping other,
      final Operator operator,
      final Chip chip,
      final Stack stack,
      final Warmth warmth) {
    final Mapping tiles = other.tiles();
    return of(operator, chip, stack, warmth).stream()
        .map(Candidate::mapping)
        .filter(mapping -> mapping.tiles().equals(tiles))
        .findFirst();
  }

  /** As {@link #of(Operator, Chip, Stack)}, for tensors that start warm. */
  public static List<Candidate> of(
      final Operator operator, final Chip chip, final Stack stack, final Warmth warmth) {
    final List<Candidate> candidates;
    if (operator instanceof MatMul op) {
      final Cores cores = Cores.of(chip, op);
      candidates =
          chip.cores().get(cores.group()).matrix() instanceof MatrixUnit.Analog arrays
              ? new AnalogSpace(op, chip, cores, arrays).candidates()
              : new MatMulSpace(op, chip, stack, warmth).candidates();
    } else if (operator instanceof Attention op) {
      candidates = new AttentionSpace(op, chip, stack).candidates();
    } else if (operator instanceof Elementwise op) {
      candidates = new ElementwiseSpace(op, chip).candidates();
    } else if (operator instanceof Collective op) {
      candidates = new CollectiveSpace(op, chip, stack).candidates();
    } else {
      throw new IllegalArgumentException("no mappings of " + operator);
    }
    if (candidates.isEmpty()) {
      throw new InvalidInputException(
          Problem.ofFile(chip.name(), "no mapping of " + operator.name() + " fits into a core")
              .but(extents(operator), "smaller rows, or a core with more local memory"));
    }
    final long best = candidates.stream().mapToLong(Candidate::boundPicos).min().orElseThrow();
    final double step = Math.max(1, best * EQUAL);
    return candidates.stream()
        .sorted(
            Comparator.comparingLong((Candidate c) -> (long) ((c.boundPicos() - best) / step))
                .thenComparingLong(Candidate::tasks))
        .toList();
  }

  private static String extents(final Operator operator) {
    return operator instanceof final Elementwise op
        ? op.rows() + " rows of " + op.cols() + " in " + op.input().key()
        : operator.toString();
  }
}
