package org.inferchip.explore.uncertainty;

import java.util.List;
import java.util.Map;

/** Something whose figures follow uncertain numbers. */
interface Subject {
  /** What it is called. */
  String name();

  /** The numbers that are not certain. */
  List<Variable> variables();

  /** Whether a variable is only counted again, so that it may take any value. */
  boolean counts(String path);

  /**
   * The figures, by {@link Metric#ordinal()}.
   *
   * @param values of variables by path; those left out have their stated value
   */
  double[] figures(Map<String, Double> values);
}
