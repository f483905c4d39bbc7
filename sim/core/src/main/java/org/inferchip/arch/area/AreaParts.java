package org.inferchip.arch.area;

import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.Die;
import org.inferchip.arch.SharedMemory;

/**
 * mm2 of a chip's described parts, of all dies together; spares, host processors, video, test
 * structures and whatever else is not described are not among them.
 *
 * @param matrix matrix units
 * @param vector vector units, with their control
 * @param attention fixed-function attention units
 * @param memories local memories, registers and accumulators
 * @param communication the cores' way to each other
 * @param shared the shared level
 * @param external controllers and PHYs of external memory
 * @param links controllers and PHYs of links to chips and host
 * @param dieLinks of links between dies
 */
public record AreaParts(
    double matrix,
    double vector,
    double attention,
    double memories,
    double communication,
    double shared,
    double external,
    double links,
    double dieLinks) {

  /** The parts of a chip. */
  public static AreaParts of(final Chip chip) {
    final boolean threads =
        chip.shared().map(s -> s.managed() == SharedMemory.Managed.HARDWARE).orElse(false);
    final double coreNode = Dies.ofCores(chip).process(chip).node();
    final Die uncore = Dies.ofMemory(chip);
    final double node = uncore.process(chip).node();
    double matrix = 0;
    double vector = 0;
    double attention = 0;
    double memories = 0;
    double communication = 0;
    for (final CoreGroup group : chip.cores()) {
      final CoreArea core = new CoreArea(group, coreNode, threads);
      matrix += group.count() * core.matrix();
      vector += group.count() * core.vector();
      attention += group.count() * core.attention();
      memories += group.count() * core.memories();
      communication += group.count() * core.communication();
    }
    return new AreaParts(
        matrix,
        vector,
        attention,
        memories,
        communication,
        chip.shared().map(s -> Memories.sram(s.capacity(), node, threads)).orElse(0.0),
        chip.memory().map(m -> Interfaces.memory(m, node)).orElse(0.0),
        Interfaces.links(chip, Dies.ofLinks(chip).process(chip).node()),
        chip.dieLinks()
            .map(links -> Dies.ofCores(chip).count() * Interfaces.dieLinks(links))
            .orElse(0.0));
  }

  /** Of the cores. */
  public double cores() {
    return matrix + vector + attention + memories + communication;
  }

  /** Of all. */
  public double total() {
    return cores() + shared + external + links + dieLinks;
  }
}
