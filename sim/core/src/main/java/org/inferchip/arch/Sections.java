package org.inferchip.arch;

import java.util.List;
import java.util.Optional;

/**
 * Operators that a compiler joins into sections whose data pass from unit to unit on the chip.
 *
 * @param passing element-wise work that is done while its rows pass: it takes no more than its
 *     bound
 * @param weightsAhead whether weights are on their way before a product's inputs are there, so that
 *     the latency of its first load is hidden
 * @param beside operators by name that take no more than their bound either: one kernel with a
 *     product that reads the same rows; absent: none
 * @param streams products by name that run on a second stream beside others in steps that a
 *     captured graph holds, and then take no more than their bound; absent: none
 */
public record Sections(
    List<RowWork> passing,
    boolean weightsAhead,
    Optional<List<String>> beside,
    Optional<List<String>> streams) {
  /** Copies the lists. */
  public Sections {
    passing = List.copyOf(passing);
    beside = beside.map(List::copyOf);
    streams = streams.map(List::copyOf);
  }
}
