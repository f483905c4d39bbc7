package org.inferchip.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.inferchip.arch.Chip;
import org.inferchip.mapping.AttentionMapping;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.TestChips;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttentionAuditTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldFindRandomBatchesSound(final int seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 25; i++) {
      final Attention op = attention(random);
      final int packed = op.groupSize() == 4 ? 1 << random.nextInt(3) : op.groupSize();
      final AttentionMapping mapping =
          new AttentionMapping(
              packed * random.nextInt(1, 20),
              random.nextInt(1, 40),
              packed,
              random.nextInt(1, 6),
              random.nextInt(1, 4),
              random.nextInt(1, 3),
              random.nextInt(1, 3));
      for (final Chip chip : TestChips.all()) {
        Audits.sound(Mapper.lower(op, mapping, chip), chip, op + " " + mapping);
      }
    }
  }

  private static Attention attention(final SplittableRandom random) {
    final List<Attention.Sequence> sequences = new ArrayList<>();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      final int queries = random.nextBoolean() ? 1 : random.nextInt(1, 40);
      sequences.add(new Attention.Sequence(queries, queries + random.nextInt(0, 120)));
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
}
