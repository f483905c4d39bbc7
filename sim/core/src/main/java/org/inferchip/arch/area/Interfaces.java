package org.inferchip.arch.area;

import org.inferchip.arch.Chip;
import org.inferchip.arch.DieLinks;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.MemoryKind;

/**
 * mm2 at the edge of a die: a PHY, which does not shrink with the node, and a controller, which
 * does (LLMCompass, 2023: HBM2e stack 10.45 mm2 and 552.7 M transistors; 32 bits of DDR5 1.45 mm2
 * and 90.4 M; an NVLink 4 of 25 GB/s each way 0.965 mm2 and 86.6 M, NVLink 3 1.888 mm2 and 74.6 M;
 * a lane of PCIe 5, 4 GB/s, 0.64 mm2 and 5.4 M).
 *
 * <p>HBM counts by stacks, or by as many stacks as the bandwidth takes at the kind's fastest rate;
 * other memory by bandwidth, as DDR5 at 22.4 GB/s for 32 bits; links by bandwidth, to the host too
 * where they are not PCIe. Die-to-die: 1.3 TB/s for a mm of edge (UCIe in 2.5D, Intel at Hot
 * Interconnects 2025), 1.5 mm deep (estimate).
 */
final class Interfaces {
  private static final double HBM_PHY = 10.45;
  private static final double HBM_CONTROLLER = 552.743;
  private static final double DDR_PHY = 1.45 / 22.4;
  private static final double DDR_CONTROLLER = 90.4464 / 22.4;
  private static final double LINK_PHY = 0.965 / 25;
  private static final double LINK_PHY_7NM = 1.888 / 25;
  private static final double LINK_CONTROLLER = 86.628 / 25;
  private static final double LINK_CONTROLLER_7NM = 74.632 / 25;
  private static final double OLD_LINK_NODE = 7;
  private static final double HOST_PHY = 0.64 / 4;
  private static final double HOST_CONTROLLER = 5.3721 / 4;
  private static final double DIE_LINK = 1.5 / 1300;
  private static final double GIGA = 1e9;

  private Interfaces() {}

  static double memory(final ExternalMemory memory, final double node) {
    if (!memory.kind().startsWith("HBM")) {
      return memory.bandwidth() / GIGA * area(DDR_PHY, DDR_CONTROLLER, node);
    }
    final double needed =
        MemoryKind.of(memory.kind())
            .map(kind -> memory.bandwidth() / kind.bytesPerSecond())
            .orElse(0.0);
    return Math.max(memory.stacks(), needed) * area(HBM_PHY, HBM_CONTROLLER, node);
  }

  static double links(final Chip chip, final double node) {
    final boolean old = node >= OLD_LINK_NODE;
    final double link =
        area(old ? LINK_PHY_7NM : LINK_PHY, old ? LINK_CONTROLLER_7NM : LINK_CONTROLLER, node);
    return chip.scaleUp().map(links -> links.bandwidth() / GIGA * link).orElse(0.0)
        + chip.host()
            .map(
                host ->
                    host.bandwidth()
                        / GIGA
                        * (host.kind().startsWith("PCIe")
                            ? area(HOST_PHY, HOST_CONTROLLER, node)
                            : link))
            .orElse(0.0);
  }

  /** Of one die. */
  static double dieLinks(final DieLinks links) {
    return links.bandwidth() / GIGA * DIE_LINK;
  }

  private static double area(final double phy, final double megaTransistors, final double node) {
    return phy + megaTransistors / Silicon.logicDensity(node);
  }
}
