package org.inferchip.arch;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.inferchip.arch.SystemDescription.Enclosure;

/**
 * A chip whose mesh is cut into equal rectangles that work as chips of their own, each with its
 * share of elements, memory, watts and dollars. Regions of a chip reach each other over the edge
 * they share: its wires at the mesh's rate, and as many hops as a region is long. Regions of
 * different chips reach each other over the chips' links, which the regions of a chip share.
 *
 * <p>Rectangles are as near to squares as can be: there may be a few more of them than asked for.
 * Elements of a row or column that is left over are not used.
 */
public final class Regions {
  private final int parts;
  private final int down;
  private final int across;

  private Regions(final int down, final int across) {
    this.down = down;
    this.across = across;
    parts = down * across;
  }

  private static Regions least(final Chip chip, final int wanted) {
    if (!(chip.cores().get(0).matrix() instanceof final MatrixUnit.Mesh mesh)) {
      throw new IllegalArgumentException("only a chip that is a mesh has regions: " + chip.name());
    }
    final double square = Math.sqrt((double) wanted * mesh.rows() / mesh.columns());
    final int low = (int) Math.max(1, Math.floor(square));
    final Regions flat = new Regions(low, (wanted + low - 1) / low);
    final Regions tall = new Regions(low + 1, (wanted + low) / (low + 1));
    return tall.parts < flat.parts ? tall : flat;
  }

  /** How many regions a chip is cut into where so many are wanted. */
  public static int count(final Chip chip, final int wanted) {
    return wanted == 1 ? 1 : least(chip, wanted).parts;
  }

  /** A box of the regions of its chips. */
  public static SystemDescription of(final SystemDescription system, final int wanted) {
    if (wanted == 1) {
      return system;
    }
    final Regions cut = least(system.chip(), wanted);
    final int parts = cut.parts;
    final Enclosure box = system.enclosure();
    return new SystemDescription(
        system.name(),
        system.description(),
        cut.chip(system.chip()),
        system.count() * parts,
        system.stack(),
        new Enclosure(
            box.idlePower(),
            box.loadedPower(),
            box.powerEfficiency(),
            box.boardPower() / parts,
            box.price(),
            box.pue(),
            box.depreciation(),
            box.electricity(),
            box.maintenance(),
            box.utilisation(),
            box.site(),
            box.memory()),
        system.placement(),
        system.sources());
  }

  private Chip chip(final Chip chip) {
    return new Chip(
        chip.name(),
        chip.description(),
        chip.clock(),
        chip.process(),
        chip.dies().stream().map(die -> die.withArea(die.area() / parts)).toList(),
        chip.cores().stream().map(this::cores).toList(),
        chip.shared().map(this::shared),
        chip.memory(),
        chip.scaleUp().map(link -> links(chip, link)),
        chip.host(),
        new Power(
            chip.power().tdp() / parts,
            chip.power().idle() / parts,
            chip.power().busyFloor() / parts,
            chip.power().limit().map(watts -> watts / parts),
            chip.power().from(),
            Optional.empty(),
            Optional.empty()),
        chip.energy(),
        new Cost(
            chip.cost().memoryPrice(),
            chip.cost().packaging().map(this::share),
            chip.cost().carrier(),
            chip.cost().test() / parts,
            chip.cost().price().map(this::share),
            chip.cost().margin(),
            chip.cost().rental().map(this::share),
            chip.cost().development()),
        chip.peak().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue() / parts)),
        chip.defaults(),
        chip.sources());
  }

  private CoreGroup cores(final CoreGroup group) {
    final LocalMemory local = group.local();
    final Port port = group.port();
    return new CoreGroup(
        group.name(),
        group.count(),
        mesh(group.matrix()),
        new VectorUnit(
            Math.max(1, group.vector().lanes() / parts),
            Math.max(1, group.vector().specialLanes() / parts),
            group.vector().latencyCycles()),
        new LocalMemory(
            local.capacity() / parts,
            local.accumulatorCapacity() / parts,
            local.bandwidth() / parts,
            local.latencyCycles(),
            local.banks()),
        new Port(port.read() / parts, port.write() / parts, port.latency()));
  }

  private MatrixUnit mesh(final MatrixUnit unit) {
    final MatrixUnit.Mesh mesh = (MatrixUnit.Mesh) unit;
    return new MatrixUnit.Mesh(
        mesh.arrays(),
        Math.max(1, mesh.rows() / down),
        Math.max(mesh.arrays(), mesh.columns() / across),
        mesh.elementMacs(),
        mesh.accumulator(),
        mesh.hopCycles(),
        mesh.link(),
        mesh.wakeCycles(),
        mesh.stageCycles(),
        mesh.reduction());
  }

  private SharedMemory shared(final SharedMemory memory) {
    return new SharedMemory(
        memory.capacity() / parts,
        memory.managed(),
        memory.bandwidth() / parts,
        memory.latency(),
        memory.usable(),
        memory.partitions(),
        memory.refetched(),
        memory.banks());
  }

  private ScaleUp links(final Chip chip, final ScaleUp link) {
    final MatrixUnit.Mesh mesh = (MatrixUnit.Mesh) mesh(chip.cores().get(0).matrix());
    final int edge = Math.min(mesh.rows(), mesh.columns());
    final int way = Math.max(mesh.rows(), mesh.columns());
    return new ScaleUp(
        link.kind(),
        ScaleUp.Topology.SWITCH,
        link.links(),
        edge * mesh.link() * chip.clock(),
        link.efficiency(),
        way * mesh.hopCycles() / chip.clock(),
        link.reach() * parts,
        Optional.empty(),
        Optional.of(new ScaleUp.Islands(parts, link.bandwidth(), link.latency())),
        Optional.empty(),
        Optional.empty());
  }

  private double share(final double whole) {
    return whole / parts;
  }
}
