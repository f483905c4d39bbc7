package org.inferchip.arch;

import java.util.List;

/**
 * Where numbers of a description come from.
 *
 * @param what the document, with year
 * @param mark how far it can be trusted
 * @param covers key paths of this file that it covers; a path covers everything below it
 */
public record Source(String what, Mark mark, List<String> covers) {

  /** How far a source can be trusted. */
  public enum Mark {
    /** The text was read. */
    CHECKED,
    /** Recalled from the named document, not read again. */
    RECALLED,
    /** Computed from other fields. */
    CALCULATED,
    /** Fitted to measurements. */
    FITTED,
    /** An estimate; results say how far they rest on these. */
    ESTIMATE
  }
}
