package org.inferchip.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.AttentionKernel;
import org.inferchip.arch.AttentionOrder;
import org.inferchip.arch.AttentionSplit;
import org.inferchip.arch.Chip;
import org.inferchip.arch.RowKernel;
import org.inferchip.arch.Stack;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kernel paths and splits, worked out by hand from the rules. */
class AttentionRulesTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));
  private static final Chip H100 = SHIPPED.chip("h100-sxm").value();

  private static Attention decode(
      final int batch, final int context, final int heads, final int kvHeads, final int headDim) {
    return new Attention(
        "attention_decode",
        Collections.nCopies(batch, new Attention.Sequence(1, context)),
        heads,
        kvHeads,
        headDim,
        headDim,
        0,
        true,
        Format.BF16,
        Format.BF16);
  }

  private static Stack stack(final String name) {
    return SHIPPED.stack(name).value();
  }

  private static String kernel(final Attention op, final Chip chip, final String stack) {
    final Optional<AttentionKernel> kernel = AttentionRules.kernel(op, chip, stack(stack));
    return stack(stack).attention().kernels().entrySet().stream()
        .filter(entry -> kernel.isPresent() && entry.getValue().equals(kernel.get()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("none");
  }

  @ParameterizedTest
  @CsvSource({
    // Measured: 15 us, 27 us, then 13.8 us as the tensor-core kernel takes over.
    "1, 512, 64, 4, mmha",
    "1, 1024, 64, 4, mmha",
    "1, 2048, 64, 4, xqa",
    "64, 4096, 32, 32, mmha",
    "64, 4096, 64, 1, mmha",
    "64, 4096, 32, 1, xqa",
  })
  void shouldTakeTheKernelOfGroupBatchAndContext(
      final int batch,
      final int context,
      final int heads,
      final int kvHeads,
      final String expected) {
    assertEquals(expected, kernel(decode(batch, context, heads, kvHeads, 128), H100, "trtllm"));
  }

  @Test
  void shouldTakeTheSlowKernelForWideGroupsOnBlackwell() {
    final Chip b200 = SHIPPED.chip("b200-sxm").value();
    assertEquals("mmha", kernel(decode(64, 2048, 64, 1, 128), b200, "trtllm-blackwell"));
    assertEquals("gen", kernel(decode(64, 2048, 32, 1, 128), b200, "trtllm-blackwell"));
    assertEquals("gen", kernel(decode(64, 2048, 64, 1, 128), b200, "vllm-blackwell"));
  }

  @Test
  void shouldSearchWhereNoPathHolds() {
    final Attention latent = decode(8, 1024, 16, 1, 576);
    assertEquals("none", kernel(latent, H100, "vllm"));
    assertTrue(MappingSpace.of(latent, H100, stack("vllm")).size() > 1);
    assertEquals(1, MappingSpace.of(decode(8, 1024, 16, 2, 128), H100, stack("vllm")).size());
  }

  private static String prompt(final int headDim) {
    final Attention op =
        new Attention(
            "attention_prefill",
            List.of(new Attention.Sequence(4096, 4096)),
            32,
            8,
            headDim,
            headDim,
            0,
            true,
            Format.BF16,
            Format.BF16);
    final Chip b200 = SHIPPED.chip("b200-sxm").value();
    return MappingSpace.of(op, b200, stack("trtllm-blackwell")).get(0).mapping().text();
  }

  @Test
  void shouldFillTensorMemoryWithScoresAndSumsOfPrompts() {
    // 256 KiB hold 256 x 128 sums and two tiles of 256 x 64 scores, or 128 x 256 and two of 128 x
    // 128, of 4 bytes each: nothing is left for probabilities of their own.
    assertTrue(prompt(128).startsWith("256x64 ") && prompt(128).contains(" place 1"), prompt(128));
    assertTrue(prompt(256).startsWith("128x128 "), prompt(256));
  }

  private static int parts(
      final AttentionSplit rule, final Attention op, final int cores, final int keyTile) {
    final int context = op.sequences().get(0).context();
    return new AttentionSplits(op, cores, 1, context, keyTile).parts(rule);
  }

  @Test
  void shouldGiveEachCoreAnEqualShareOfBlocks() {
    final AttentionSplit rule = new AttentionSplit.EqualShares(1.1, 32, 993);
    // 64 blocks of 8 heads: a share of ceil(1.1 x 8 x 64 / 132) = 5, so 13 parts.
    assertEquals(13, parts(rule, decode(1, 8192, 32, 8, 128), 132, 128));
    assertEquals(1, parts(rule, decode(993, 8192, 8, 1, 128), 132, 128));
  }

  @ParameterizedTest
  @CsvSource({
    // 16 tiles of queries and 16 blocks of keys over 132 cores: ceil(1.1 x 256 / 132) = 3 blocks a
    // part.
    "1, 2048, 6",
    // 1.1 x 32 x 16 x 16 / 132 is more than the longest tile has.
    "32, 2048, 1",
  })
  void shouldSplitPromptsOfFlashAttention3WhereTilesLeaveCoresIdle(
      final int batch, final int tokens, final int parts) {
    final Attention op =
        new Attention(
            "attention_prefill",
            Collections.nCopies(batch, new Attention.Sequence(tokens, tokens)),
            1,
            1,
            64,
            64,
            0,
            true,
            Format.BF16,
            Format.BF16);
    final AttentionMapping mapping =
        (AttentionMapping) MappingSpace.of(op, H100, stack("vllm")).get(0).mapping();
    assertEquals(parts, mapping.splits());
  }

  @Test
  void shouldTakeTheFewestPartsOfAGoodWave() {
    final AttentionSplit rule = new AttentionSplit.BestWave(2, 0.8, 0.85, 128);
    // 8 items on 216 places, 64 blocks: 22 parts of three blocks fill 176 of 216; fewer parts, four
    // blocks and more, fill at most 128.
    assertEquals(22, parts(rule, decode(1, 8192, 32, 8, 128), 108, 128));
    assertEquals(1, parts(rule, decode(1, 8192, 8, 8, 128), 108, 128));
    assertEquals(1, parts(rule, decode(22, 8192, 32, 8, 128), 108, 128));
  }

  @Test
  void shouldBalanceNumberAndLengthOfParts() {
    final AttentionSplit rule = new AttentionSplit.Balanced(128, 8, 8, 6000);
    // 16 pieces of 128 keys: round(sqrt(8 x 16)) = 11.
    assertEquals(11, parts(rule, decode(1, 2048, 64, 4, 128), 132, 64));
    // 32 x 8 x 11 parts are 2.67 times 8 for each of 132 cores: 11 / 2.67 is 4.
    assertEquals(4, parts(rule, decode(32, 2048, 64, 8, 128), 132, 64));
    assertEquals(1, parts(rule, decode(1, 100, 64, 4, 128), 132, 64));
  }

  @Test
  void shouldFillTheCoresOnce() {
    assertEquals(
        4, parts(new AttentionSplit.Fill(256, false), decode(4, 8192, 64, 8, 128), 148, 128));
    assertEquals(
        5, parts(new AttentionSplit.Fill(256, true), decode(4, 8192, 64, 8, 128), 148, 64));
    assertEquals(
        2, parts(new AttentionSplit.Fill(256, false), decode(1, 512, 64, 8, 128), 148, 128));
  }

  @Test
  void shouldReadBackAPrintedMapping() {
    final Attention op = decode(4, 4096, 64, 4, 128);
    final Mapping mapping = MappingSpace.of(op, H100, stack("trtllm")).get(0).mapping();
    assertEquals(mapping, Mapping.parse(op, mapping.text()));
    assertTrue(mapping.text().contains(" flight "), mapping.text());
  }

  @Test
  void shouldChargeScanCopiesAndMergeBesideTheLaunch() {
    final AttentionMapping split = new AttentionMapping(64, 128, 8, 2, 1, 2, 1);
    final AttentionMapping whole = new AttentionMapping(64, 128, 8, 1, 1, 2, 1);
    final Attention op = decode(16, 4096, 64, 8, 128);
    final AttentionKernel fa3 = AttentionRules.kernel(op, H100, stack("vllm")).orElseThrow();
    final double unsplit = AttentionRules.launchSeconds(op, H100, stack("vllm"), whole);
    assertEquals(
        fa3.launch().orElse(stack("vllm").launch().attention()) + 16 * fa3.scan(), unsplit, 1e-12);
    assertEquals(
        fa3.merge(), AttentionRules.launchSeconds(op, H100, stack("vllm"), split) - unsplit, 1e-12);
    final Chip a100 = SHIPPED.chip("a100-sxm-80g").value();
    final Stack ampere = stack("vllm-a100");
    final AttentionKernel fa2 = AttentionRules.kernel(op, a100, ampere).orElseThrow();
    assertEquals(
        fa2.transpose(),
        AttentionRules.launchSeconds(op, a100, ampere, whole)
            - AttentionRules.launchSeconds(decode(16, 4096, 8, 1, 128), a100, ampere, whole),
        1e-12);
    assertEquals(Optional.of(993), fa3.scanBelow());
  }

  private static Attention chunk(final int queries, final int cached, final boolean appends) {
    return new Attention(
        "attention_prefill",
        List.of(new Attention.Sequence(queries, cached + queries)),
        8,
        2,
        128,
        128,
        0,
        true,
        Format.FP16,
        Format.FP16,
        Optional.empty(),
        new Attention.Asked(4, appends));
  }

  private static AttentionMapping onOrin(final Attention op) {
    return onOrin(op, "cutlass");
  }

  private static AttentionMapping onOrin(final Attention op, final String stack) {
    final Chip orin = SHIPPED.chip("jetson-orin").value();
    return new AttentionRules(op, stack(stack).attention(), orin)
        .ruled(mapping -> mapping)
        .orElseThrow();
  }

  @Test
  void shouldTakeTheKernelThatAppendsWhereItIsAskedTo() {
    final Chip orin = SHIPPED.chip("jetson-orin").value();
    assertEquals("fa2-cached", kernel(chunk(64, 512, true), orin, "cutlass"));
    assertEquals("fa2-prompt", kernel(chunk(64, 512, false), orin, "cutlass"));
  }

  @Test
  void shouldLoadAsManyElementsOfANarrowCacheOnCudaCores() {
    final Attention wide = decode(64, 4096, 32, 32, 128);
    final Attention narrow =
        new Attention(
            "attention_decode",
            wide.sequences(),
            32,
            32,
            128,
            128,
            0,
            true,
            Format.BF16,
            Format.FP8_E4M3);
    assertEquals("mmha", kernel(narrow, H100, "trtllm"));
    final AttentionPace bytes = onH100(wide).pace();
    final AttentionPace half = onH100(narrow).pace();
    assertEquals(31_000, bytes.inFlight());
    assertEquals(15_500, half.inFlight());
    assertEquals(22, bytes.port());
    assertEquals(11, half.port());
  }

  private static AttentionMapping onH100(final Attention op) {
    return new AttentionRules(op, stack("trtllm").attention(), H100)
        .ruled(mapping -> mapping)
        .orElseThrow();
  }

  @Test
  void shouldCopyNewKeysSoManyBytesALatency() {
    // A key and its value are 512 bytes, a quarter of what 128 threads copy at a time.
    final Chip orin = SHIPPED.chip("jetson-orin").value();
    final double latency = RowKernel.latencyPicos(orin) * 1e-3;
    assertEquals(latency / 4, onOrin(chunk(64, 512, true)).pace().appendNanos(), 0.5);
    assertEquals(0, onOrin(chunk(64, 512, false)).pace().appendNanos());
  }

  @Test
  void shouldSplitAsAskedWhetherOrNotCoresIdle() {
    // 8 heads of one or two tiles of 64 tokens on 32 places.
    assertEquals(4, onOrin(chunk(64, 960, true)).splits());
    assertEquals(4, onOrin(chunk(128, 896, true)).splits());
  }

  @Test
  void shouldSplitNoFurtherThanEachCoreHasAShareWhereTheKernelSaysSo() {
    // 4 heads of 128 tokens are 4 tiles of 128 rows for each of 2 heads of keys: 8 items of 10
    // blocks
    // of 112 keys; ceil(1.1 x 80 / 16) = 6 blocks a core, so two parts of at most the four asked
    // for.
    assertEquals(2, onOrin(chunk(128, 992, true), "cutlass-fa3").splits());
  }

  @Test
  void shouldLeaveTheRoomOfResultsToKeysWhereTheyAreHeldInRegisters() {
    // Two items of 16 KiB of queries, 32 of keys and 32 of values take 160 of a core's 164 KiB.
    final Chip orin = SHIPPED.chip("jetson-orin").value();
    final Attention op = chunk(128, 896, true);
    final AttentionMapping mapping =
        (AttentionMapping)
            new AttentionSpace(op, orin, stack("cutlass")).candidates().get(0).mapping();
    assertEquals(128, mapping.keyTile());
    assertEquals(2, mapping.resident());
  }

  @Test
  void shouldTakeTheTimeOfMergingForEachSetOfRowsThatSmallBlocksMerge() {
    final Chip orin = SHIPPED.chip("jetson-orin").value();
    final AttentionKernel kernel = stack("cutlass").attention().kernels().get("fa2-cached");
    final int rows = kernel.mergeRows().orElseThrow();
    final Attention few = chunk(rows / 8, 896, true);
    final Attention more = chunk(rows / 8 + 1, 896, true);
    final double once =
        AttentionRules.launchSeconds(few, orin, stack("cutlass"), onOrin(few))
            - kernel.launch().orElseThrow();
    final double twice =
        AttentionRules.launchSeconds(more, orin, stack("cutlass"), onOrin(more))
            - kernel.launch().orElseThrow();
    assertEquals(kernel.merge(), once, 1e-12);
    assertEquals(2 * kernel.merge(), twice, 1e-12);
  }

  @Test
  void shouldStartATileOfEveryHeadBeforeTheNextOfAny() {
    final Attention prompt = chunk(256, 0, false);
    final AttentionTiles tiles = new AttentionTiles(prompt, onOrin(prompt, "cutlass-fa3"));
    // 256 tokens of 4 packed heads are 8 tiles of 128 rows; two heads of keys.
    assertEquals(16, tiles.work);
    for (int work = 0; work < tiles.work; work++) {
      final int[] at = tiles.at(work);
      assertEquals(work, tiles.workOf(at[0], at[1], at[2], at[3]));
      assertEquals(7 - work / 2, at[0]);
      assertEquals(work % 2, at[2]);
    }
  }

  @Test
  void shouldStartShortTilesFirstWhereTheGridDoes() {
    final Attention prompt = chunk(256, 0, false);
    final AttentionMapping mapping = onOrin(prompt);
    assertEquals(AttentionOrder.FIRST_FIRST, mapping.pace().order());
    final AttentionTiles tiles = new AttentionTiles(prompt, mapping);
    for (int work = 0; work < tiles.work; work++) {
      final int[] at = tiles.at(work);
      assertEquals(work, tiles.workOf(at[0], at[1], at[2], at[3]));
    }
    assertEquals(0, tiles.at(0)[0]);
    assertEquals(3, tiles.at(tiles.work - 1)[0]);
  }
}
