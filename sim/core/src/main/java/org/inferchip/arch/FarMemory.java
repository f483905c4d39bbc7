package org.inferchip.arch;

import java.util.Optional;

/**
 * The memory behind a chip's own, as one chip sees it: its own {@link CapacityTier}, or an even
 * share of the host's memory, over the chip's host link. A chip that has neither external memory
 * nor a host link, such as a wafer, reaches the memory beside it over its scale-up links.
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
    if (system.enclosure().memory().isEmpty()) {
      return Optional.empty();
    }
    final HostMemory memory = system.enclosure().memory().get();
    return chip.host().isEmpty() && chip.memory().isEmpty()
        ? chip.scaleUp().map(link -> beside(memory, link, system))
        : chip.host().map(link -> hosts(memory, link, system));
  }

  private static FarMemory beside(
      final HostMemory memory, final ScaleUp link, final SystemDescription system) {
    final double share = memory.bandwidth() / system.count();
    return new FarMemory(
        memory.kind() + " over " + link.kind(),
        memory.capacity() / system.count(),
        Math.min(link.bandwidth() * link.efficiency(), share),
        Math.min(link.bandwidth(), share),
        false,
        link.latency(),
        system.chip().energy().link());
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
