package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.Elementwise.Kind;
import org.inferchip.program.ProgramLaws;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ElementwiseProgramTest {

  private static Elementwise work(
      final Kind kind, final int rows, final int cols, final int parameter) {
    return new Elementwise("x", kind, rows, cols, parameter, Format.BF16, Format.BF16);
  }

  private static ProgramLaws check(final Elementwise op, final ElementwiseMapping mapping) {
    return ProgramLaws.check(Mapper.lower(op, mapping, TestChips.gpu()));
  }

  @Test
  void shouldFetchNormWeightsOnceForAllStreams() {
    final ProgramLaws laws =
        check(work(Kind.RMS_NORM, 1000, 512, 0), new ElementwiseMapping(2, 512, 2, 1));
    assertEquals(1000L * 512 * 2, laws.loaded.get(0));
    // Each of 132 streams loads the row of weights; memory is charged for one.
    assertEquals(132L * 512 * 2, laws.loaded.get(1));
    assertEquals(512L * 2, laws.firstTouched.get(1));
  }

  @Test
  void shouldSpreadOneRowOverCoresWhereColumnsAreIndependent() {
    final TileProgram program =
        Mapper.lower(
            work(Kind.SILU_MUL, 1, 14336, 0),
            new ElementwiseMapping(1, 128, 2, 1),
            TestChips.gpu());
    assertEquals(112, program.streams());
  }

  @Test
  void shouldSearchLongRowsInSteps() {
    final ProgramLaws laws =
        check(work(Kind.ARGMAX, 3, 128256, 0), new ElementwiseMapping(1, 8192, 2, 1));
    assertEquals(3L * 128256 * 2, laws.loaded.get(0));
    // 16 steps of load and search and one store for each row.
    assertEquals(3L * (2 * 16 + 1), laws.tasks);
  }

  @Test
  void shouldSumTheExpertsOfAToken() {
    final ProgramLaws laws =
        check(work(Kind.COMBINE, 10, 64, 4), new ElementwiseMapping(4, 64, 2, 1));
    assertEquals(4L * 10 * 64 * 2, laws.loaded.get(0));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void shouldKeepTheLawsForEveryKind(final Kind kind) {
    final SplittableRandom random = new SplittableRandom(kind.ordinal());
    for (int i = 0; i < 40; i++) {
      final int heads = random.nextInt(1, 5);
      final int cols =
          switch (kind) {
            case ROPE -> heads * 8;
            case TOP_K -> random.nextInt(8, 200);
            default -> random.nextInt(1, 200);
          };
      final int parameter =
          switch (kind) {
            case ROPE -> 8;
            case EMBEDDING -> 500;
            case TOP_K, COMBINE -> random.nextInt(1, 9);
            default -> 0;
          };
      final Elementwise op =
          new Elementwise(
              "x",
              kind,
              random.nextInt(1, 300),
              cols,
              parameter,
              Format.BF16,
              random.nextInt(3) == 0 ? Format.FP8_E4M3 : Format.BF16);
      final ElementwiseMapping mapping =
          new ElementwiseMapping(
              random.nextInt(1, 9),
              random.nextInt(1, 100),
              random.nextInt(1, 4),
              random.nextInt(1, 3));
      final TileProgram program = Mapper.lower(op, mapping, TestChips.all().get(i % 3));
      final ProgramLaws laws = ProgramLaws.check(program);
      final long elements =
          switch (kind) {
            case COMBINE -> (long) op.rows() * cols * parameter;
            case SILU_MUL, GELU_MUL -> 2L * op.rows() * cols;
            default -> (long) op.rows() * cols;
          };
      assertEquals(elements * 2, laws.loaded.get(0), op + " " + mapping);
    }
  }
}
