package org.inferchip.operator;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.inferchip.model.KeyBlocks;
import org.inferchip.numerics.Format;

/**
 * Scaled dot-product attention of some sequences over their cached keys and values.
 *
 * <p>Query i of a sequence (0-based) stands at position {@code context - queries + i} and sees the
 * keys at positions up to its own (causal) and, with a window w, not more than w back, or those of
 * its blocks. Heads are in groups of {@code heads / kvHeads} that share one key and value head
 * (MHA, GQA, MQA; absorbed MLA is one kv head with a longer key than value).
 *
 * <p>Tensors: Q [queries of all sequences x heads*headDim], K [contexts of all sequences x
 * kvHeads*headDim], V [same rows x kvHeads*valueDim], O [queries x heads*valueDim].
 *
 * @param name {@code attention_prefill} or {@code attention_decode}
 * @param sequences queries and context of each, in row order
 * @param heads query heads
 * @param kvHeads key and value heads; divides heads
 * @param headDim elements of a query and key
 * @param valueDim elements of a value
 * @param window keys seen at most, the own one included; 0 for all
 * @param causal whether later keys are hidden
 * @param activation format of Q and O
 * @param cache format of K and V
 * @param blocks which keys are seen, by blocks; needs causal, and no window
 * @param asked what the caller asks of the kernel beside
 */
public record Attention(
    String name,
    List<Sequence> sequences,
    int heads,
    int kvHeads,
    int headDim,
    int valueDim,
    int window,
    boolean causal,
    Format activation,
    Format cache,
    Optional<KeyBlocks> blocks,
    Asked asked)
    implements Operator {
  private static final String PREFILL = "attention_prefill";

  /**
   * What a caller may ask of a kernel.
   *
   * @param parts into how many parts the keys of the longest sequence are split at most, with the
   *     kernels that this takes; 0: as the kernel's own rule says
   * @param appends whether the kernel itself writes the new keys and values, which come apart, into
   *     the cache; otherwise they are there
   */
  public record Asked(int parts, boolean appends) {
    /** Nothing. */
    public static final Asked NOTHING = new Asked(0, false);

    /** Checks the number. */
    public Asked {
      if (parts < 0) {
        throw new IllegalArgumentException(parts + " parts");
      }
    }
  }

  /**
   * One sequence.
   *
   * @param queries new tokens, at least 1
   * @param context cached tokens including the new ones, at least {@code queries}
   */
  public record Sequence(int queries, int context) {
    /** Checks sizes. */
    public Sequence {
      if (queries < 1 || context < queries) {
        throw new IllegalArgumentException("queries " + queries + " of context " + context);
      }
    }

    /** Query-key pairs that are seen. */
    public long pairs(final boolean causal, final int window) {
      if (!causal) {
        return (long) queries * context;
      }
      if (window <= 0) {
        final long first = (long) context - queries + 1;
        return (first + context) * queries / 2;
      }
      long sum = 0;
      for (int i = 0; i < queries; i++) {
        sum += Math.min(context - queries + 1 + i, window);
      }
      return sum;
    }

    /** First key position that any query sees. */
    public int firstKey(final int window) {
      return window <= 0 ? 0 : Math.max(0, context - queries + 1 - window);
    }
  }

  /** Checks sizes. */
  public Attention {
    Objects.requireNonNull(name, "name");
    sequences = List.copyOf(sequences);
    if (sequences.isEmpty() || heads < 1 || kvHeads < 1 || heads % kvHeads != 0) {
      throw new IllegalArgumentException(
          sequences.size() + " sequences, heads " + heads + ", kv heads " + kvHeads);
    }
    if (blocks.isPresent() && (!causal || window > 0)) {
      throw new IllegalArgumentException("blocks of keys need causal attention without a window");
    }
  }

  /** Attention to all keys, or to those of a window, of kernels that are left to themselves. */
  public Attention(
      final String name,
      final List<Sequence> sequences,
      final int heads,
      final int kvHeads,
      final int headDim,
      final int valueDim,
      final int window,
      final boolean causal,
      final Format activation,
      final Format cache) {
    this(
        name,
        sequences,
        heads,
        kvHeads,
        headDim,
        valueDim,
        window,
        causal,
        activation,
        cache,
        Optional.empty(),
        Asked.NOTHING);
  }

  /** Whether a query at a position sees a key of its sequence. */
  public boolean sees(final int position, final int key) {
    if (!causal) {
      return true;
    }
    final boolean within = window <= 0 || key > position - window;
    return key <= position && within && (blocks.isEmpty() || blocks.get().sees(position, key));
  }

  /** Keys of a sequence that any query sees. */
  public long keysRead(final Sequence sequence) {
    final int last = sequence.context() - 1;
    return blocks
        .map(all -> all.seenByAny(sequence.context() - sequence.queries(), last))
        .orElse((long) sequence.context() - sequence.firstKey(causal ? window : 0));
  }

  private long pairs(final Sequence sequence) {
    if (blocks.isEmpty()) {
      return sequence.pairs(causal, window);
    }
    long sum = 0;
    for (int i = sequence.context() - sequence.queries(); i < sequence.context(); i++) {
      sum += blocks.get().seen(i);
    }
    return sum;
  }

  /** Query heads that share one key and value head. */
  public int groupSize() {
    return heads / kvHeads;
  }

  /**
   * Whether values are the leading elements of keys (absorbed MLA: one cached latent is both), so
   * that external memory is read once for the two.
   */
  public boolean valuesInKeys() {
    return kvHeads == 1 && valueDim < headDim;
  }

  /**
   * Whether it is decoding: one query for each sequence, and not named as prompts of one token are.
   */
  public boolean decodes() {
    return !PREFILL.equals(name) && sequences.stream().allMatch(s -> s.queries() == 1);
  }

  /** Query rows of all sequences. */
  public int queryRows() {
    return sequences.stream().mapToInt(Sequence::queries).sum();
  }

  /** Query rows of the sequence that has most. */
  public int longestChunk() {
    return sequences.stream().mapToInt(Sequence::queries).max().orElseThrow();
  }

  /** Query-key pairs that are seen, one head. */
  public long pairs() {
    long sum = 0;
    for (final Sequence sequence : sequences) {
      sum += pairs(sequence);
    }
    return sum;
  }

  @Override
  public long multiplyAccumulates() {
    return pairs() * heads * (headDim + valueDim);
  }

  @Override
  public long compulsoryReadBytes() {
    long keys = 0;
    for (final Sequence sequence : sequences) {
      keys += keysRead(sequence);
    }
    return activation.bytes((long) queryRows() * heads * headDim)
        + cache.bytes(keys * kvHeads * headDim)
        + (valuesInKeys() ? 0 : cache.bytes(keys * kvHeads * valueDim));
  }

  @Override
  public long compulsoryWriteBytes() {
    return activation.bytes((long) queryRows() * heads * valueDim);
  }

  /** The same with queries and results in another format. */
  public Attention withActivation(final Format format) {
    return new Attention(
        name, sequences, heads, kvHeads, headDim, valueDim, window, causal, format, cache, blocks,
        asked);
  }

  @Override
  public Object workKey() {
    return new Attention(
        decodes() ? "" : PREFILL,
        sequences,
        heads,
        kvHeads,
        headDim,
        valueDim,
        window,
        causal,
        activation,
        cache,
        blocks,
        asked);
  }
}
