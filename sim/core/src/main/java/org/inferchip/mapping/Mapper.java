package org.inferchip.mapping;

import java.util.Optional;
import java.util.function.Supplier;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.numerics.Exponential;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.Capacity;
import org.inferchip.program.TileProgram;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/** Turns an operator and a mapping into the tile program of a chip. */
public final class Mapper {
  private Mapper() {}

  /**
   * The tile program of an operator.
   *
   * @param operator what is computed
   * @param mapping how; of the operator's kind
   * @param chip on which chip; collectives span as many of it as the operator has devices
   */
  public static TileProgram lower(final Operator operator, final Mapping mapping, final Chip chip) {
    final Cores cores = Cores.of(chip, operator);
    final Homes homes = Homes.of(chip);
    if (operator instanceof MatMul matMul && mapping instanceof MatMulMapping tiles) {
      if (chip.cores().get(cores.group()).matrix() instanceof MatrixUnit.Analog arrays) {
        final AnalogSpace space = new AnalogSpace(matMul, chip, cores, arrays);
        return MatMulProgram.resident(matMul, tiles, cores, homes, space);
      }
      return new MatMulProgram(matMul, tiles, cores, homes);
    }
    if (operator instanceof Attention attention && mapping instanceof AttentionMapping tiles) {
      return attention(attention, tiles, chip);
    }
    if (operator instanceof Elementwise elementwise
        && mapping instanceof ElementwiseMapping tiles) {
      return new ElementwiseProgram(elementwise, tiles, cores, homes);
    }
    if (operator instanceof Collective collective && mapping instanceof CollectiveMapping ways) {
      final boolean reducing =
          chip.scaleUp().map(link -> link.reducing(collective.devices())).orElse(false);
      if (ways.algorithm() == CollectiveAlgorithm.IN_SWITCH && !reducing) {
        throw new IllegalArgumentException(
            "the switches of " + chip.name() + " do not add for all devices");
      }
      return CollectivePrograms.of(collective, ways, cores, homes);
    }
    throw new IllegalArgumentException(
        "no program of " + operator.getClass().getSimpleName() + " mapped as " + mapping);
  }

  private static TileProgram attention(
      final Attention attention, final AttentionMapping tiles, final Chip chip) {
    if (!tiles.fixed()) {
      return new AttentionProgram(
          attention, tiles, Cores.of(chip, attention), Homes.of(chip), Exponential.FULL);
    }
    AttentionUnits.misfit(attention, chip)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException("no attention unit does it: " + why);
            });
    return new AttentionProgram(
        attention,
        tiles,
        Cores.ofAttention(chip, attention),
        Homes.of(chip),
        AttentionUnits.of(attention, chip).orElseThrow().exponential());
  }

  /**
   * The tile program of a mapping that a user named.
   *
   * @throws InvalidInputException if the operator cannot have this mapping, or its buffers do not
   *     fit the chip's cores
   */
  public static TileProgram named(final Operator operator, final Mapping mapping, final Chip chip) {
    return named(operator, mapping, chip, Optional::empty);
  }

  /**
   * As {@link #named(Operator, Mapping, Chip)}.
   *
   * @param nearest a mapping that could be had instead
   */
  public static TileProgram named(
      final Operator operator,
      final Mapping mapping,
      final Chip chip,
      final Supplier<Optional<Mapping>> nearest) {
    final TileProgram program;
    try {
      program = lower(operator, mapping, chip);
    } catch (final IllegalArgumentException e) {
      throw misfit(operator, mapping, e.getMessage(), "a mapping of this operator", nearest.get());
    }
    Capacity.overflow(program, chip)
        .ifPresent(
            words -> {
              throw misfit(
                  operator, mapping, words, "smaller tiles, or fewer stages", nearest.get());
            });
    return program;
  }

  private static InvalidInputException misfit(
      final Operator operator,
      final Mapping mapping,
      final String why,
      final String expected,
      final Optional<Mapping> nearest) {
    final Problem problem =
        Problem.ofFile("mapping", operator.name() + ": " + why).but(mapping.text(), expected);
    return new InvalidInputException(nearest.map(one -> problem.near(one.text())).orElse(problem));
  }
}
