package org.inferchip.engine;

import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.arch.SharedMemory;
import org.inferchip.arch.SharedMemory.Managed;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Home;

/**
 * Says which level serves a load and takes a store.
 *
 * <ul>
 *   <li>{@code CELLS}: the array itself; a load takes no time and moves nothing.
 *   <li>{@code ON_CHIP}: the shared memory.
 *   <li>{@code CACHED}: the shared cache, if all cached tensors of the program fit its usable
 *       capacity together; otherwise, and without a hardware-managed cache, as {@code MEMORY}.
 *   <li>{@code MEMORY}: the cache hits if the region's LRU stack distance is not over the usable
 *       capacity less what the cached tensors take (Mattson et al. 1970: in a fully associative LRU
 *       cache that test is exact; sets, hashing and duplication over partitions are in {@code
 *       usable}). A miss charges {@code fetchBytes} to the memory; the first touch of a tensor that
 *       starts warm ({@link TensorRef#warm}) only the cold share of them. Of what other cores fetch
 *       meanwhile, the share that the cache loses ({@link SharedMemory#refetched}) is charged too.
 * </ul>
 *
 * <p>Stores to {@code MEMORY} are written back: they are done when the shared memory has them, and
 * their bytes are charged to the memory at once, which must drain before the program is done.
 * Stores to a {@code CACHED} tensor that fits stay in the cache: its later eviction is not charged
 * to this program.
 *
 * <p>All of it follows from the task alone, never from time, so that bytes by level are the same in
 * folded and full detail.
 */
final class Residency {
  private final boolean hasShared;
  private final boolean hasMemory;
  private final long cacheBytes;
  private final double refetched;
  private final boolean cachedFits;

  Residency(final Chip chip, final List<TensorRef> tensors) {
    hasShared = chip.shared().isPresent();
    hasMemory = chip.memory().isPresent();
    final long usable =
        chip.shared()
            .filter(shared -> shared.managed() == Managed.HARDWARE)
            .map(Residency::usableBytes)
            .orElse(0L);
    refetched = chip.shared().flatMap(SharedMemory::refetched).orElse(0.0);
    final long cached =
        tensors.stream().filter(t -> t.home() == Home.CACHED).mapToLong(TensorRef::bytes).sum();
    cachedFits = cached <= usable;
    cacheBytes = cachedFits ? usable - cached : usable;
    for (final TensorRef tensor : tensors) {
      check(chip, tensor);
    }
  }

  private static long usableBytes(final SharedMemory shared) {
    return (long) (shared.capacity() * shared.usable());
  }

  private void check(final Chip chip, final TensorRef tensor) {
    final boolean served =
        switch (tensor.home()) {
          case ON_CHIP -> hasShared;
          case CELLS -> true;
          case CACHED -> hasMemory || cachedFits && hasShared;
          case MEMORY -> hasMemory;
        };
    if (!served) {
      throw new IllegalArgumentException(
          chip.name() + " has no place for the tensor " + tensor.role() + " at " + tensor.home());
    }
  }

  /** Whether loads and stores of the tensor pass the shared memory. */
  boolean passesShared() {
    return hasShared;
  }

  /** Whether external memory serves the load. */
  boolean misses(final TensorRef tensor, final Task load) {
    return switch (tensor.home()) {
      case ON_CHIP, CELLS -> false;
      case CACHED -> !cachedFits && load.reuseDistance > cacheBytes;
      case MEMORY -> refetched > 0 || !hits(tensor, load);
    };
  }

  private boolean hits(final TensorRef tensor, final Task load) {
    return load.reuseDistance <= cacheBytes
        || tensor.warm() == 1 && load.reuseDistance == Task.FIRST_TOUCH;
  }

  /** Bytes that a load which misses charges to external memory. */
  long fetched(final TensorRef tensor, final Task load) {
    if (hits(tensor, load)) {
      return Math.round(refetched * load.bytes);
    }
    final long once =
        load.reuseDistance == Task.FIRST_TOUCH
            ? tensor.coldBytes(load.fetchBytes)
            : load.fetchBytes;
    return once + Math.round(refetched * (load.bytes - load.fetchBytes));
  }

  /** Whether a store of the tensor goes on to external memory. */
  boolean writesBack(final TensorRef tensor) {
    return tensor.home() == Home.MEMORY || tensor.home() == Home.CACHED && !cachedFits;
  }
}
