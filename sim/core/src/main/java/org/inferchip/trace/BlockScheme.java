package org.inferchip.trace;

/**
 * How a trace's block identifiers are to be read.
 *
 * @param blockTokens tokens in a block
 * @param scope between which requests equal identifiers mean equal blocks
 * @param partial what stands for the last, incomplete block of a prompt
 */
public record BlockScheme(int blockTokens, Scope scope, Partial partial) {
  /** Mooncake's: 512 tokens, one namespace, the partial last block has an identifier too. */
  public static final BlockScheme MOONCAKE = new BlockScheme(512, Scope.GLOBAL, Partial.CEIL);

  /** Between which requests equal identifiers mean equal blocks. */
  public enum Scope {
    /** Between all. */
    GLOBAL,
    /** Between requests of one session only. */
    SESSION
  }

  /** What stands for the last, incomplete block. */
  public enum Partial {
    /** An identifier: ceil(tokens / block) identifiers. */
    CEIL,
    /** Nothing: floor(tokens / block) identifiers. */
    FLOOR,
    /** Prompts are whole blocks. */
    NONE
  }

  /** Identifiers that a prompt of so many tokens has. */
  public int idsOf(final int tokens) {
    return partial == Partial.CEIL ? -Math.floorDiv(-tokens, blockTokens) : tokens / blockTokens;
  }
}
