package org.inferchip.engine;

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
 * @param hopBytes over links of a network on a die, each byte as often as it passes one
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
    long dieBytes,
    long hopBytes) {

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
        0,
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
}
