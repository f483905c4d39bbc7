package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Attention.Sequence;
import org.inferchip.program.ProgramLaws;
import org.inferchip.program.TileProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttentionProgramTest {

  private static Attention attention(
      final int heads, final int kvHeads, final int window, final Sequence... sequences) {
    return new Attention(
        "attention",
        List.of(sequences),
        heads,
        kvHeads,
        64,
        64,
        window,
        true,
        Format.BF16,
        Format.BF16);
  }

  private static TileProgram lower(final Attention op, final String mapping) {
    return Mapper.lower(op, Mapping.parse(op, mapping), TestChips.gpu());
  }

  @Test
  void shouldSkipHiddenBlocksOfACausalPrefill() {
    final Attention op = attention(4, 2, 0, new Sequence(512, 512));
    final ProgramLaws laws = ProgramLaws.check(lower(op, "128x128 heads 1"));
    // Tiles of 128 tokens see 1, 2, 3 and 4 of the 4 blocks of 128 keys.
    assertEquals(10L * 128 * 128 * 4 * (64 + 64), laws.macs);
    assertEquals(512L * 2 * 64 * 2, laws.firstTouched.get(1));
    assertEquals(512L * 2 * 64 * 2, laws.firstTouched.get(2));
    assertEquals(512L * 4 * 64 * 2, laws.firstTouched.get(0));
  }

  @Test
  void shouldSkipKeysOutsideTheWindow() {
    final Attention op = attention(1, 1, 100, new Sequence(1, 1000));
    final ProgramLaws laws = ProgramLaws.check(lower(op, "64x64 heads 1"));
    // The last token sees the last 100 keys.
    assertEquals(100L * (64 + 64), laws.macs);
    assertEquals(100L * 64 * 2, laws.loaded.get(1));
  }

  @Test
  void shouldReadKeysOfAGroupOnceWhenItsHeadsArePacked() {
    final Attention op = attention(8, 2, 0, new Sequence(1, 4096), new Sequence(1, 100));
    final ProgramLaws packed = ProgramLaws.check(lower(op, "64x128 heads 4"));
    assertEquals(4196L * 2 * 64 * 2, packed.loaded.get(1));
    final ProgramLaws apart = ProgramLaws.check(lower(op, "64x128 heads 1"));
    assertEquals(4 * 4196L * 2 * 64 * 2, apart.loaded.get(1));
    assertEquals(4196L * 2 * 64 * 2, apart.firstTouched.get(1));
  }

  @Test
  void shouldMergePartsOfLongSequencesOnly() {
    final Attention op = attention(8, 2, 0, new Sequence(1, 4096), new Sequence(1, 100));
    final TileProgram program = lower(op, "64x128 heads 4 splits 8");
    final ProgramLaws laws = ProgramLaws.check(program);
    assertEquals(op.multiplyAccumulates(), laws.macs);
    // 8 parts of the long sequence and 1 of the short one, for 2 key-value heads.
    assertEquals(18, program.streams());
    // Each part of the long sequence's 8 heads x 64 values is read back once, in fp32.
    assertEquals(8L * 8 * 64 * 4, laws.loaded.get(4));
  }

  @Test
  void shouldBalanceSequencesOfUnequalLength() {
    final List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      sequences.add(new Sequence(1, 128 * (1 + i)));
    }
    final Attention op = attention(32, 8, 0, sequences.toArray(new Sequence[0]));
    final TileProgram program = lower(op, "64x128 heads 4");
    long most = 0;
    for (int stream = 0; stream < program.streams(); stream++) {
      long length = 0;
      for (int item = 0; item < program.items(stream); item++) {
        for (int block = 0; block < program.blocks(stream, item); block++) {
          length += program.trips(stream, item, block);
        }
      }
      most = Math.max(most, length);
    }
    // 64 x 65 / 2 blocks x 8 heads over 132 streams are 126 each; longest first is within a piece.
    assertTrue(most < 126 + 64, "longest stream " + most);
  }

  @Test
  void shouldReadTheLatentOfMlaOnce() {
    final Attention op =
        new Attention(
            "attention_decode",
            List.of(new Sequence(1, 300)),
            16,
            1,
            96,
            64,
            0,
            true,
            Format.BF16,
            Format.BF16);
    final ProgramLaws laws = ProgramLaws.check(lower(op, "16x64 heads 16 splits 2"));
    assertEquals(op.multiplyAccumulates(), laws.macs);
    assertEquals(300L * 96 * 2, laws.firstTouched.get(1));
    assertEquals(null, laws.firstTouched.get(2));
  }

  @Test
  void shouldRefuseHeadsThatDoNotDivideTheGroup() {
    final Attention op = attention(8, 2, 0, new Sequence(1, 10));
    assertThrows(IllegalArgumentException.class, () -> lower(op, "64x64 heads 3"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldKeepTheLawsOnRandomBatches(final int seed) {
    final SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 25; i++) {
      final Attention op = randomAttention(random);
      final AttentionMapping mapping = RandomOperators.mapping(op, random);
      final TileProgram program = Mapper.lower(op, mapping, TestChips.all().get(random.nextInt(3)));
      final ProgramLaws laws = ProgramLaws.check(program);
      final String at = op + " " + mapping;
      assertTrue(laws.macs >= op.multiplyAccumulates(), at);
      final long charged =
          laws.firstTouched.get(0)
              + laws.firstTouched.get(1)
              + laws.firstTouched.getOrDefault(2, 0L);
      assertEquals(op.compulsoryReadBytes(), charged, at);
    }
  }

  private static Attention randomAttention(final SplittableRandom random) {
    final List<Sequence> sequences = new ArrayList<>();
    final int count = random.nextInt(1, 5);
    for (int s = 0; s < count; s++) {
      final int queries = random.nextBoolean() ? 1 : random.nextInt(1, 90);
      sequences.add(new Sequence(queries, queries + random.nextInt(0, 150)));
    }
    final int kvHeads = random.nextInt(1, 3);
    final boolean causal = random.nextInt(4) > 0;
    return new Attention(
        "attention",
        sequences,
        kvHeads * (random.nextBoolean() ? 4 : 3),
        kvHeads,
        random.nextInt(1, 40),
        random.nextInt(1, 40),
        causal && random.nextBoolean() ? random.nextInt(1, 60) : 0,
        causal,
        Format.BF16,
        random.nextBoolean() ? Format.BF16 : Format.FP8_E4M3);
  }
}
