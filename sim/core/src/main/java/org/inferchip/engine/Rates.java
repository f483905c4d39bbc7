package org.inferchip.engine;

import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.SharedMemory;

/**
 * Bandwidths (bytes a second) and latencies (picoseconds) of the levels above one kind of core. A
 * level that the chip lacks has rate and latency 0.
 *
 * @param portRead into the core
 * @param portWrite out of the core
 * @param portLatency one way
 * @param shared the shared memory, all cores together
 * @param sharedLatency to its first byte
 * @param memory the external memory: stated peak times the share that long streams sustain, and
 *     that the program's loads reach of it
 * @param memoryLatency to its first byte
 */
record Rates(
    double portRead,
    double portWrite,
    long portLatency,
    double shared,
    long sharedLatency,
    double memory,
    long memoryLatency) {

  static Rates of(final Chip chip, final CoreGroup core, final double memoryShare) {
    return new Rates(
        core.port().read() * chip.clock(),
        core.port().write() * chip.clock(),
        Clock.ofSeconds(core.port().latency()),
        chip.shared().map(SharedMemory::bandwidth).orElse(0.0),
        chip.shared().map(s -> Clock.ofSeconds(s.latency())).orElse(0L),
        memoryShare * chip.memory().map(Rates::sustained).orElse(0.0),
        chip.memory().map(m -> Clock.ofSeconds(m.latency())).orElse(0L));
  }

  private static double sustained(final ExternalMemory memory) {
    return memory.bandwidth() * memory.efficiency();
  }
}
