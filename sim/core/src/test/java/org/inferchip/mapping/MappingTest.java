package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MappingTest {
  private static final Operator GEMM = MatMul.dense("gemm", 8, 8, 8, Format.BF16);
  private static final Operator ATTENTION =
      new Attention(
          "attention_decode",
          List.of(new Attention.Sequence(1, 9)),
          4,
          2,
          8,
          8,
          0,
          true,
          Format.BF16,
          Format.BF16);
  private static final Operator NORM =
      new Elementwise("norm", Elementwise.Kind.RMS_NORM, 2, 8, 0, Format.BF16, Format.BF16);
  private static final Operator REDUCE =
      new Collective("all_reduce", Collective.Kind.ALL_REDUCE, 64, Format.BF16, 4);

  @Test
  void shouldPrintAndReadBackEveryKind() {
    roundTrip(GEMM, "128x256x64 split 4 stages 4");
    roundTrip(GEMM, "8x16x32 split 1 stages 2 raster 3 resident 2 multicast 4 accumulators 2");
    roundTrip(ATTENTION, "64x128 heads 4 splits 8 stages 2");
    roundTrip(ATTENTION, "64x128 heads 4 splits 8 stages 2 scores 1 resident 2");
    roundTrip(NORM, "4x4096 stages 2");
    roundTrip(NORM, "4x4096 stages 3 resident 2");
    roundTrip(NORM, "1x8192 stages 1 results 1 arrays 2");
    roundTrip(REDUCE, "ring chunks 4 lanes 16");
    roundTrip(REDUCE, "one-shot chunks 1 lanes 2");
    roundTrip(REDUCE, "two-shot chunks 1 lanes 2");
  }

  private static void roundTrip(final Operator operator, final String text) {
    assertEquals(text, Mapping.parse(operator, text).text());
  }

  @Test
  void shouldTakeDefaultsForKeysNotNamed() {
    assertEquals(MatMulMapping.of(64, 64, 32, 1, 2), Mapping.parse(GEMM, "64x64x32"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "128x256",
        "128x256x64x2",
        "128x0x64",
        "128x-1x64",
        "axbxc",
        "128x128x64 split",
        "128x128x64 split 0",
        "128x128x64 split 2 split 2",
        "128x128x64 splits 2",
        "128x128x64 stages 99999999999"
      })
  void shouldRefuseWhatIsNotAMappingAndNameIt(final String text) {
    final InvalidInputException problem =
        assertThrows(InvalidInputException.class, () -> Mapping.parse(GEMM, text));
    assertEquals(text, problem.problems().get(0).found());
    assertTrue(problem.problems().get(0).expected().contains("128x256x64"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"star chunks 2", "ring chunks 0", "4x4"})
  void shouldRefuseUnknownAlgorithms(final String text) {
    assertThrows(InvalidInputException.class, () -> Mapping.parse(REDUCE, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4x128 heads 8", "64x128 scores 3", "64"})
  void shouldRefuseAttentionThatCannotBe(final String text) {
    assertThrows(InvalidInputException.class, () -> Mapping.parse(ATTENTION, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"512x512x512 stages 4", "64x4096x64 stages 8"})
  void shouldRefuseNamedTilesThatDoNotFit(final String text) {
    final Operator large = MatMul.dense("gate_up_proj", 4096, 4096, 4096, Format.BF16);
    final Mapping mapping = Mapping.parse(large, text);
    final InvalidInputException problem =
        assertThrows(
            InvalidInputException.class, () -> Mapper.named(large, mapping, TestChips.gpu()));
    assertEquals(mapping.text(), problem.problems().get(0).found());
    assertTrue(problem.problems().get(0).message().startsWith("gate_up_proj"));
  }

  @Test
  void shouldRefuseNamedMappingsOfAnotherKind() {
    final Mapping norm = Mapping.parse(NORM, "4x8");
    assertThrows(InvalidInputException.class, () -> Mapper.named(GEMM, norm, TestChips.gpu()));
    final Mapping heads = Mapping.parse(ATTENTION, "64x64 heads 3");
    assertThrows(
        InvalidInputException.class, () -> Mapper.named(ATTENTION, heads, TestChips.gpu()));
  }
}
