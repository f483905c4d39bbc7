package org.inferchip.audit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What an audit found.
 *
 * @param findings what is wrong, in the order in which it was found; empty if nothing is
 * @param dropped further findings that were counted but not kept
 * @param complete whether every task was walked; otherwise the walk was given up after too many
 *     findings, and nothing follows about the tasks not seen
 * @param tasks tasks walked
 * @param multiplyAccumulates of all matrix tasks
 * @param loadBytes into cores
 * @param fetchBytes of these, charged to the tensors' homes
 * @param storeBytes out of cores
 * @param sendBytes over links
 */
public record AuditReport(
    List<Finding> findings,
    int dropped,
    boolean complete,
    long tasks,
    long multiplyAccumulates,
    long loadBytes,
    long fetchBytes,
    long storeBytes,
    long sendBytes) {

  /** Copies the list. */
  public AuditReport {
    findings = List.copyOf(findings);
  }

  /** Whether the whole program was walked and nothing was found. */
  public boolean sound() {
    return complete && findings.isEmpty();
  }

  /** Findings, one a line. */
  public String text() {
    final String lines = findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    return dropped == 0 ? lines : lines + "\nand " + dropped + " more";
  }
}
