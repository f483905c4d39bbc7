package org.inferchip.numerics;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Philox on vectors: one block a 64-bit lane, whose 32-bit words are kept zero-extended. */
final class VectorRowGenerator implements RowGenerator {

  private static final VectorSpecies<Long> S = LongVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final long LOW = 0xFFFF_FFFFL;

  @Override
  public int blocks(
      final int key0,
      final int key1,
      final long tensor,
      final int row,
      final int block,
      final int count,
      final float scale,
      final float[] out,
      final int offset) {
    final int end = S.loopBound(count);
    final LongVector lanes = LongVector.zero(S).addIndex(1);
    for (int i = 0; i < end; i += S.length()) {
      LongVector c0 = lanes.add(block + i).and(LOW);
      LongVector c1 = LongVector.broadcast(S, row & LOW);
      LongVector c2 = LongVector.broadcast(S, tensor & LOW);
      LongVector c3 = LongVector.broadcast(S, tensor >>> 32);
      int k0 = key0;
      int k1 = key1;
      for (int round = 0; round < CounterGenerator.ROUNDS; round++) {
        final LongVector p0 = c0.mul(CounterGenerator.M0);
        final LongVector p1 = c2.mul(CounterGenerator.M1);
        c0 = high(p1).lanewise(VectorOperators.XOR, c1).lanewise(VectorOperators.XOR, k0 & LOW);
        c1 = p1.and(LOW);
        c2 = high(p0).lanewise(VectorOperators.XOR, c3).lanewise(VectorOperators.XOR, k1 & LOW);
        c3 = p0.and(LOW);
        k0 += CounterGenerator.W0;
        k1 += CounterGenerator.W1;
      }
      final LongVector pair = halves(c0, c1).or(halves(c2, c3).lanewise(VectorOperators.LSHL, 32));
      ((FloatVector)
              pair.reinterpretAsInts()
                  .sub(CounterGenerator.MEAN)
                  .convertShape(VectorOperators.I2F, FLOATS, 0))
          .mul(CounterGenerator.PER_DEVIATION)
          .mul(scale)
          .intoArray(out, offset + 2 * i);
    }
    return end;
  }

  private static LongVector high(final LongVector product) {
    return product.lanewise(VectorOperators.LSHR, 32);
  }

  /** Sum of the four 16-bit halves of two words. */
  private static LongVector halves(final LongVector x, final LongVector y) {
    return x.and(0xFFFF)
        .add(x.lanewise(VectorOperators.LSHR, 16))
        .add(y.and(0xFFFF))
        .add(y.lanewise(VectorOperators.LSHR, 16));
  }
}
