package org.inferchip.arch.lint;

import java.util.List;
import org.inferchip.arch.yaml.SourceIndex;

/** Checks that every number of a description has a source. */
public final class SourceLint {
  private SourceLint() {}

  /** Numbers without a source, and sources of numbers that are not there. */
  public static List<Finding> check(final SourceIndex sources) {
    final Findings findings = new Findings();
    sources.uncovered().forEach(path -> findings.warn(path, "no source covers it"));
    sources.dangling().forEach(c -> findings.warn("sources", "%s covers no number", c));
    return findings.list();
  }
}
