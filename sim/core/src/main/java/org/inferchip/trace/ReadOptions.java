package org.inferchip.trace;

import java.util.Optional;

/**
 * How to read a trace.
 *
 * @param format absent: told from the first line
 * @param resets what a backward jump of most of the span means
 * @param arrivals arrivals for files that have lengths only; where a file has arrivals, those stay
 * @param seed seed of these arrivals
 */
public record ReadOptions(
    Optional<TraceFormat> format,
    ClockResets resets,
    Optional<ArrivalProcess> arrivals,
    long seed) {

  /** Told from the first line, resets appended, no arrivals, seed 1. */
  public static ReadOptions defaults() {
    return new ReadOptions(Optional.empty(), ClockResets.APPEND, Optional.empty(), 1);
  }
}
