package org.inferchip.simulation;

import java.util.Arrays;

/**
 * The work of one serving step: decode sequences, each with one new token, and prefill chunks. One
 * instance is filled again for every step, so that a run allocates nothing per step.
 *
 * <p>A <em>context</em> is the number of tokens whose keys and values are in the cache before the
 * step; the new tokens attend to it and to those of themselves that came earlier.
 */
public final class StepBatch {
  private int[] decodeContexts = new int[64];
  private int decodes;
  private long decodeContextSum;
  private int decodeContextMax;
  private int[] chunkTokens = new int[16];
  private int[] chunkContexts = new int[16];
  private boolean[] chunkSamples = new boolean[16];
  private int chunks;
  private int prefillTokens;
  private int samples;
  private int drafts;
  private long swappedInTokens;
  private long swappedOutTokens;

  /** Empties the batch. */
  public void clear() {
    decodes = 0;
    decodeContextSum = 0;
    decodeContextMax = 0;
    chunks = 0;
    prefillTokens = 0;
    samples = 0;
    drafts = 0;
    swappedInTokens = 0;
    swappedOutTokens = 0;
  }

  /**
   * Adds a sequence that generates one token from its last one.
   *
   * @param context tokens in the cache before the step
   */
  public void addDecode(final int context) {
    if (decodes == decodeContexts.length) {
      decodeContexts = Arrays.copyOf(decodeContexts, 2 * decodes);
    }
    decodeContexts[decodes++] = context;
    decodeContextSum += context;
    decodeContextMax = Math.max(decodeContextMax, context);
    samples++;
  }

  /**
   * Adds a chunk of a prompt (or of a preempted sequence that is computed again).
   *
   * @param tokens of the chunk, at least 1
   * @param context tokens in the cache before the step
   * @param sampled whether the chunk ends the prompt, so that a token is sampled from its last row
   */
  public void addPrefill(final int tokens, final int context, final boolean sampled) {
    if (chunks == chunkTokens.length) {
      chunkTokens = Arrays.copyOf(chunkTokens, 2 * chunks);
      chunkContexts = Arrays.copyOf(chunkContexts, 2 * chunks);
      chunkSamples = Arrays.copyOf(chunkSamples, 2 * chunks);
    }
    chunkTokens[chunks] = tokens;
    chunkContexts[chunks] = context;
    chunkSamples[chunks] = sampled;
    chunks++;
    prefillTokens += tokens;
    if (sampled) {
      samples++;
    }
  }

  /**
   * Says how many drafted tokens each decode sequence has beside its own: the step checks them, and
   * drafts as many again.
   */
  public void draft(final int tokens) {
    drafts = tokens;
  }

  /** Drafted tokens of each decode sequence. */
  public int drafts() {
    return drafts;
  }

  /**
   * Says how many tokens' keys and values are copied before the step's layers.
   *
   * @param in to device memory
   * @param out to the memory behind it
   */
  public void swap(final long in, final long out) {
    swappedInTokens = in;
    swappedOutTokens = out;
  }

  /** Tokens whose keys and values are copied to device memory. */
  public long swappedInTokens() {
    return swappedInTokens;
  }

  /** Tokens whose keys and values are copied from device memory. */
  public long swappedOutTokens() {
    return swappedOutTokens;
  }

  /** Decode sequences. */
  public int decodes() {
    return decodes;
  }

  /** Context of a decode sequence. */
  public int decodeContext(final int index) {
    return decodeContexts[checked(index, decodes)];
  }

  /** Contexts of all decode sequences together. */
  public long decodeContextSum() {
    return decodeContextSum;
  }

  /** The longest context of a decode sequence; 0 without any. */
  public int decodeContextMax() {
    return decodeContextMax;
  }

  /** Prefill chunks. */
  public int chunks() {
    return chunks;
  }

  /** New tokens of a chunk. */
  public int chunkTokens(final int index) {
    return chunkTokens[checked(index, chunks)];
  }

  /** Context of a chunk. */
  public int chunkContext(final int index) {
    return chunkContexts[checked(index, chunks)];
  }

  /** Whether a token is sampled from a chunk's last row. */
  public boolean chunkSampled(final int index) {
    return chunkSamples[checked(index, chunks)];
  }

  /** New tokens of all chunks. */
  public int prefillTokens() {
    return prefillTokens;
  }

  /** New tokens of the step: decode sequences and chunks. */
  public int tokens() {
    return decodes * (1 + drafts) + prefillTokens;
  }

  /** Requests in the step. */
  public int requests() {
    return decodes + chunks;
  }

  /** Rows from which a token is sampled. */
  public int samples() {
    return samples + decodes * drafts;
  }

  /** Share of the new tokens that are prefill. */
  public double prefillTokenShare() {
    return tokens() == 0 ? 0 : (double) prefillTokens / tokens();
  }

  private static int checked(final int index, final int count) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(index + " of " + count);
    }
    return index;
  }
}
