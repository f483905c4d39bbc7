package org.inferchip.arch.lint;

import java.util.Locale;
import java.util.Optional;

/**
 * What one stack or device of a memory kind can do at most: pins times the fastest announced pin
 * rate, and the largest announced capacity. Recalled from JEDEC standards and vendors' pages.
 */
enum MemoryKind {
  HBM2(307e9, 8e9),
  HBM2E(461e9, 24e9),
  HBM3(819e9, 24e9),
  HBM3E(1280e9, 48e9),
  HBM4(2800e9, 64e9),
  GDDR6(96e9, 4e9),
  GDDR6X(96e9, 4e9),
  GDDR7(170e9, 8e9),
  LPDDR4X(34e9, 16e9),
  LPDDR5(51e9, 32e9),
  LPDDR5X(77e9, 64e9),
  DDR4(26e9, 256e9),
  DDR5(70e9, 256e9);

  private final double bytesPerSecond;
  private final double bytes;

  MemoryKind(final double bytesPerSecond, final double bytes) {
    this.bytesPerSecond = bytesPerSecond;
    this.bytes = bytes;
  }

  double bytesPerSecond() {
    return bytesPerSecond;
  }

  double bytes() {
    return bytes;
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
