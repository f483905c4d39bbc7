package org.inferchip.arch.lint;

import org.inferchip.arch.area.Silicon;

/**
 * The least area that SRAM takes: published high-density cells over an array efficiency of 0.6 (an
 * assumption; caches lie lower). A bound: real memories with ports, tags and buses take two to four
 * times as much.
 */
final class SramArea {
  private static final double ARRAY_EFFICIENCY = 0.6;

  private SramArea() {}

  /**
   * The bound in mm2.
   *
   * @param bytes of SRAM
   * @param node marketing node, nm
   */
  static double least(final double bytes, final double node) {
    return bytes * 8 * Silicon.sramCell(node) / ARRAY_EFFICIENCY;
  }
}
