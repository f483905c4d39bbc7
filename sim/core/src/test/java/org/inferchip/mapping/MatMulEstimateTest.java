package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Stack;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Engine;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The closed form of the fitted mechanisms is an oracle of the tile programs. */
final class MatMulEstimateTest {
  private static final Descriptions SHIPPED = Descriptions.here();
  private static final int SHAPES = 67;

  /** Mean deviation over the shapes of a chip, and most of one shape. */
  private static final double MEAN = 0.05;

  private static final double MOST = 0.3;

  @ParameterizedTest
  @CsvSource({"a100-sxm-80g,trtllm-a100", "h100-sxm,trtllm", "b200-sxm,trtllm-blackwell"})
  void shouldBeWhatTileProgramsTake(final String chipName, final String stackName) {
    final Chip chip = SHIPPED.chip(chipName).value();
    final Stack stack = SHIPPED.stack(stackName).value();
    final Random random = new Random(7);
    double sum = 0;
    for (int i = 0; i < SHAPES; i++) {
      final int m = (int) Math.pow(2, 13 * random.nextDouble());
      final int n = 64 * (int) Math.pow(2, 2 + 6 * random.nextDouble());
      final int k = 64 * (int) Math.pow(2, 2 + 6 * random.nextDouble());
      final MatMul product = MatMul.dense("gemm", m, n, k, Format.BF16);
      final Candidate first = MappingSpace.of(product, chip, stack).get(0);
      final TileProgram program = Mapper.lower(product, first.mapping(), chip);
      final double time =
          Engine.run(program, chip, Detail.FOLDED).makespanPicos()
              + (program.kernels() - 1) * stack.matmul().fixUp() * 1e12;
      final double off = Math.abs(time / first.boundPicos() - 1);
      assertTrue(off <= MOST, product + " " + first + " took " + time);
      sum += off;
    }
    assertTrue(sum / SHAPES <= MEAN, "mean deviation " + sum / SHAPES);
  }
}
