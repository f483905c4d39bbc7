package org.inferchip.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.inferchip.SharedData;
import org.inferchip.trace.BlockIds;
import org.inferchip.trace.BlockScheme;
import org.inferchip.trace.ReadOptions;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;
import org.inferchip.trace.TraceReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The prefix cache against golden hit counts of published traces and a plain LRU model. */
class PrefixCacheTest {
  private static final int MANY = 200_000;

  /**
   * The manifest's counts are of a plain LRU cache in which the blocks of a prompt are touched from
   * the first to the last: here, each block of the trace is a request of one block.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"mooncake_conversation_dev1200s.jsonl", "mooncake_synthetic_dev400s.jsonl"})
  void shouldHitAsOftenAsTheGoldenLruCache(final String file) throws IOException {
    final JsonNode golden =
        new ObjectMapper()
            .readTree(SharedData.file("traces/MANIFEST.json").toFile())
            .at("/files")
            .get(file)
            .get("lru");
    final Trace trace = TraceReader.read(SharedData.file("traces/" + file), ReadOptions.defaults());
    int checked = 0;
    for (final Map.Entry<String, JsonNode> entry : golden.properties()) {
      final int capacity = (int) Math.min(MANY, Long.parseLong(entry.getKey()));
      assertEquals(entry.getValue().asInt(), lruHits(trace, capacity), file + " " + capacity);
      checked++;
    }
    assertEquals(4, checked);
  }

  private static int lruHits(final Trace trace, final int capacity) {
    final int count = trace.requests().stream().mapToInt(r -> r.blocks().size()).sum();
    final long[] ids = new long[count];
    // A request of two blocks, of which it fills one: the last token is always computed.
    final KvBlocks blocks = new KvBlocks(1, capacity, count, (request, block) -> ids[request]);
    int hits = 0;
    int touched = 0;
    for (final Request request : trace.requests()) {
      boolean leading = true;
      for (int i = 0; i < request.blocks().size(); i++) {
        ids[touched] = request.blocks().get(i);
        final int cached = blocks.cachedTokens(touched, 2);
        leading &= cached == 1;
        hits += leading ? 1 : 0;
        assertTrue(blocks.admit(touched, cached, 1));
        blocks.release(touched);
        touched++;
      }
    }
    assertTrue(blocks.isConserved());
    return hits;
  }

  /**
   * Whole prompts, one after the other, freed from their ends as vLLM V1 does; expected hits are
   * those of an independent model of its free list in another language.
   */
  @ParameterizedTest
  @CsvSource({
    "mooncake_conversation_dev1200s.jsonl, 1000, 3931",
    "mooncake_conversation_dev1200s.jsonl, 10000, 19943",
    "mooncake_conversation_dev1200s.jsonl, 30000, 29342",
    "mooncake_synthetic_dev400s.jsonl, 1000, 633",
    "mooncake_synthetic_dev400s.jsonl, 10000, 4828",
  })
  void shouldEvictPromptsFromTheirEnds(final String file, final int capacity, final int hits) {
    final Trace trace = TraceReader.read(SharedData.file("traces/" + file), ReadOptions.defaults());
    final List<Request> requests = trace.requests();
    final KvBlocks blocks =
        new KvBlocks(
            1,
            capacity,
            requests.size(),
            (request, block) -> requests.get(request).blocks().get(block));
    int found = 0;
    for (int i = 0; i < requests.size(); i++) {
      final int size = requests.get(i).blocks().size();
      final int cached = blocks.cachedTokens(i, size + 1);
      found += cached;
      assertTrue(blocks.admit(i, cached, size));
      blocks.release(i);
    }
    assertTrue(blocks.isConserved());
    assertEquals(hits, found);
  }

  @Test
  void shouldKeepItsIndexWhateverIsAddedAndRemoved() {
    final Random random = new Random(7);
    final BlockIndex index = new BlockIndex();
    final Map<Long, Integer> expected = new java.util.HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      // Few different homes, so that entries crowd.
      final long hash = random.nextInt(3000) * (random.nextBoolean() ? 1L : 1L << 32);
      if (expected.containsKey(hash)) {
        assertEquals(expected.remove(hash), index.get(hash));
        index.remove(hash);
      } else {
        assertEquals(BlockIndex.NONE, index.get(hash));
        expected.put(hash, i);
        index.put(hash, i);
      }
      assertEquals(expected.size(), index.size());
    }
    expected.forEach((hash, block) -> assertEquals(block, index.get(hash)));
  }

  @Test
  void shouldCutBlocksOfTheTraceIntoThoseOfTheEngine() {
    // Blocks of 32 in the trace, of 16 in the engine; prompts of 70 and 100 tokens share two
    // identifiers, and the partial third is another one.
    final List<Integer> cached =
        cachedTokens(BlockScheme.Scope.GLOBAL, "", BlockIds.of(1, 2, 3), BlockIds.of(1, 2, 4, 5));
    assertEquals(List.of(0, 64), cached);
  }

  @Test
  void shouldShareNothingBetweenSessionsWithLocalIdentifiersOrBetweenAdapters() {
    final BlockIds ids = BlockIds.of(1, 2, 3);
    assertEquals(List.of(0, 0), cachedTokens(BlockScheme.Scope.SESSION, "", ids, ids));
    assertEquals(List.of(0, 0), cachedTokens(BlockScheme.Scope.GLOBAL, "adapter", ids, ids));
  }

  private static List<Integer> cachedTokens(
      final BlockScheme.Scope scope,
      final String secondLora,
      final BlockIds first,
      final BlockIds second) {
    final Trace trace =
        new Trace(
            "test",
            "memory",
            "",
            new BlockScheme(32, scope, BlockScheme.Partial.CEIL),
            "",
            "",
            "",
            2,
            List.of(request(0, 70, first, ""), request(1, 100, second, secondLora)),
            List.of(),
            List.of());
    final RunResult result =
        Bench.run(
            trace,
            ServingConfig.vllm(1000, 4, 100, 1000).withPrefixes(Prefixes.CACHED),
            Bench.everyStep(Bench.MILLISECOND));
    assertEquals(List.of(), result.violations());
    final List<Integer> cached = new ArrayList<>();
    result.records().forEach(record -> cached.add(record.cachedTokens()));
    return cached;
  }

  private static Request request(
      final int index, final int prompt, final BlockIds ids, final String lora) {
    return new Request(
        "r" + index,
        index,
        index * 10_000_000L,
        prompt,
        1,
        0,
        ids,
        "",
        0,
        "s" + index,
        0,
        List.of(),
        0,
        0,
        false,
        "",
        lora,
        0,
        Request.DEFAULT_CLASS,
        Request.UNTIMED,
        Request.UNTIMED,
        List.of(),
        1,
        0,
        Request.UNTIMED,
        Request.UNTIMED);
  }
}
