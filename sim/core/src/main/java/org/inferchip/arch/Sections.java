package org.inferchip.arch;

import java.util.List;

/**
 * Operators that a compiler joins into sections whose data pass from unit to unit on the chip.
 *
 * @param passing element-wise work that is done while its rows pass: it takes no more than its
 *     bound
 * @param weightsAhead whether weights are on their way before a product's inputs are there, so that
 *     the latency of its first load is hidden
 */
public record Sections(List<RowWork> passing, boolean weightsAhead) {
  /** Copies the list. */
  public Sections {
    passing = List.copyOf(passing);
  }
}
