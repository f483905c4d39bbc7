package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.inferchip.arch.Chip;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.Capacity;
import org.inferchip.program.ProgramLaws;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.api.Test;

/** Rows of 16 KiB: input, addend, weights, sum and result, the last two doubled, are 112 KiB. */
final class ElementwiseSpaceTest {
  private static final Elementwise ADD_NORM =
      new Elementwise("norm", Elementwise.Kind.ADD_RMS_NORM, 9, 8192, 0, Format.BF16, Format.BF16);

  @Test
  void shouldDoubleResultsWhereTheyFit() {
    final List<ElementwiseMapping> all = mappings(TestChips.small(1, 112));
    assertEquals(List.of("1x8192 stages 1"), texts(all));
  }

  @Test
  void shouldKeepOneResultWhereTwoDoNotFit() {
    final List<ElementwiseMapping> all = mappings(TestChips.small(1, 111));
    assertEquals(List.of("1x8192 stages 1 results 1"), texts(all));
  }

  @Test
  void shouldRunFewerRowsInACoreWhereAllItsArraysDoNotFit() {
    // One row takes 80 KiB at least; four would take 320.
    final List<ElementwiseMapping> all = mappings(TestChips.small(4, 200));
    assertEquals(
        List.of(
            "1x8192 stages 1 results 1 arrays 2",
            "1x8192 stages 3 arrays 1",
            "1x8192 stages 4 results 1 arrays 1"),
        texts(all).stream().sorted().collect(Collectors.toList()));
    for (final ElementwiseMapping mapping : all) {
      final TileProgram program = Mapper.lower(ADD_NORM, mapping, TestChips.small(4, 200));
      assertEquals(Optional.empty(), Capacity.overflow(program, TestChips.small(4, 200)));
      assertTrue(program.streams() <= mapping.arrays() * 2);
      ProgramLaws.check(program);
    }
  }

  @Test
  void shouldTakeSeveralShortRowsAtATimeWhereAFewTilesWouldBeTooHigh() {
    // 4,096 rows of 1 KiB over two arrays: of tiles of an eighth not one fits beside its result.
    final Elementwise rotation =
        new Elementwise("rope", Elementwise.Kind.ROPE, 4096, 512, 64, Format.BF16, Format.BF16);
    final List<ElementwiseMapping> all =
        new ElementwiseSpace(rotation, TestChips.small(1, 112))
            .candidates().stream().map(one -> (ElementwiseMapping) one.mapping()).toList();
    assertTrue(all.stream().anyMatch(one -> one.rows() >= 16 && one.rows() < 512), all.toString());
  }

  private static List<String> texts(final List<ElementwiseMapping> mappings) {
    return mappings.stream().map(ElementwiseMapping::text).toList();
  }

  private static List<ElementwiseMapping> mappings(final Chip chip) {
    return new ElementwiseSpace(ADD_NORM, chip)
        .candidates().stream().map(one -> (ElementwiseMapping) one.mapping()).toList();
  }
}
