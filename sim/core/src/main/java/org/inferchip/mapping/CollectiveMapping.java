package org.inferchip.mapping;

import java.util.Locale;

/**
 * How a collective runs.
 *
 * @param algorithm who sends what to whom
 * @param chunks parts into which each lane cuts its share, so that sends and sums overlap
 * @param lanes streams on each device
 */
public record CollectiveMapping(Algorithm algorithm, int chunks, int lanes) implements Mapping {

  private static final String EXAMPLE = "ring chunks 4 lanes 16";

  /** Who sends what to whom. */
  public enum Algorithm {
    /**
     * Every device sends to every other at once, and sums in the order of devices: one hop, but an
     * all-reduce sends devices - 1 times the message.
     */
    ONE_SHOT,
    /**
     * Every device sends one part to each other, sums its own part, and sends the sum to every
     * other: two hops, 2 (n-1)/n of the message.
     */
    TWO_SHOT,
    /**
     * Each device sends to the next only: reduce-scatter, then all-gather; 2 (n-1) hops, 2 (n-1)/n
     * of the message (Patarasuk and Yuan 2009).
     */
    RING;

    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Checks sizes. */
  public CollectiveMapping {
    if (chunks < 1 || lanes < 1) {
      throw new IllegalArgumentException("sizes of a mapping are at least 1");
    }
  }

  /** Reads the printed form. */
  static CollectiveMapping parse(final String text) {
    final MappingText words = new MappingText(text, EXAMPLE);
    for (final Algorithm algorithm : Algorithm.values()) {
      if (algorithm.key().equals(words.head())) {
        final CollectiveMapping mapping =
            new CollectiveMapping(algorithm, words.take("chunks", 1), words.take("lanes", 1));
        words.end();
        return mapping;
      }
    }
    throw words.problem("'" + words.head() + "' is no algorithm: one-shot, two-shot or ring");
  }

  @Override
  public String text() {
    return algorithm.key() + " chunks " + chunks + " lanes " + lanes;
  }

  @Override
  public String toString() {
    return text();
  }
}
