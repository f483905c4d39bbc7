package org.inferchip.arch.lint;

import java.util.Locale;
import java.util.Optional;

/**
 * What one stack or device of a memory kind can do at most: pins times the fastest announced pin
 * rate, and the largest announced capacity. Recalled from JEDEC standards and vendors' pages.
 */
enum MemoryKind {
  HBM2(317e9, 8),
  HBM2E(461e9, 24),
  HBM3(819e9, 24),
  HBM3E(1280e9, 48),
  HBM4(2800e9, 64),
  GDDR6(96e9, 4),
  GDDR6X(96e9, 4),
  GDDR7(170e9, 8),
  LPDDR4X(34.2e9, 16),
  LPDDR5(51.2e9, 32),
  LPDDR5X(77e9, 64),
  DDR4(26e9, 256),
  DDR5(70e9, 256);

  private final double bytesPerSecond;
  private final int gibibytes;

  MemoryKind(final double bytesPerSecond, final int gibibytes) {
    this.bytesPerSecond = bytesPerSecond;
    this.gibibytes = gibibytes;
  }

  double bytesPerSecond() {
    return bytesPerSecond;
  }

  double bytes() {
    return gibibytes * 0x1p30;
  }

  static Optional<MemoryKind> of(final String kind) {
    final String name = kind.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    for (final MemoryKind one : values()) {
      if (one.name().equals(name)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
