package org.inferchip.explore.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A point with what became of it.
 *
 * @param point its number, by the order of the file alone
 * @param status what became of it
 * @param reason why it failed, was pruned or breaks a constraint; empty if it does none of that
 * @param feasible whether it is known to meet all constraints
 * @param values by column; null where there is none
 */
public record Row(int point, Status status, String reason, boolean feasible, List<Object> values) {

  /** Copies the values. */
  public Row {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** What became of a point. */
  public enum Status {
    /** It was simulated. */
    DONE,
    /** It cannot be built, or cannot do the work. */
    FAILED,
    /** A law of the simulation was broken, or the program is at fault: a defect of it. */
    DEFECT,
    /** It was not simulated, since the best that it could be is not good enough. */
    PRUNED
  }
}
