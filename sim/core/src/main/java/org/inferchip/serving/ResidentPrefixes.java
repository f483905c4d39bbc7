package org.inferchip.serving;

import java.util.HashMap;
import java.util.Map;
import org.inferchip.trace.Request;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * Prefixes that stay in the cache (see {@link ServingConfig.Prefixes#RESIDENT}): of each request
 * its leading full blocks that its group shares, at most the prompt less one token, since at least
 * one token is computed; of each group the most blocks that one of its requests has.
 */
final class ResidentPrefixes {
  private final int[] tokensOfRequests;
  private final int[] blocksOfRequests;
  private final int blocks;

  private ResidentPrefixes(final RequestTable table, final ServingConfig config) {
    tokensOfRequests = new int[table.size()];
    blocksOfRequests = new int[table.size()];
    final Map<String, Integer> groups = new HashMap<>();
    if (config.prefixes() == ServingConfig.Prefixes.RESIDENT) {
      for (int i = 0; i < table.size(); i++) {
        final Request request = table.request(i);
        final int shared = Math.min(request.prefixTokens(), request.inputTokens() - 1);
        final int full = Math.max(0, shared / config.blockTokens());
        blocksOfRequests[i] = full;
        tokensOfRequests[i] = full * config.blockTokens();
        groups.merge(request.prefixGroup(), full, Math::max);
      }
    }
    blocks = groups.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * The prefixes of a trace.
   *
   * @throws InvalidInputException if they leave no block for requests
   */
  static ResidentPrefixes of(final RequestTable table, final ServingConfig config) {
    final ResidentPrefixes prefixes = new ResidentPrefixes(table, config);
    if (prefixes.blocks >= config.kvBlocks()) {
      throw new InvalidInputException(
          Problem.ofFile("trace", "the shared prefixes do not fit the KV cache")
              .but(prefixes.blocks + " blocks", "fewer than " + config.kvBlocks()));
    }
    return prefixes;
  }

  /** Leading tokens of each request that are resident. */
  int[] tokensOfRequests() {
    return tokensOfRequests;
  }

  /** The same in blocks. */
  int[] blocksOfRequests() {
    return blocksOfRequests;
  }

  /** Blocks of all groups. */
  int blocks() {
    return blocks;
  }
}
