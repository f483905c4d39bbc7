package org.inferchip.numerics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MatmulKernelTest {

  private static final int[][] SHAPES = {
    {1, 1, 1},
    {6, 32, 4},
    {7, 33, 5},
    {1, 257, 3},
    {5, 1, 129},
    {13, 31, 8},
    {12, 64, 513},
    {3, 300, 1030},
    {17, 65, 17},
    {6, 32, 0},
    {0, 5, 3},
    {2, 0, 3}
  };

  static Stream<Arguments> rulesAndShapes() {
    return Stream.of(MacRule.values())
        .flatMap(rule -> Stream.of(SHAPES).map(shape -> Arguments.of(rule, shape)));
  }

  private static MatrixView random(final int rows, final int columns, final long seed) {
    final Random random = new Random(seed);
    final MatrixView view = MatrixView.zeros(rows, columns);
    for (int i = 0; i < view.data().length; i++) {
      view.data()[i] = (float) random.nextGaussian();
    }
    return view;
  }

  /** The definition of each rule, with the exact minifloat rounding. */
  private static float oracle(
      final MacRule rule, final MatrixView a, final MatrixView b, final int i, final int j) {
    float sum = 0.25f;
    if (rule == MacRule.FP32_DOT4) {
      for (int k = 0; k < b.rows(); k += 4) {
        final float[] p = new float[4];
        for (int x = 0; x < 4 && k + x < b.rows(); x++) {
          p[x] = a.get(i, k + x) * b.get(k + x, j);
        }
        sum = sum + ((p[0] + p[1]) + (p[2] + p[3]));
      }
      return sum;
    }
    for (int k = 0; k < b.rows(); k++) {
      sum = Math.fma(a.get(i, k), b.get(k, j), sum);
      if (rule == MacRule.BF16_EACH_MAC) {
        sum = Minifloat.BF16.round(sum);
      } else if (rule == MacRule.FP16_EACH_MAC) {
        sum = Minifloat.FP16.round(sum);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("rulesAndShapes")
  void shouldContinueSumsInTheOrderOfTheRuleInEveryKernel(final MacRule rule, final int[] shape) {
    final MatrixView a = random(shape[0], shape[2], 1);
    final MatrixView b = random(shape[2], shape[1], 2);
    for (final MatmulKernel kernel : new MatmulKernel[] {Kernels.plainMatmul(), Kernels.matmul()}) {
      final MatrixView c = MatrixView.zeros(shape[0], shape[1]);
      c.fill(0.25f);
      kernel.accumulate(rule, a, b, c);
      for (int i = 0; i < shape[0]; i++) {
        for (int j = 0; j < shape[1]; j++) {
          assertEquals(oracle(rule, a, b, i, j), c.get(i, j), kernel.getClass().getSimpleName());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MacRule.class)
  void shouldReadTransposedAndEmbeddedOperands(final MacRule rule) {
    final MatrixView a = random(40, 30, 3).transposed().block(2, 3, 11, 21);
    final MatrixView b = random(90, 50, 4).transposed().block(5, 7, 21, 70);
    for (final MatmulKernel kernel : new MatmulKernel[] {Kernels.plainMatmul(), Kernels.matmul()}) {
      final MatrixView whole = MatrixView.zeros(20, 100);
      whole.fill(9f);
      final MatrixView c = whole.block(4, 13, 11, 70);
      c.fill(0.25f);
      kernel.accumulate(rule, a, b, c);
      assertEquals(oracle(rule, a, b, 10, 69), c.get(10, 69));
      assertEquals(oracle(rule, a, b, 0, 0), c.get(0, 0));
      assertEquals(9f, whole.get(4, 12));
      assertEquals(9f, whole.get(14, 83));
      assertEquals(9f, whole.get(15, 13));
    }
  }

  @ParameterizedTest
  @EnumSource(MacRule.class)
  void shouldAgreeBetweenKernelsOnNansInfinitiesAndNegativeZeros(final MacRule rule) {
    final float[] odd = {
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      -0f,
      0f,
      Float.MIN_VALUE,
      -Float.MAX_VALUE,
      65504f,
      1e-40f,
      -1f
    };
    final Random random = new Random(5);
    final MatrixView a = random(13, 37, 6);
    final MatrixView b = random(37, 45, 7);
    for (int i = 0; i < 6; i++) {
      a.data()[random.nextInt(a.data().length)] = odd[random.nextInt(odd.length)];
    }
    for (int i = 0; i < 40; i++) {
      b.data()[random.nextInt(b.data().length)] = odd[random.nextInt(odd.length)];
    }
    final MatrixView plain = MatrixView.zeros(13, 45);
    plain.fill(-0f);
    final MatrixView fast = MatrixView.of(plain.data().clone(), 13, 45);
    Kernels.plainMatmul().accumulate(rule, a, b, plain);
    Kernels.matmul().accumulate(rule, a, b, fast);
    boolean sawNan = false;
    for (int i = 0; i < plain.data().length; i++) {
      sawNan |= Float.isNaN(plain.data()[i]);
      assertEquals(Float.floatToIntBits(plain.data()[i]), Float.floatToIntBits(fast.data()[i]));
    }
    assertTrue(sawNan);
  }

  @Test
  void shouldKeepTheSignOfAZeroSum() {
    final MatrixView a = MatrixView.of(new float[] {-0f, -0f, -0f, -0f}, 1, 4);
    final MatrixView b = MatrixView.of(new float[] {1f, 1f, 1f, 1f}, 4, 1);
    for (final MatmulKernel kernel : new MatmulKernel[] {Kernels.plainMatmul(), Kernels.matmul()}) {
      final MatrixView c = MatrixView.of(new float[] {-0f}, 1, 1);
      kernel.accumulate(MacRule.FP32_FMA, a, b, c);
      assertEquals(Float.floatToIntBits(-0f), Float.floatToIntBits(c.get(0, 0)));
      kernel.multiply(MacRule.FP32_FMA, a, b, c);
      assertEquals(Float.floatToIntBits(0f), Float.floatToIntBits(c.get(0, 0)));
    }
  }

  @Test
  void shouldSumInt8ProductsExactlyBeyondTheMantissa() {
    final Random random = new Random(8);
    final int k = 5000;
    final MatrixView a = MatrixView.zeros(3, k);
    final MatrixView b = MatrixView.zeros(k, 9);
    for (int i = 0; i < a.data().length; i++) {
      a.data()[i] = 127 - random.nextInt(4);
    }
    for (int i = 0; i < b.data().length; i++) {
      b.data()[i] = 127 - random.nextInt(4);
    }
    final double[] sums = new double[27];
    new Int8Matmul(Kernels.matmul()).accumulate(a, b, sums);
    final double[] expected = new double[27];
    for (int i = 0; i < 27; i++) {
      long sum = 0;
      for (int x = 0; x < k; x++) {
        sum += (long) a.get(i / 9, x) * (long) b.get(x, i % 9);
      }
      assertTrue(sum > 1 << 24);
      expected[i] = sum;
    }
    assertArrayEquals(expected, sums);
  }

  @Test
  void shouldKeepUnwrittenDataVisibleInIntegerSums() {
    final double[] sums = new double[1];
    final MatrixView nan = MatrixView.of(new float[] {Float.NaN}, 1, 1);
    new Int8Matmul(Kernels.matmul()).accumulate(nan, nan, sums);
    assertTrue(Double.isNaN(sums[0]));
  }

  @Test
  void shouldRefuseShapesThatDoNotFit() {
    final MatrixView square = MatrixView.zeros(3, 3);
    final MatrixView wide = MatrixView.zeros(3, 4);
    final MatmulKernel kernel = Kernels.matmul();
    assertThrows(
        IllegalArgumentException.class,
        () -> kernel.multiply(MacRule.FP32_FMA, wide, square, square));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            kernel.multiply(MacRule.FP32_FMA, square, square, MatrixView.zeros(3, 3).transposed()));
    assertThrows(IndexOutOfBoundsException.class, () -> square.block(1, 1, 3, 2));
  }
}
