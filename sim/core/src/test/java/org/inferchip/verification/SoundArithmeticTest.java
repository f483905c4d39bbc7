package org.inferchip.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.inferchip.arithmetic.Execution.Order;
import org.inferchip.arithmetic.MatrixRule;
import org.inferchip.arithmetic.OperatorCheck;
import org.inferchip.arithmetic.OperatorReport;
import org.inferchip.arithmetic.SyntheticTensors;
import org.inferchip.arithmetic.TensorStore;
import org.inferchip.operator.Operator;
import org.inferchip.program.Operands;
import org.inferchip.program.TensorRef.Role;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound programs compute the right values, the same bits in whatever order streams run. */
final class SoundArithmeticTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldStayWithinTheBoundsWithTheSameBitsInEveryOrder(final long seed) {
    check(seed, 25);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void shouldStayWithinTheBoundsForManyShapes(final long seed) {
    check(seed, 100);
  }

  private static void check(final long seed, final int count) {
    final RandomCases cases = RandomCases.wide(seed);
    for (int i = 0; i < count; i++) {
      final Case made = cases.next();
      final MatrixRule rule = MatrixRule.of(made.chip().cores().get(0).matrix(), 1);
      final TensorStore[] stores = new TensorStore[Order.values().length];
      for (final Order order : Order.values()) {
        stores[order.ordinal()] = SyntheticTensors.of(made.operator(), seed);
        final OperatorReport report =
            OperatorCheck.whole(made.program(), stores[order.ordinal()], rule, order);
        assertEquals("[]", report.faults().toString(), made::toString);
        assertTrue(report.elements() > 0);
        assertTrue(report.relativeError() <= report.bound());
      }
      assertSameBits(made.operator(), stores[0], stores[1], made);
      assertSameBits(made.operator(), stores[0], stores[2], made);
      final OperatorReport sample =
          OperatorCheck.sample(
              made.program(), SyntheticTensors.of(made.operator(), seed), rule, seed, 5);
      assertEquals("[]", sample.faults().toString(), () -> "sample of " + made);
      assertTrue(sample.elements() > 0);
    }
  }

  private static void assertSameBits(
      final Operator operator, final TensorStore one, final TensorStore other, final Case made) {
    for (final Operands.Shape shape : Operands.of(operator)) {
      if (shape.role() == Role.OUTPUT || shape.role() == Role.SUM) {
        final float[] a = new float[(int) shape.cols()];
        final float[] b = new float[(int) shape.cols()];
        for (int r = 0; r < shape.rows(); r++) {
          one.get(shape.role()).read(r, 0, a.length, a, 0);
          other.get(shape.role()).read(r, 0, b.length, b, 0);
          for (int c = 0; c < a.length; c++) {
            assertEquals(Float.floatToIntBits(a[c]), Float.floatToIntBits(b[c]), made::toString);
          }
        }
      }
    }
  }
}
