package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Deals sites to a half that a calibration is fitted to and a half that it is scored on. All rows
 * of a site (the same weight matrix, the same heads, the same model) are on one side: rows of one
 * site differ only in the number of tokens, so a split by row would score what was fitted.
 *
 * @param training sites to fit to; all others score
 */
record SiteSplit(Set<String> training) {

  /** The larger half trains where the number of sites is odd. Depends on names and seed alone. */
  static SiteSplit of(final Collection<String> sites, final long seed) {
    final List<String> order = new ArrayList<>(new TreeSet<>(sites));
    Collections.shuffle(order, new Random(seed));
    return new SiteSplit(Set.copyOf(order.subList(0, (order.size() + 1) / 2)));
  }

  boolean trains(final Measurement row) {
    return training.contains(row.site());
  }
}
