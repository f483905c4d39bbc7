package org.inferchip.serving;

import java.util.Arrays;

/**
 * The paged KV cache: blocks of equal size, no watermark, as in vLLM V1. A block is free or held by
 * as many requests as its reference count says. The last block of a request is half empty on
 * average.
 *
 * <p>With hashes, it is a prefix cache too. A block is known by its hash from when the step that
 * fills it is scheduled until it is taken for other content; of equal blocks that two requests fill
 * at once, the first is known. A request that is admitted holds the known blocks that its tokens
 * begin with, all but those of the last token, which is always computed. Blocks are freed from the
 * tail of a request and taken again in the order in which they were freed, so the least recently
 * used go first, and of a prompt its end before its beginning.
 */
final class KvBlocks {
  /** The hash of a request's full block; see {@link BlockHashes}. */
  interface Hashes {
    long of(int request, int block);
  }

  private final int blockTokens;
  private final int total;
  private final Hashes hashes;
  private final FreeBlocks free;
  private final BlockIndex known = new BlockIndex();
  private final int[][] tables;
  private final int[] held;
  private final int[] hashed;
  private int[] references = new int[1024];
  private long[] hashOf = new long[1024];
  private boolean[] isKnown = new boolean[1024];
  private long sharedHolds;

  /**
   * An empty cache.
   *
   * @param blockTokens tokens in a block
   * @param total blocks
   * @param requests how many requests there are
   * @param hashes what full blocks contain; null: nothing is shared or found again
   */
  KvBlocks(final int blockTokens, final int total, final int requests, final Hashes hashes) {
    this.blockTokens = blockTokens;
    this.total = total;
    this.hashes = hashes;
    this.free = new FreeBlocks(total);
    this.tables = new int[requests][];
    this.held = new int[requests];
    this.hashed = new int[requests];
  }

  /**
   * Leading tokens of a request without blocks that the cache holds, in whole blocks, at most all
   * tokens but the last.
   */
  int cachedTokens(final int request, final int tokens) {
    if (hashes == null) {
      return 0;
    }
    final int most = (tokens - 1) / blockTokens;
    int blocks = 0;
    while (blocks < most && known.get(hashes.of(request, blocks)) != BlockIndex.NONE) {
      blocks++;
    }
    return blocks * blockTokens;
  }

  /**
   * Whether a request without blocks can have those for so many tokens.
   *
   * @param cached its leading tokens that are cached
   */
  boolean fits(final int request, final int cached, final int tokens) {
    return blocks(tokens) - cached / blockTokens + idle(request, cached) <= free.count();
  }

  /**
   * Gives a request without blocks those that hold its leading tokens, and more for so many tokens.
   *
   * @param cached its leading tokens that are cached
   * @return whether they were there; if not, nothing changes
   */
  boolean admit(final int request, final int cached, final int tokens) {
    if (!fits(request, cached, tokens)) {
      return false;
    }
    reserve(request, blocks(tokens));
    for (int i = 0; i < cached / blockTokens; i++) {
      final int block = known.get(hashes.of(request, i));
      if (references[block]++ == 0) {
        free.remove(block);
      } else {
        sharedHolds++;
      }
      tables[request][held[request]++] = block;
    }
    hashed[request] = held[request];
    return allocate(request, tokens);
  }

  /**
   * Gives a request the blocks for so many tokens, and makes the full ones known.
   *
   * @return whether they were there; if not, nothing changes
   */
  boolean allocate(final int request, final int tokens) {
    final int needed = blocks(tokens);
    if (needed - held[request] > free.count()) {
      return false;
    }
    if (needed > held[request]) {
      reserve(request, needed);
      while (held[request] < needed) {
        tables[request][held[request]++] = fresh();
      }
    }
    if (hashes != null) {
      publish(request, tokens / blockTokens);
    }
    return true;
  }

  /** Takes all blocks of a request back, the last one first. */
  void release(final int request) {
    for (int i = held[request] - 1; i >= 0; i--) {
      final int block = tables[request][i];
      if (--references[block] == 0) {
        free.add(block);
      } else {
        sharedHolds--;
      }
    }
    held[request] = 0;
    hashed[request] = 0;
    tables[request] = null;
  }

  /** Blocks that requests hold. */
  int used() {
    return total - free.count();
  }

  int total() {
    return total;
  }

  /**
   * Whether held and free blocks are all blocks, references are those of the requests' tables, and
   * every known block is known by its own hash.
   */
  boolean isConserved() {
    long tabled = 0;
    for (int request = 0; request < held.length; request++) {
      tabled += held[request];
    }
    long referenced = 0;
    long heldBlocks = 0;
    long knownBlocks = 0;
    boolean sound = true;
    for (int block = 0; block < free.everTaken(); block++) {
      referenced += references[block];
      heldBlocks += references[block] > 0 ? 1 : 0;
      knownBlocks += isKnown[block] ? 1 : 0;
      sound &= references[block] >= 0 && (!isKnown[block] || known.get(hashOf[block]) == block);
    }
    return sound
        && referenced == tabled
        && heldBlocks == tabled - sharedHolds
        && knownBlocks == known.size()
        && heldBlocks + free.walked() == free.everTaken()
        && heldBlocks + free.count() == total;
  }

  private int blocks(final int tokens) {
    return (tokens + blockTokens - 1) / blockTokens;
  }

  /** Of the blocks that hold leading tokens, those that nobody holds now. */
  private int idle(final int request, final int cached) {
    int count = 0;
    for (int i = 0; i < cached / blockTokens; i++) {
      count += references[known.get(hashes.of(request, i))] == 0 ? 1 : 0;
    }
    return count;
  }

  private int fresh() {
    final int block = free.take();
    if (block >= references.length) {
      final int length = Math.max(block + 1, 2 * references.length);
      references = Arrays.copyOf(references, length);
      hashOf = Arrays.copyOf(hashOf, length);
      isKnown = Arrays.copyOf(isKnown, length);
    }
    if (isKnown[block]) {
      known.remove(hashOf[block]);
      isKnown[block] = false;
    }
    references[block] = 1;
    return block;
  }

  private void publish(final int request, final int fullBlocks) {
    for (int i = hashed[request]; i < fullBlocks; i++) {
      final long hash = hashes.of(request, i);
      if (known.get(hash) == BlockIndex.NONE) {
        final int block = tables[request][i];
        known.put(hash, block);
        hashOf[block] = hash;
        isKnown[block] = true;
      }
    }
    hashed[request] = Math.max(hashed[request], fullBlocks);
  }

  private void reserve(final int request, final int needed) {
    if (tables[request] == null) {
      tables[request] = new int[Math.max(needed, 8)];
    } else if (needed > tables[request].length) {
      tables[request] = Arrays.copyOf(tables[request], Math.max(needed, 2 * held[request]));
    }
  }
}
