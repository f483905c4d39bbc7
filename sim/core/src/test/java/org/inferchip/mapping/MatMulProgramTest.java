package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.inferchip.arch.Chip;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.ProgramLaws;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MatMulProgramTest {

  @Test
  void shouldDealTilesToStreamsInWaves() {
    final MatMul op = MatMul.dense("gemm", 1024, 2048, 512, Format.BF16);
    final TileProgram program =
        Mapper.lower(op, MatMulMapping.of(128, 128, 64, 1, 3), TestChips.gpu());
    // 8 x 16 tiles on 132 cores: one each on 128 of them.
    assertEquals(128, program.streams());
    assertEquals(1, program.items(127));
    final ProgramLaws laws = ProgramLaws.check(program);
    assertEquals(1024L * 2048 * 512, laws.macs);
    // Each column tile reads all of A, each row tile all of W.
    assertEquals(16L * 1024 * 512 * 2, laws.loaded.get(0));
    assertEquals(8L * 512 * 2048 * 2, laws.loaded.get(1));
    // All in one wave: each operand is fetched once.
    assertEquals(1024L * 512 * 2, laws.firstTouched.get(0));
    assertEquals(512L * 2048 * 2, laws.firstTouched.get(1));
  }

  @Test
  void shouldSumPartsInReductionItems() {
    final MatMul op = MatMul.dense("gemm", 64, 4096, 4096, Format.BF16);
    final TileProgram program =
        Mapper.lower(op, MatMulMapping.of(64, 128, 64, 4, 3), TestChips.gpu());
    final ProgramLaws laws = ProgramLaws.check(program);
    assertEquals(64L * 4096 * 4096, laws.macs);
    // Every part of every element is read back once, in fp32.
    final int workspace =
        program.tensors().stream()
            .filter(tensor -> tensor.role() == TensorRef.Role.WORKSPACE)
            .findFirst()
            .orElseThrow()
            .id();
    assertEquals(4L * 64 * 4096 * 4, laws.loaded.get(workspace));
  }

  @Test
  void shouldTakeMemoryIndependentOfTheReduction() {
    final MatMul op = MatMul.dense("gemm", 1, 1, Integer.MAX_VALUE, Format.BF16);
    final TileProgram program =
        Mapper.lower(op, MatMulMapping.of(64, 64, 64, 1, 2), TestChips.gpu());
    assertEquals(1, program.streams());
    assertEquals(1, program.items(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldKeepTheLawsOnRandomShapes(final int seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 25; i++) {
      final MatMul op = RandomOperators.product(random);
      final MatMulMapping mapping = randomMapping(random);
      final Chip chip = TestChips.all().get(random.nextInt(3));
      final TileProgram program = Mapper.lower(op, mapping, chip);
      final ProgramLaws laws = ProgramLaws.check(program);
      assertEquals(op.multiplyAccumulates(), laws.macs, op + " " + mapping);
      assertEquals(op.activation().bytes((long) op.m() * op.k()), laws.firstTouched.get(0));
      final long weights = op.weight().bytes((long) op.groups() * op.n() * op.k());
      assertEquals(weights, laws.firstTouched.get(1), op + " " + mapping);
      assertTrue(laws.loaded.get(0) >= laws.firstTouched.get(0));
    }
  }

  private static MatMulMapping randomMapping(final SplittableRandom random) {
    return new MatMulMapping(
        random.nextInt(1, 70),
        random.nextInt(1, 70),
        random.nextInt(1, 70),
        random.nextInt(1, 5),
        random.nextInt(1, 4),
        random.nextInt(1, 5),
        random.nextInt(1, 3),
        random.nextInt(1, 3),
        random.nextInt(1, 3));
  }
}
