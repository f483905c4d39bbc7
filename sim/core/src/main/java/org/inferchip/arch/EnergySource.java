package org.inferchip.arch;

/** What an energy table takes the numbers from that it does not state. */
public enum EnergySource {
  /** From node, sizes and distances; see {@code arch.derive.ChipEnergies}. */
  NODE
}
