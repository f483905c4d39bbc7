package org.inferchip.arch;

import java.util.Optional;

/**
 * The memory behind a chip's external memory, as one chip sees it: its own {@link CapacityTier}, or
 * an even share of the host's memory, over the chip's host link.
 *
 * @param name in words
 * @param capacity bytes for one chip
 * @param rate sustained bytes a second, each way
 * @param peak stated bytes a second, each way
 * @param oneWay whether both ways share the rate
 * @param latency seconds before the first byte
 * @param joulesPerBit of a copy, without the access of the external memory
 */
public record FarMemory(
    String name,
    double capacity,
    double rate,
    double peak,
    boolean oneWay,
    double latency,
    double joulesPerBit) {

  /** That of a system's chips; empty if there is none, or no way to it. */
  public static Optional<FarMemory> of(final SystemDescription system) {
    final Chip chip = system.chip();
    final Optional<CapacityTier> tier = chip.memory().flatMap(ExternalMemory::tier);
    if (tier.isPresent()) {
      final CapacityTier own = tier.get();
      return Optional.of(
          new FarMemory(
              own.kind() + " of the chip",
              own.capacity(),
              own.bandwidth(),
              own.bandwidth(),
              true,
              own.latency(),
              own.energy()));
    }
    if (chip.host().isEmpty() || chip.memory().isEmpty()) {
      return Optional.empty();
    }
    final HostLink link = chip.host().get();
    return system.enclosure().memory().map(memory -> hosts(memory, link, system));
  }

  private static FarMemory hosts(
      final HostMemory memory, final HostLink link, final SystemDescription system) {
    final double share = memory.bandwidth() / system.count();
    return new FarMemory(
        memory.kind() + " of the host over " + link.kind(),
        memory.capacity() / system.count(),
        Math.min(link.bandwidth() * link.efficiency().orElse(1.0), share),
        Math.min(link.bandwidth(), share),
        false,
        link.latency(),
        system.chip().energy().host());
  }
}
