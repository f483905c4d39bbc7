package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Engine;
import org.inferchip.engine.Timing;
import org.inferchip.model.KeyBlocks;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.junit.jupiter.api.Test;

/** Skipped blocks in multiply-accumulates, bytes and time of tile programs. */
final class BlockSparseAttentionTest {
  private static final int HEADS = 8;
  private static final int KV_HEADS = 2;
  private static final int WIDTH = 64;
  private static final Chip CHIP = TestChips.gpu();

  private static Attention attention(
      final int queries, final int context, final Optional<KeyBlocks> blocks) {
    return new Attention(
        queries == 1 ? "attention_decode" : "attention_prefill",
        List.of(new Attention.Sequence(queries, context)),
        HEADS,
        KV_HEADS,
        WIDTH,
        WIDTH,
        0,
        true,
        Format.BF16,
        Format.BF16,
        blocks,
        Attention.Asked.NOTHING);
  }

  private static Timing run(final Attention op, final String mapping) {
    return Engine.run(Mapper.lower(op, Mapping.parse(op, mapping), CHIP), CHIP, Detail.FULL);
  }

  @Test
  void shouldReadAndMultiplyTheBlocksThatADecodingQuerySees() {
    // 64 blocks of 64: 8 local, 1 first and every 16th (15, 31, 47) are 12 of them.
    final Attention op = attention(1, 4096, Optional.of(new KeyBlocks(64, 8, 1, 16)));
    final long keys = 12 * 64;
    assertEquals(keys, op.pairs());
    assertEquals(keys * HEADS * 2 * WIDTH, op.multiplyAccumulates());
    assertEquals(
        2 * (2L * HEADS * WIDTH + 2 * keys * KV_HEADS * WIDTH),
        op.compulsoryReadBytes() + op.compulsoryWriteBytes());
    final Timing timing = run(op, "64x64 heads 4 splits 1 stages 2");
    assertEquals(keys * HEADS * 2 * WIDTH, timing.counters().totalMacs());
    // Queries come from the cache.
    assertEquals(2 * 2 * keys * KV_HEADS * WIDTH, timing.counters().memoryReadBytes());
  }

  @Test
  void shouldMultiplyWholeTilesOfAPrompt() {
    // 16 blocks of 64 with two local ones and no others; tiles of 64 queries and keys.
    final Attention op = attention(1024, 1024, Optional.of(new KeyBlocks(64, 2, 0, 0)));
    final Timing timing = run(op, "64x64 heads 1 splits 1 stages 2");
    // The first tile sees one block, the other fifteen two; masked halves are multiplied all the
    // same.
    assertEquals(31L * 64 * 64 * HEADS * 2 * WIDTH, timing.counters().totalMacs());
    // Seen pairs: a triangle in each block, and a whole block behind but the first.
    assertEquals(16L * 64 * 65 / 2 + 15 * 64 * 64, op.pairs());
    assertEquals(2L * 2 * 1024 * KV_HEADS * WIDTH, timing.counters().memoryReadBytes());
  }

  @Test
  void shouldTakeLessTimeTheFewerBlocksAreSeen() {
    long before =
        run(attention(2048, 2048, Optional.empty()), "64x64 heads 4 stages 2").makespanPicos();
    for (final int local : new int[] {16, 8, 4}) {
      final Optional<KeyBlocks> blocks = Optional.of(new KeyBlocks(64, local, 1, 8));
      final long now = run(attention(2048, 2048, blocks), "64x64 heads 4 stages 2").makespanPicos();
      assertTrue(now < before, local + " local blocks: " + now + " ps after " + before);
      before = now;
    }
  }

  @Test
  void shouldEqualFullAttentionWhereEveryBlockIsLocal() {
    final Attention full = attention(300, 700, Optional.empty());
    final Attention blocks = attention(300, 700, Optional.of(new KeyBlocks(32, 40, 0, 0)));
    final String mapping = "64x64 heads 2 splits 2 stages 2";
    assertEquals(full.pairs(), blocks.pairs());
    assertEquals(run(full, mapping).makespanPicos(), run(blocks, mapping).makespanPicos());
  }

  @Test
  void shouldOfferMappingsOfSparsePrompts() {
    final Attention op = attention(2048, 4096, Optional.of(new KeyBlocks(64, 8, 1, 16)));
    final List<Candidate> all = MappingSpace.of(op, CHIP, TestChips.stack());
    assertTrue(all.size() > 1);
  }
}
