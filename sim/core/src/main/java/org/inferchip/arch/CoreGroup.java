package org.inferchip.arch;

import java.util.Optional;

/**
 * Equal cores: streaming multiprocessors, tensor cores of a TPU, tiles of a mesh.
 *
 * @param name such as {@code sm}
 * @param count how many on the chip
 * @param matrix the matrix unit of one core
 * @param vector the vector unit of one core; absent if the matrix unit's core has none
 * @param local local memory of one core
 * @param port the core's way to the level above (shared memory, or external memory without one)
 */
public record CoreGroup(
    String name,
    int count,
    MatrixUnit matrix,
    VectorUnit vector,
    LocalMemory local,
    Port port) {}
