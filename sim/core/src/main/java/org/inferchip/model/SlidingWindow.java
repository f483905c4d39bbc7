package org.inferchip.model;

import java.util.List;
import java.util.Optional;
import org.inferchip.units.Range;

/**
 * Attention that sees only the last tokens, in some layers.
 *
 * @param window tokens that a local layer sees, the current one included
 * @param pattern what layer 0, 1, ... sees, repeated over the layers: {@code [local, full]} for
 *     gpt-oss, five locals and a full for Gemma 3, {@code [local]} for Mistral v0.1
 * @param blocks what a local layer sees by blocks, its local ones as many keys as the window has;
 *     absent: the last tokens
 */
public record SlidingWindow(
    @Range(min = 1, max = 1 << 24) int window, List<Span> pattern, Optional<KeyBlocks> blocks) {

  /** Of the last tokens. */
  public SlidingWindow(final int window, final List<Span> pattern) {
    this(window, pattern, Optional.empty());
  }

  /** Takes a copy of the pattern. */
  public SlidingWindow {
    pattern = List.copyOf(pattern);
  }

  /** What attention of this layer sees. */
  public Span span(final int layer) {
    return pattern.get(layer % pattern.size());
  }
}
