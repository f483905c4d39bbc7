package org.inferchip.arch;

import java.util.Locale;
import java.util.Optional;

/**
 * What one stack or device of a memory kind can do at most: pins times the fastest announced pin
 * rate, and the largest announced capacity. Recalled from JEDEC standards and vendors' pages.
 */
public enum MemoryKind {
  /** Stacks, second generation. */
  HBM2(317e9, 8),
  /** Stacks, second generation, faster. */
  HBM2E(461e9, 24),
  /** Stacks, third generation. */
  HBM3(819e9, 24),
  /** Stacks, third generation, faster. */
  HBM3E(1280e9, 48),
  /** Stacks, fourth generation. */
  HBM4(2800e9, 64),
  /** Graphics memory, 32 bits. */
  GDDR6(96e9, 4),
  /** Graphics memory with four levels, 32 bits. */
  GDDR6X(96e9, 4),
  /** Graphics memory with three levels, 32 bits. */
  GDDR7(170e9, 8),
  /** Mobile memory. */
  LPDDR4X(34.2e9, 16),
  /** Mobile memory. */
  LPDDR5(51.2e9, 32),
  /** Mobile memory, faster. */
  LPDDR5X(77e9, 64),
  /** A module of 64 bits. */
  DDR4(26e9, 256),
  /** A module of 64 bits. */
  DDR5(70e9, 256);

  private final double bytesPerSecond;
  private final int gibibytes;

  MemoryKind(final double bytesPerSecond, final int gibibytes) {
    this.bytesPerSecond = bytesPerSecond;
    this.gibibytes = gibibytes;
  }

  /** Of one stack or device. */
  public double bytesPerSecond() {
    return bytesPerSecond;
  }

  /** That one stack or device holds. */
  public double bytes() {
    return gibibytes * 0x1p30;
  }

  /** The kind of a name, such as {@code HBM3e}; empty if it is not known. */
  public static Optional<MemoryKind> of(final String kind) {
    final String name = kind.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    for (final MemoryKind one : values()) {
      if (one.name().equals(name)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
