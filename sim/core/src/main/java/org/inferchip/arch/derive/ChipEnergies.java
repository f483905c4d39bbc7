package org.inferchip.arch.derive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.LocalMemory;
import org.inferchip.arch.SharedMemory;
import org.inferchip.arch.area.Dies;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;

/**
 * The energy table of a chip by its node, the sizes of its memories and the distances on its dies:
 *
 * <pre>
 *   operation, vector_operation, special_operation    {@link OperationEnergy}
 *   local     bank of the cores' memory               none under a cache: such cores' operations
 *                                                     hold the way from it, as fits of GPUs do
 *   shared    bank of the shared level
 *   port      2/3 of a die's side of wire, 2 routers  mean way between two places of a square
 *   memory    by kind
 *   link      7.5 pJ/bit, host 6                      serial links 5 to 8 (estimates)
 * </pre>
 *
 * <p>With {@link FloorLaw} good to some 35 to 40 % of a new chip's watts.
 */
public final class ChipEnergies {
  private static final double LINK = 7.5e-12;
  private static final double HOST = 6e-12;
  private static final double MEAN_WAY = 2.0 / 3;
  private static final int ROUTERS = 2;

  private final Chip chip;
  private final double node;

  private ChipEnergies(final Chip chip) {
    this.chip = chip;
    this.node = Dies.ofCores(chip).process(chip).node();
  }

  /** All numbers of a chip's energy table that laws give. */
  public static List<Derived> of(final Chip chip) {
    final ChipEnergies energies = new ChipEnergies(chip);
    return List.of(energies.operations(), energies.vectors(), energies.onChip(), energies.off());
  }

  private Derived operations() {
    final Map<String, Quantity> numbers = new LinkedHashMap<>();
    for (final CoreGroup group : chip.cores()) {
      for (final Format format : group.matrix().macsPerCycle().keySet()) {
        if (format != Format.ANALOG) {
          numbers.put(
              "energy.operation." + format.dense().key(),
              operation(OperationEnergy.matrix(format.dense(), node)));
        }
      }
    }
    return new Derived(
        "by-node",
        "Three times the bare arithmetic of the node (Jouppi, ISCA 2021; Horowitz, ISSCC 2014),"
            + " 1, 0.6, 0.3 for 2, 1, half a byte",
        "0.5x..1.7x",
        numbers);
  }

  private Derived vectors() {
    return new Derived(
        "by-node-vector",
        "Three times the bare fp32 arithmetic of the node, special operations five times that",
        "0.4x..2.5x",
        Map.of(
            "energy.vector_operation", operation(OperationEnergy.vector(node)),
            "energy.special_operation", operation(OperationEnergy.special(node))));
  }

  private Derived onChip() {
    final Map<String, Quantity> numbers = new LinkedHashMap<>();
    numbers.put(
        "energy.local", bit(chip.cores().stream().mapToDouble(this::local).max().orElse(0)));
    numbers.put(
        "energy.port",
        bit(
            MemoryEnergy.wire(MEAN_WAY * Math.sqrt(Dies.ofCores(chip).area()), node)
                + MemoryEnergy.routers(ROUTERS)));
    numbers.put("energy.shared", bit(chip.shared().map(this::shared).orElse(0.0)));
    return new Derived(
        "by-size",
        "SRAM by the size of its banks (Jouppi, ISCA 2021), wires by the side of the die",
        "0.5x..2x",
        numbers);
  }

  private Derived off() {
    return new Derived(
        "by-kind",
        "External memory by its kind; serial links 5 to 8 pJ/bit",
        "0.7x..1.5x",
        Map.of(
            "energy.memory",
            bit(chip.memory().map(one -> MemoryEnergy.external(one.kind())).orElse(0.0)),
            "energy.link",
            bit(LINK),
            "energy.host",
            bit(HOST)));
  }

  private double local(final CoreGroup group) {
    final LocalMemory local = group.local();
    final boolean cached =
        chip.shared().map(s -> s.managed() == SharedMemory.Managed.HARDWARE).orElse(false);
    final int banks = local.banks().orElse(MemoryEnergy.banks(local.capacity()));
    return cached ? 0 : MemoryEnergy.sram(local.capacity(), banks, node);
  }

  private double shared(final SharedMemory shared) {
    final int banks = shared.banks().orElse(MemoryEnergy.banks(shared.capacity()));
    return MemoryEnergy.sram(shared.capacity(), banks, node);
  }

  private static Quantity operation(final double joules) {
    return new Quantity(joules, Dimension.JOULES_PER_OPERATION);
  }

  private static Quantity bit(final double joules) {
    return new Quantity(joules, Dimension.JOULES_PER_BIT);
  }
}
