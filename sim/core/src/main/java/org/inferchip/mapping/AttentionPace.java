package org.inferchip.mapping;

import org.inferchip.arch.AttentionOrder;

/**
 * How far a kernel's code reaches the rates of the silicon; see {@link
 * org.inferchip.arch.AttentionKernel}. Whole numbers, so that a printed mapping is the mapping.
 *
 * @param setupNanos time at the start of an item before its keys are fetched
 * @param fillNanos time that the first keys and values of an item take at least, together
 * @param appendNanos time of each new key (and its value) that an item copies into the cache first
 * @param inFlight bytes that an item keeps on their way; 0: as many as there are slots for
 * @param port share of the core's port that one of the items on it gets, in percent
 * @param matrix share of the matrix unit's sustained rate, in percent
 * @param special share of the rate of exponentials, in percent
 * @param held share of the time of the exponentials for which they hold up the matrix unit, in
 *     percent
 * @param whole 1 if tiles at an edge take as long as whole ones, otherwise 0
 * @param order in which the tiles of a head start
 * @param place 1 if probabilities stand in the room of their scores, 0 if in a buffer of their own
 * @param results 1 if results leave from the registers, 0 if through a buffer of their own
 */
public record AttentionPace(
    int setupNanos,
    int fillNanos,
    int appendNanos,
    int inFlight,
    int port,
    int matrix,
    int special,
    int held,
    int whole,
    AttentionOrder order,
    int place,
    int results) {
  /** Everything at full rate. */
  public static final AttentionPace FULL =
      new AttentionPace(0, 0, 0, 0, 100, 100, 100, 0, 0, AttentionOrder.LAST_FIRST, 0, 0);

  /** Checks shares. */
  public AttentionPace {
    if (Math.min(Math.min(setupNanos, appendNanos), Math.min(fillNanos, inFlight)) < 0
        || Math.min(port, Math.min(matrix, special)) < 1
        || Math.max(port, Math.max(matrix, special)) > 100
        || held < 0
        || held > 100
        || whole != 0 && whole != 1
        || place != 0 && place != 1
        || results != 0 && results != 1) {
      throw new IllegalArgumentException("pace out of range: shares are 1 to 100 percent");
    }
  }

  static AttentionPace take(final MappingText words) {
    try {
      return new AttentionPace(
          words.take("setup", 0),
          words.take("fill", 0),
          words.take("append", 0),
          words.take("flight", 0),
          words.take("port", 100),
          words.take("matrix", 100),
          words.take("special", 100),
          words.take("held", 0),
          words.take("whole", 0),
          order(words.take("order", 0)),
          words.take("place", 0),
          words.take("results", 0));
    } catch (final IllegalArgumentException e) {
      throw words.problem(e.getMessage());
    }
  }

  private static AttentionOrder order(final int number) {
    if (number < 0 || number >= AttentionOrder.values().length) {
      throw new IllegalArgumentException("there is no order " + number);
    }
    return AttentionOrder.values()[number];
  }

  void append(final StringBuilder out) {
    append(out, " setup ", setupNanos, FULL.setupNanos);
    append(out, " fill ", fillNanos, FULL.fillNanos);
    append(out, " append ", appendNanos, FULL.appendNanos);
    append(out, " flight ", inFlight, FULL.inFlight);
    append(out, " port ", port, FULL.port);
    append(out, " matrix ", matrix, FULL.matrix);
    append(out, " special ", special, FULL.special);
    append(out, " held ", held, FULL.held);
    append(out, " whole ", whole, FULL.whole);
    append(out, " order ", order.ordinal(), FULL.order.ordinal());
    append(out, " place ", place, FULL.place);
    append(out, " results ", results, FULL.results);
  }

  private static void append(
      final StringBuilder out, final String key, final int value, final int otherwise) {
    if (value != otherwise) {
      out.append(key).append(value);
    }
  }
}
