package org.inferchip.lowering;

import java.util.Collections;
import java.util.List;
import org.inferchip.operator.Attention;

/**
 * The tokens of one step: chunks of prompts and single new tokens of running sequences. In tensors,
 * rows of the chunks come first.
 *
 * @param prefill chunks: new tokens, and context with them
 * @param decode running sequences, one new token each
 * @param samples rows from which a token is sampled
 */
public record StepShape(
    List<Attention.Sequence> prefill, List<Attention.Sequence> decode, int samples) {

  /** Checks sizes. */
  public StepShape {
    prefill = List.copyOf(prefill);
    decode = List.copyOf(decode);
    if (prefill.isEmpty() && decode.isEmpty()) {
      throw new IllegalArgumentException("a step has at least one token");
    }
    if (samples < 0 || samples > prefill.size() + decode.size()) {
      throw new IllegalArgumentException(samples + " samples");
    }
  }

  /** Equal running sequences, each sampled. */
  public static StepShape decode(final int batch, final int context) {
    return new StepShape(
        List.of(), Collections.nCopies(batch, new Attention.Sequence(1, context)), batch);
  }

  /** One chunk that ends its prompt. */
  public static StepShape prefill(final int tokens, final int context) {
    return new StepShape(List.of(new Attention.Sequence(tokens, context)), List.of(), 1);
  }

  /** Whether any sequence computes its prompt. */
  public boolean hasPrompts() {
    return !prefill.isEmpty();
  }

  /** New tokens. */
  public int tokens() {
    return prefill.stream().mapToInt(Attention.Sequence::queries).sum() + decode.size();
  }
}
