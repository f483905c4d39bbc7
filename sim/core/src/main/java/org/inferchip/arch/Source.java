package org.inferchip.arch;

import java.util.List;
import java.util.Optional;

/**
 * Where numbers of a description come from.
 *
 * @param what the document, with year
 * @param mark how far it can be trusted
 * @param covers key paths of this file that it covers; a path covers everything below it
 * @param range in which the numbers lie, as {@link Spread} reads it; absent: that of their kind
 * @param distribution within the range; absent: log-normal
 */
public record Source(
    String what,
    Mark mark,
    List<String> covers,
    Optional<String> range,
    Optional<Distribution> distribution) {

  /** Checks that a distribution has a range. */
  public Source {
    if (distribution.isPresent() && range.isEmpty()) {
      throw new IllegalArgumentException("has a distribution but no range");
    }
  }

  /** A source that says nothing of a range. */
  public Source(final String what, final Mark mark, final List<String> covers) {
    this(what, mark, covers, Optional.empty(), Optional.empty());
  }

  /** How a number is spread over its range. */
  public enum Distribution {
    /**
     * The logarithm is normal on either side of the stated value, which is the median; a range
     * holds 90 %, with 5 % below and 5 % above.
     */
    LOG_NORMAL,
    /** Most likely the stated value, falling evenly to the ends of the range, which hold all. */
    TRIANGULAR,
    /** Anywhere in the range alike, which holds all. */
    UNIFORM
  }

  /** How far a source can be trusted. */
  public enum Mark {
    /** The text was read. */
    CHECKED,
    /** Recalled from the named document, not read again. */
    RECALLED,
    /** Computed from other fields. */
    CALCULATED,
    /** By a law from other fields of the description, which did not state it; an estimate. */
    DERIVED,
    /** Fitted to measurements. */
    FITTED,
    /** An estimate; results say how far they rest on these. */
    ESTIMATE;

    /** Whether a number is a guess or rests on a law with large errors. */
    public boolean guessed() {
      return this == ESTIMATE || this == DERIVED;
    }
  }
}
