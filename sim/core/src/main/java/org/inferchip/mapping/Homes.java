package org.inferchip.mapping;

import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.SharedMemory;
import org.inferchip.program.TensorRef.Home;

/**
 * Where the tensors of an operator live.
 *
 * <ul>
 *   <li>Without external memory everything is on the chip, in its software-managed memory; whether
 *       a model fits is checked where chips are counted, not here.
 *   <li>With external memory, weights and cached keys and values are there: other layers evict them
 *       between uses.
 *   <li>Weights of analog arrays stand in their cells.
 *   <li>Behind a hardware cache, what an operator reads was written just before it, and is cached
 *       as long as all of it fits; its results go through to memory, since later weights evict
 *       them.
 *   <li>Of partial results that overflow a hardware cache, as much stays in it as it has room for:
 *       they are written once and read once, and a cache that replaces any line keeps that share.
 *   <li>Beside a software-managed memory, activations stay on the chip as long as all of them fit.
 * </ul>
 */
final class Homes {
  private final boolean external;
  private final Optional<SharedMemory> shared;

  private final boolean cells;

  private Homes(final boolean external, final Optional<SharedMemory> shared, final boolean cells) {
    this.external = external;
    this.shared = shared;
    this.cells = cells;
  }

  static Homes of(final Chip chip) {
    return new Homes(chip.memory().isPresent(), chip.shared(), false);
  }

  /** The same for a product whose weights stand in the cells of arrays. */
  Homes inCells() {
    return new Homes(external, shared, true);
  }

  /** Of the weights of a matrix product. */
  Home weights() {
    return cells ? Home.CELLS : stored();
  }

  /** Useful bytes of the level between cores and external memory; unlimited where there is none. */
  long cacheBytes() {
    return shared
        .filter(s -> external)
        .map(s -> (long) (s.capacity() * s.usable()))
        .orElse(Long.MAX_VALUE);
  }

  /** Of weights, keys and values. */
  Home stored() {
    return external ? Home.MEMORY : Home.ON_CHIP;
  }

  /**
   * Of activations that the operator reads, and of its workspaces.
   *
   * @param bytes of the tensor on one device
   * @param taken bytes of the operator that stand on the chip already
   */
  Home read(final long bytes, final long taken) {
    if (!external) {
      return Home.ON_CHIP;
    }
    if (shared.isEmpty() || taken + bytes > shared.get().capacity() * shared.get().usable()) {
      return Home.MEMORY;
    }
    return shared.get().managed() == SharedMemory.Managed.SOFTWARE ? Home.ON_CHIP : Home.CACHED;
  }

  /** Share of a workspace in memory that a hardware cache keeps; see {@link #read}. */
  double kept(final long bytes, final long taken) {
    return shared
        .filter(s -> external && s.managed() == SharedMemory.Managed.HARDWARE)
        .map(s -> Math.min(1, Math.max(0, s.capacity() * s.usable() - taken) / bytes))
        .orElse(0.0);
  }

  /** Of results; see {@link #read}. */
  Home written(final long bytes, final long taken) {
    final Home home = read(bytes, taken);
    return home == Home.CACHED ? Home.MEMORY : home;
  }
}
