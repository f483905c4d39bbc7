package org.inferchip.calibrate;

/**
 * How a collector called attention, where that is unusual.
 *
 * @param contextsSummed whether a row of decoding gives the sum of the contexts of a batch
 * @param prefixHoldsChunk whether the prefix of a row of prompts is the whole context, new tokens
 *     included
 * @param valuesAreKeys whether values stand in the memory of the keys, so that one read serves
 *     both; of heads in groups only
 */
record AttentionProtocol(boolean contextsSummed, boolean prefixHoldsChunk, boolean valuesAreKeys) {
  /** Contexts one by one, keys and values apart. */
  static final AttentionProtocol USUAL = new AttentionProtocol(false, false, false);
}
