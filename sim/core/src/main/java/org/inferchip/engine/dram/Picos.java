package org.inferchip.engine.dram;

import org.inferchip.arch.DramTiming;
import org.inferchip.units.Picoseconds;

/** {@link DramTiming} in whole picoseconds; see there for the names. */
record Picos(
    long burst,
    long rcd,
    long rp,
    long ras,
    long rrd,
    long faw,
    long ccdL,
    long rtp,
    long wr,
    long wtr,
    long rtw,
    long cl,
    long refreshEvery,
    long rfc) {
  static Picos of(final DramTiming timing, final double burstSeconds) {
    return new Picos(
        Picoseconds.of(burstSeconds),
        Picoseconds.of(timing.tRcd()),
        Picoseconds.of(timing.tRp()),
        Picoseconds.of(timing.tRas()),
        Picoseconds.of(timing.tRrd()),
        Picoseconds.of(timing.tFaw()),
        Picoseconds.of(timing.tCcdL()),
        Picoseconds.of(timing.tRtp()),
        Picoseconds.of(timing.tWr()),
        Picoseconds.of(timing.tWtr()),
        Picoseconds.of(timing.tRtw()),
        Picoseconds.of(timing.tCl()),
        Picoseconds.of(timing.tRefi()),
        Picoseconds.of(timing.tRfc()));
  }
}
