package org.inferchip.serving;

/**
 * The paged KV cache: blocks of equal size, each free or held by one request. No watermark, as in
 * vLLM V1. The last block of a request is half empty on average. Blocks of resident prefixes belong
 * to no request.
 */
final class KvBlocks {
  private final int blockTokens;
  private final int total;
  private final int residentBlocks;
  private final int[] resident;
  private final int[] held;
  private int free;

  /**
   * A cache that holds resident prefixes only.
   *
   * @param blockTokens tokens in a block
   * @param total blocks
   * @param prefixes the prefixes
   */
  KvBlocks(final int blockTokens, final int total, final ResidentPrefixes prefixes) {
    this.blockTokens = blockTokens;
    this.total = total;
    this.residentBlocks = prefixes.blocks();
    this.resident = prefixes.blocksOfRequests();
    this.held = new int[resident.length];
    this.free = total - residentBlocks;
  }

  /** Whether the blocks for so many tokens of a request can be had. */
  boolean fits(final int request, final int tokens) {
    return missing(request, tokens) <= free;
  }

  /**
   * Gives a request the blocks for so many tokens.
   *
   * @return whether they were there; if not, nothing changes
   */
  boolean allocate(final int request, final int tokens) {
    final int more = missing(request, tokens);
    if (more > free) {
      return false;
    }
    if (more > 0) {
      held[request] += more;
      free -= more;
    }
    return true;
  }

  /** Takes all blocks of a request back. */
  void release(final int request) {
    free += held[request];
    held[request] = 0;
  }

  /** Blocks in use. */
  int used() {
    return total - free;
  }

  /** Blocks of prefixes that stay. */
  int resident() {
    return residentBlocks;
  }

  int total() {
    return total;
  }

  /** Whether allocated and free blocks are all blocks. */
  boolean isConserved() {
    long allocated = residentBlocks;
    for (final int blocks : held) {
      allocated += blocks;
    }
    return free >= 0 && allocated + free == total;
  }

  private int missing(final int request, final int tokens) {
    return (tokens + blockTokens - 1) / blockTokens - resident[request] - held[request];
  }
}
