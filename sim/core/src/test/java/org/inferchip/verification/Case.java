package org.inferchip.verification;

import org.inferchip.arch.Chip;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.Mapping;
import org.inferchip.operator.Operator;
import org.inferchip.program.Capacity;
import org.inferchip.program.TileProgram;

/**
 * An operator mapped onto a chip, for tests.
 *
 * @param operator what is computed
 * @param mapping how
 * @param chip on what
 * @param program the tile program
 */
record Case(Operator operator, Mapping mapping, Chip chip, TileProgram program) {

  static Case of(final Operator operator, final Mapping mapping, final Chip chip) {
    return new Case(operator, mapping, chip, Mapper.lower(operator, mapping, chip));
  }

  /** Whether the buffers have room in the chip's cores. */
  boolean fits() {
    return Capacity.overflow(program, chip).isEmpty();
  }

  @Override
  public String toString() {
    return operator + " as " + mapping + " on " + chip.name();
  }
}
