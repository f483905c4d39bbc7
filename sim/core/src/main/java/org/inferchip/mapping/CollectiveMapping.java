package org.inferchip.mapping;

import java.util.Locale;
import org.inferchip.arch.CollectiveAlgorithm;

/**
 * How a collective runs.
 *
 * @param algorithm who sends what to whom
 * @param chunks parts into which each lane cuts its share, so that sends and sums overlap
 * @param lanes streams on each device
 * @param wire bytes on the links for 1000 bytes of payload
 * @param startNanos time that the kernel's flags and barriers take beyond launch and links
 * @param pace megabytes a second at which it puts a device's own data on one way; 0: no limit
 * @param box devices of a box, where the algorithm goes in levels; 1: no boxes
 */
public record CollectiveMapping(
    CollectiveAlgorithm algorithm,
    int chunks,
    int lanes,
    int wire,
    int startNanos,
    int pace,
    int box)
    implements Mapping {
  /** {@link #wire} of payload alone. */
  static final int BARE = 1000;

  private static final String EXAMPLE = "ring chunks 4 lanes 16 wire 1000 start 0";
  private static final long PICOS = 1000;

  /** Checks sizes. */
  public CollectiveMapping {
    if (chunks < 1 || lanes < 1 || box < 1) {
      throw new IllegalArgumentException("sizes of a mapping are at least 1");
    }
    if (wire < BARE || startNanos < 0 || pace < 0) {
      throw new IllegalArgumentException("wire is at least 1000; start and pace are at least 0");
    }
  }

  /** Without boxes. */
  public CollectiveMapping(
      final CollectiveAlgorithm algorithm,
      final int chunks,
      final int lanes,
      final int wire,
      final int startNanos,
      final int pace) {
    this(algorithm, chunks, lanes, wire, startNanos, pace, 1);
  }

  /** Payload alone, without start. */
  public CollectiveMapping(final CollectiveAlgorithm algorithm, final int chunks, final int lanes) {
    this(algorithm, chunks, lanes, BARE, 0, 0);
  }

  /** The same costs in levels, inside of boxes and between them. */
  CollectiveMapping inBoxes(final int devices) {
    return new CollectiveMapping(
        CollectiveAlgorithm.TWO_LEVEL, chunks, lanes, wire, startNanos, pace, devices);
  }

  /** The same costs, cut in another way. */
  CollectiveMapping cut(final int otherChunks, final int otherLanes) {
    return new CollectiveMapping(algorithm, otherChunks, otherLanes, wire, startNanos, pace, box);
  }

  /** Reads the printed form. */
  static CollectiveMapping parse(final String text) {
    final MappingText words = new MappingText(text, EXAMPLE);
    for (final CollectiveAlgorithm algorithm : CollectiveAlgorithm.values()) {
      if (key(algorithm).equals(words.head())) {
        final CollectiveMapping mapping =
            new CollectiveMapping(
                algorithm,
                words.take("chunks", 1),
                words.take("lanes", 1),
                words.take("wire", BARE),
                words.take("start", 0),
                words.take("pace", 0),
                words.take("box", 1));
        words.end();
        return mapping;
      }
    }
    throw words.problem(
        "'"
            + words.head()
            + "' is no algorithm: one-shot, two-shot, ring, line, two-way-ring, in-switch"
            + " or two-level");
  }

  private static String key(final CollectiveAlgorithm algorithm) {
    return algorithm.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Bytes on the links for some bytes of payload, times a ratio, rounded up. */
  long wireBytes(final long payload, final int times, final int over) {
    final long divisor = (long) BARE * over;
    return Math.floorDiv(payload * wire * times + divisor - 1, divisor);
  }

  /** Time that the kernel's flags and barriers take. */
  long startPicos() {
    return startNanos * PICOS;
  }

  /** Time that the code of one of several busy lanes takes for own bytes; 0: no limit. */
  long pacePicos(final long bytes, final int busyLanes, final int ways) {
    final long rate = (long) pace * ways;
    return pace == 0 ? 0 : Math.floorDiv(bytes * busyLanes * 1_000_000 + rate - 1, rate);
  }

  @Override
  public Mapping timed() {
    return new CollectiveMapping(algorithm, chunks, lanes, wire, 0, pace, box);
  }

  @Override
  public Mapping tiles() {
    return new CollectiveMapping(algorithm, chunks, lanes, BARE, 0, 0, box);
  }

  @Override
  public String text() {
    return key(algorithm)
        + " chunks "
        + chunks
        + " lanes "
        + lanes
        + (wire == BARE ? "" : " wire " + wire)
        + (startNanos == 0 ? "" : " start " + startNanos)
        + (pace == 0 ? "" : " pace " + pace)
        + (box == 1 ? "" : " box " + box);
  }

  @Override
  public String toString() {
    return text();
  }
}
