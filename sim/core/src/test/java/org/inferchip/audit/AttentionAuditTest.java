package org.inferchip.audit;

import java.util.SplittableRandom;
import org.inferchip.arch.Chip;
import org.inferchip.mapping.AttentionMapping;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.RandomOperators;
import org.inferchip.mapping.TestChips;
import org.inferchip.operator.Attention;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttentionAuditTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldFindRandomBatchesSound(final int seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 25; i++) {
      final Attention op = RandomOperators.attention(random);
      final AttentionMapping mapping = RandomOperators.mapping(op, random);
      for (final Chip chip : TestChips.all()) {
        Audits.sound(Mapper.lower(op, mapping, chip), chip, op + " " + mapping);
      }
    }
  }
}
