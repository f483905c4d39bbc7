package org.inferchip.serving;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.inferchip.trace.BlockScheme;
import org.inferchip.trace.Request;

/**
 * What is in the full KV blocks of each request: hashes chained from the start of the prompt, so
 * that equal hashes stand for equal blocks after equal prefixes (vLLM V1).
 *
 * <p>The content of a block of b tokens is told by the trace: by the identifier of the trace's
 * block in which its last token lies and that token's place there (identifiers are chained
 * themselves), or by the named prefix that covers it and its place in that. All other blocks, those
 * of generated tokens among them, are the request's own: only the request itself finds them again,
 * after a preemption. So where the next turn of a conversation would hit what the last one
 * generated, hits are counted too low.
 *
 * <p>Requests of different adapters or models share nothing, and where the trace's identifiers are
 * local to sessions, neither do sessions. Hashes have 64 bits: with n different blocks two of them
 * collide with a chance of n^2 / 2^65, 3e-6 for ten million.
 */
final class BlockHashes {
  private static final long NAMESPACE = 1;
  private static final long IDENTIFIER = 2;
  private static final long GROUP = 3;
  private static final long OWN = 4;

  private final RequestTable table;
  private final BlockScheme scheme;
  private final int blockTokens;
  private final long[] seeds;
  private final int[] groups;
  private final long[][] known;
  private final int[] counts;

  BlockHashes(final RequestTable table, final int blockTokens) {
    this.table = table;
    this.scheme = table.scheme();
    this.blockTokens = blockTokens;
    this.seeds = new long[table.size()];
    this.groups = new int[table.size()];
    this.known = new long[table.size()][];
    this.counts = new int[table.size()];
    final Map<String, Integer> namespaces = new HashMap<>();
    final Map<String, Integer> names = new HashMap<>();
    for (int i = 0; i < table.size(); i++) {
      seeds[i] = mix(NAMESPACE, number(namespaces, namespace(table.request(i))));
      groups[i] = number(names, table.request(i).prefixGroup());
    }
  }

  /** The hash of a request's full block, counted from the start of its prompt. */
  long hash(final int request, final int block) {
    if (known[request] == null) {
      known[request] = new long[Math.max(block + 1, table.promptTokens(request) / blockTokens + 1)];
    } else if (block >= known[request].length) {
      known[request] = Arrays.copyOf(known[request], 2 * block);
    }
    for (int i = counts[request]; i <= block; i++) {
      final long before = i == 0 ? seeds[request] : known[request][i - 1];
      known[request][i] = mix(before, content(request, i));
      counts[request] = i + 1;
    }
    return known[request][block];
  }

  /** Forgets a request that has ended. */
  void forget(final int request) {
    known[request] = null;
    counts[request] = 0;
  }

  private long content(final int request, final int block) {
    final Request r = table.request(request);
    final long last = (block + 1L) * blockTokens - 1;
    if (last < r.inputTokens()) {
      final long identifier = last / scheme.blockTokens();
      if (identifier < r.blocks().size()) {
        return mix(mix(IDENTIFIER, r.blocks().get((int) identifier)), last % scheme.blockTokens());
      }
      if (last < r.prefixTokens() && !r.prefixReset()) {
        return mix(mix(GROUP, groups[request]), block);
      }
    }
    return mix(mix(OWN, request), block);
  }

  private String namespace(final Request request) {
    final boolean local =
        scheme.scope() == BlockScheme.Scope.SESSION && request.blocks().size() > 0;
    final String session = request.session().isEmpty() ? request.id() : request.session();
    return request.model() + "\n" + request.lora() + "\n" + (local ? session : "");
  }

  private static int number(final Map<String, Integer> numbers, final String name) {
    return numbers.computeIfAbsent(name, absent -> numbers.size());
  }

  /** One step of a 64-bit hash: the finaliser of splitmix64 (Steele, Lea, Flood 2014). */
  private static long mix(final long before, final long value) {
    long z = before * 0x9E3779B97F4A7C15L + value + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
