package org.inferchip.arch;

/** What floors follow from that a chip does not state. */
public enum FloorSource {
  /** From area, node, clock and memory; see {@code arch.derive.FloorLaw}. */
  AREA
}
