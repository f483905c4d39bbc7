package org.inferchip.arch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;
import org.inferchip.units.Measure;
import org.inferchip.units.Range;

/**
 * One package: what its silicon does, what it draws and what it costs. Software stands in a {@link
 * Stack}, the box around it in a {@link SystemDescription}.
 *
 * @param name the name used on the command line, such as {@code h100-sxm}
 * @param description one line for a reader
 * @param clock nominal (boost) clock in Hz; core groups may have their own
 * @param process the manufacturing process
 * @param dies the dies in the package
 * @param cores groups of equal cores
 * @param shared on-chip memory that all cores reach: a hardware-managed cache or a software-managed
 *     SRAM; absent if cores have only their own
 * @param memory off-chip memory; absent for SRAM-only chips
 * @param scaleUp links to other chips of the same system; absent if there are none
 * @param host the link to the host; absent if there is no host in the loop
 * @param power power limits and floors
 * @param energy energy for each operation and for each bit moved
 * @param cost what it costs to make, buy or rent
 * @param peak the stated dense peak by format, operations a second (a multiply-accumulate is two);
 *     for the plausibility lint and the roofline
 * @param defaults stack and host of a system of one, for when only the chip is named
 * @param sources citation to the key paths that it covers; {@code estimate} is a source
 * @param dieLinks links between the package's dies; absent: all cores are as near to all memory
 * @param network the network between cores and memory on one die; absent: as {@code dieLinks}
 */
public record Chip(
    String name,
    String description,
    @Measure(Dimension.HERTZ) @Range(min = 0, exclusive = true) double clock,
    Process process,
    List<Die> dies,
    List<CoreGroup> cores,
    Optional<SharedMemory> shared,
    Optional<ExternalMemory> memory,
    Optional<ScaleUp> scaleUp,
    Optional<HostLink> host,
    Power power,
    EnergyTable energy,
    Cost cost,
    @Measure(Dimension.OPERATIONS_PER_SECOND) @Range(min = 0, exclusive = true)
        Map<Format, Double> peak,
    Defaults defaults,
    Map<String, Source> sources,
    Optional<DieLinks> dieLinks,
    Optional<OnChipNetwork> network) {
  /**
   * Checks that there is something to run on, and that links join dies and cores that there are.
   */
  public Chip {
    if (cores.isEmpty() || dies.isEmpty()) {
      throw new IllegalArgumentException("a chip has at least one group of cores and one die");
    }
    power.modes().orElse(Map.of()).forEach((key, mode) -> check(key, mode, cores, memory));
    for (final DieLinks links : dieLinks.stream().toList()) {
      for (final String die : List.of(links.cores(), links.memory())) {
        if (dies.stream().noneMatch(one -> one.name().equals(die))) {
          throw new IllegalArgumentException("die_links name a die that there is not: " + die);
        }
      }
    }
    if (network.isPresent()
        && (memory.isEmpty()
            || dieLinks.isPresent()
            || cores.size() > 1
            || cores.get(0).count() > network.get().places())) {
      throw new IllegalArgumentException(
          "network needs external memory, cores of one kind on one die and a place for each");
    }
  }

  private static void check(
      final String name,
      final PowerMode mode,
      final List<CoreGroup> cores,
      final Optional<ExternalMemory> memory) {
    if (mode.cores().map(List::size).orElse(cores.size()) != cores.size()) {
      throw new IllegalArgumentException(
          "mode " + name + " counts cores of other than the " + cores.size() + " groups");
    }
    if (mode.memoryBandwidth().isPresent() && memory.isEmpty()) {
      throw new IllegalArgumentException("mode " + name + " is of a memory that there is not");
    }
  }

  /** A chip whose cores are as near to all memory. */
  public Chip(
      final String name,
      final String description,
      final double clock,
      final Process process,
      final List<Die> dies,
      final List<CoreGroup> cores,
      final Optional<SharedMemory> shared,
      final Optional<ExternalMemory> memory,
      final Optional<ScaleUp> scaleUp,
      final Optional<HostLink> host,
      final Power power,
      final EnergyTable energy,
      final Cost cost,
      final Map<Format, Double> peak,
      final Defaults defaults,
      final Map<String, Source> sources) {
    this(
        name,
        description,
        clock,
        process,
        dies,
        cores,
        shared,
        memory,
        scaleUp,
        host,
        power,
        energy,
        cost,
        peak,
        defaults,
        sources,
        Optional.empty(),
        Optional.empty());
  }

  /** Cores of all kinds. */
  public int coreCount() {
    return cores.stream().mapToInt(CoreGroup::count).sum();
  }

  /** Chips that its links join in one domain; 1 where it has none. */
  public int reach() {
    return scaleUp.map(ScaleUp::reach).orElse(1);
  }

  /** The same chip with other links. */
  public Chip with(final ScaleUp links) {
    return with(dies, Optional.of(links), power, cost, network);
  }

  /** The same chip with other dies and power, and what it costs with them. */
  public Chip with(final List<Die> otherDies, final Power otherPower, final Cost otherCost) {
    return with(otherDies, scaleUp, otherPower, otherCost, network);
  }

  /** The same chip with another network between cores and memory. */
  public Chip with(final OnChipNetwork other) {
    return with(dies, scaleUp, power, cost, Optional.of(other));
  }

  private Chip with(
      final List<Die> otherDies,
      final Optional<ScaleUp> otherLinks,
      final Power otherPower,
      final Cost otherCost,
      final Optional<OnChipNetwork> otherNetwork) {
    return new Chip(
        name,
        description,
        clock,
        process,
        otherDies,
        cores,
        shared,
        memory,
        otherLinks,
        host,
        otherPower,
        energy,
        otherCost,
        peak,
        defaults,
        sources,
        dieLinks,
        otherNetwork);
  }
}
