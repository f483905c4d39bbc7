package org.inferchip.operator;

import java.util.Objects;
import java.util.Optional;
import org.inferchip.numerics.Format;

/**
 * Communication among devices of one group, all of which take part.
 *
 * @param name the operator's name
 * @param kind what is exchanged
 * @param elements elements of the full message (of one device's input for {@code ALL_REDUCE}, of
 *     the gathered result for {@code ALL_GATHER}, of one device's input for the others)
 * @param format element format
 * @param devices devices taking part, at least 1
 * @param traffic what of an {@code ALL_TO_ALL} goes where; empty: equal parts. The elements are
 *     then those of the device that has most
 */
public record Collective(
    String name, Kind kind, long elements, Format format, int devices, Optional<Traffic> traffic)
    implements Operator {

  /** What is exchanged. */
  public enum Kind {
    /** Every device gets the sum of all inputs. */
    ALL_REDUCE,
    /** Every device gets all parts. */
    ALL_GATHER,
    /** Every device gets its part of the sum. */
    REDUCE_SCATTER,
    /** Every device gets its part of every other's input. */
    ALL_TO_ALL,
    /** One device to the next, as between pipeline stages. */
    SEND
  }

  /** Checks sizes. */
  public Collective {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    if (elements < 1 || devices < 1) {
      throw new IllegalArgumentException(elements + " elements on " + devices + " devices");
    }
    if (traffic.isPresent() && (kind != Kind.ALL_TO_ALL || traffic.get().devices() != devices)) {
      throw new IllegalArgumentException(kind + " of " + traffic.get() + " on " + devices);
    }
  }

  /** Of equal parts. */
  public Collective(
      final String name,
      final Kind kind,
      final long elements,
      final Format format,
      final int devices) {
    this(name, kind, elements, format, devices, Optional.empty());
  }

  /** An all-to-all of unequal parts. */
  public static Collective routed(final String name, final Traffic traffic, final Format format) {
    int most = 0;
    for (int device = 0; device < traffic.devices(); device++) {
      most = Math.max(most, traffic.held(device));
    }
    return new Collective(
        name,
        Kind.ALL_TO_ALL,
        (long) most * traffic.width(),
        format,
        traffic.devices(),
        Optional.of(traffic));
  }

  /** Bytes of the full message. */
  public long messageBytes() {
    return format.bytes(elements);
  }

  /**
   * Fewest bytes that the busiest device must send: for an all-reduce 2 (n-1)/n of the message
   * without in-network reduction (Patarasuk and Yuan 2009), half of it otherwise.
   */
  public long compulsoryLinkBytes() {
    if (traffic.isPresent()) {
      return format.bytes((long) traffic.get().mostSent() * traffic.get().width());
    }
    final long bytes = messageBytes();
    return switch (kind) {
      case ALL_REDUCE -> 2 * bytes * (devices - 1) / devices;
      case ALL_GATHER, REDUCE_SCATTER, ALL_TO_ALL -> bytes * (devices - 1) / devices;
      case SEND -> bytes;
    };
  }

  /** Fewest bytes that the links of the busiest device carry one way, out of it or into it. */
  public long busiestLinkBytes() {
    final long received =
        traffic.map(all -> format.bytes((long) all.mostReceived() * all.width())).orElse(0L);
    return Math.max(compulsoryLinkBytes(), received);
  }

  /** As {@link #compulsoryLinkBytes} where switches add and copy what they forward. */
  public long reducedLinkBytes() {
    return kind == Kind.ALL_REDUCE ? compulsoryLinkBytes() / 2 : busiestLinkBytes();
  }

  @Override
  public long multiplyAccumulates() {
    return 0;
  }

  @Override
  public long compulsoryReadBytes() {
    return 0;
  }

  @Override
  public long compulsoryWriteBytes() {
    return 0;
  }

  @Override
  public Object workKey() {
    return new Collective("", kind, elements, format, devices, traffic);
  }
}
