package org.inferchip.arch;

import java.util.List;
import java.util.Optional;
import org.inferchip.units.Range;

/**
 * Equal cores: streaming multiprocessors, tensor cores of a TPU, tiles of a mesh.
 *
 * @param name such as {@code sm}
 * @param count how many on the chip
 * @param matrix the matrix unit of one core
 * @param vector the vector unit of one core
 * @param local local memory of one core
 * @param port the core's way to the level above (shared memory, or external memory without one)
 * @param attention fixed-function attention beside the matrix unit; absent: none
 * @param groups cores of each group within which a kernel can start cores together (graphics
 *     processing clusters); absent: all are one
 */
public record CoreGroup(
    String name,
    @Range(min = 1) int count,
    MatrixUnit matrix,
    VectorUnit vector,
    LocalMemory local,
    Port port,
    Optional<AttentionUnit> attention,
    @Range(min = 1) Optional<List<Integer>> groups) {

  /** Checks that groups hold every core. */
  public CoreGroup {
    if (groups.isPresent() && groups.get().stream().mapToInt(size -> size).sum() != count) {
      throw new IllegalArgumentException("groups do not hold all " + count + " cores");
    }
  }

  /** Without an attention unit. */
  public CoreGroup(
      final String name,
      final int count,
      final MatrixUnit matrix,
      final VectorUnit vector,
      final LocalMemory local,
      final Port port) {
    this(name, count, matrix, vector, local, port, Optional.empty(), Optional.empty());
  }
}
