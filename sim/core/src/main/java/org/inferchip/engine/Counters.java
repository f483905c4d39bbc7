package org.inferchip.engine;

import java.util.EnumMap;
import java.util.Map;
import org.inferchip.numerics.Format;

/**
 * What a program did, in whole numbers: operations by format and bytes by level. Energy is a
 * function of these and of time. All devices of the program together.
 *
 * @param macs multiply-accumulates by input format, padding of the unit not counted
 * @param fixedMacs those of them that attention units did
 * @param vectorOperations operations of vector units
 * @param specialOperations exponentials, roots, reciprocals
 * @param memoryReadBytes external memory to the chip
 * @param memoryWriteBytes chip to external memory
 * @param sharedReadBytes shared memory (cache or SRAM) to cores
 * @param sharedWriteBytes cores or external memory to shared memory
 * @param portReadBytes into cores through their ports
 * @param portWriteBytes out of cores through their ports
 * @param localBytes between local memory and units
 * @param linkBytes sent over scale-up links
 * @param tasks tasks executed
 * @param analog what analog arrays did
 * @param dieBytes over links between dies, each byte as often as it passes one
 */
public record Counters(
    Map<Format, Long> macs,
    Map<Format, Long> fixedMacs,
    long vectorOperations,
    long specialOperations,
    long memoryReadBytes,
    long memoryWriteBytes,
    long sharedReadBytes,
    long sharedWriteBytes,
    long portReadBytes,
    long portWriteBytes,
    long localBytes,
    long linkBytes,
    long tasks,
    AnalogWork analog,
    long dieBytes) {

  /** Nothing done. */
  public static final Counters ZERO = new Counters(Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Without analog arrays and attention units. */
  public Counters(
      final Map<Format, Long> macs,
      final long vectorOperations,
      final long specialOperations,
      final long memoryReadBytes,
      final long memoryWriteBytes,
      final long sharedReadBytes,
      final long sharedWriteBytes,
      final long portReadBytes,
      final long portWriteBytes,
      final long localBytes,
      final long linkBytes,
      final long tasks) {
    this(
        macs,
        Map.of(),
        vectorOperations,
        specialOperations,
        memoryReadBytes,
        memoryWriteBytes,
        sharedReadBytes,
        sharedWriteBytes,
        portReadBytes,
        portWriteBytes,
        localBytes,
        linkBytes,
        tasks,
        AnalogWork.NONE,
        0);
  }

  /** Copies the map. */
  public Counters {
    macs = Map.copyOf(macs);
    fixedMacs = Map.copyOf(fixedMacs);
  }

  /** Multiply-accumulates of all formats. */
  public long totalMacs() {
    return macs.values().stream().mapToLong(Long::longValue).sum();
  }

  /** External memory bytes, both ways. */
  public long memoryBytes() {
    return memoryReadBytes + memoryWriteBytes;
  }

  /** This and another. */
  public Counters plus(final Counters o) {
    return new Counters(
        sum(macs, o.macs),
        sum(fixedMacs, o.fixedMacs),
        vectorOperations + o.vectorOperations,
        specialOperations + o.specialOperations,
        memoryReadBytes + o.memoryReadBytes,
        memoryWriteBytes + o.memoryWriteBytes,
        sharedReadBytes + o.sharedReadBytes,
        sharedWriteBytes + o.sharedWriteBytes,
        portReadBytes + o.portReadBytes,
        portWriteBytes + o.portWriteBytes,
        localBytes + o.localBytes,
        linkBytes + o.linkBytes,
        tasks + o.tasks,
        analog.plus(o.analog),
        dieBytes + o.dieBytes);
  }

  /** This, so many times over. */
  public Counters times(final long factor) {
    return new Counters(
        scaled(macs, factor),
        scaled(fixedMacs, factor),
        vectorOperations * factor,
        specialOperations * factor,
        memoryReadBytes * factor,
        memoryWriteBytes * factor,
        sharedReadBytes * factor,
        sharedWriteBytes * factor,
        portReadBytes * factor,
        portWriteBytes * factor,
        localBytes * factor,
        linkBytes * factor,
        tasks * factor,
        analog.times(factor),
        dieBytes * factor);
  }

  private static Map<Format, Long> sum(
      final Map<Format, Long> first, final Map<Format, Long> second) {
    final Map<Format, Long> sum = new EnumMap<>(Format.class);
    sum.putAll(first);
    second.forEach((format, count) -> sum.merge(format, count, Math::addExact));
    return sum;
  }

  private static Map<Format, Long> scaled(final Map<Format, Long> counts, final long factor) {
    final Map<Format, Long> scaled = new EnumMap<>(Format.class);
    counts.forEach((format, count) -> scaled.put(format, Math.multiplyExact(count, factor)));
    return scaled;
  }
}
