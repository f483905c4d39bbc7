package org.inferchip.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.MatMul;

/** Small operators and mappings drawn at random, for laws that hold of all. */
public final class RandomOperators {
  private RandomOperators() {}

  /** A product, of some groups at times. */
  public static MatMul product(final SplittableRandom random) {
    final List<Integer> rows = new ArrayList<>();
    final int groups = random.nextInt(3) == 0 ? random.nextInt(1, 6) : 1;
    for (int g = 0; g < groups; g++) {
      rows.add(random.nextInt(1, 200));
    }
    return new MatMul(
        "gemm",
        rows,
        random.nextInt(1, 300),
        random.nextInt(1, 400),
        Format.BF16,
        random.nextBoolean() ? Format.BF16 : Format.FP8_E4M3,
        Format.FP32,
        random.nextBoolean() ? Format.BF16 : Format.FP32,
        random.nextBoolean());
  }

  /** Attention of a few short sequences. */
  public static Attention attention(final SplittableRandom random) {
    return attention(random, () -> random.nextInt(1, 40), 120);
  }

  /**
   * Attention of a few sequences.
   *
   * @param queries of one that has more than one
   * @param mostBefore keys before the first query
   */
  public static Attention attention(
      final SplittableRandom random, final IntSupplier queries, final int mostBefore) {
    final List<Attention.Sequence> sequences = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      final int count = random.nextBoolean() ? 1 : queries.getAsInt();
      sequences.add(new Attention.Sequence(count, count + random.nextInt(0, mostBefore)));
    }
    final int group = new int[] {1, 3, 4, 5}[random.nextInt(4)];
    final int kvHeads = random.nextInt(1, 4);
    final int width = random.nextInt(2, 20);
    return new Attention(
        "attention",
        sequences,
        group * kvHeads,
        kvHeads,
        width,
        random.nextBoolean() ? width : random.nextInt(1, width + 1),
        random.nextInt(3) == 0 ? random.nextInt(1, 60) : 0,
        random.nextInt(4) > 0,
        Format.BF16,
        random.nextBoolean() ? Format.BF16 : Format.FP8_E4M3);
  }

  /** A mapping whose heads divide the operator's groups. */
  public static AttentionMapping mapping(final Attention op, final SplittableRandom random) {
    final int packed = op.groupSize() == 4 ? 1 << random.nextInt(3) : op.groupSize();
    return new AttentionMapping(
        packed * random.nextInt(1, 20),
        random.nextInt(1, 40),
        packed,
        random.nextInt(1, 6),
        random.nextInt(1, 4),
        random.nextInt(1, 3),
        random.nextInt(1, 3));
  }
}
