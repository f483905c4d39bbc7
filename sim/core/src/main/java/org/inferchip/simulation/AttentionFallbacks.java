package org.inferchip.simulation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inferchip.arch.Chip;
import org.inferchip.mapping.AttentionMapping;
import org.inferchip.mapping.AttentionUnits;
import org.inferchip.operator.Attention;

/** Attention that a chip's fixed-function units do not do, so that matrix and vector units did. */
final class AttentionFallbacks {
  private AttentionFallbacks() {}

  /** Which, why, and in how many different shapes. Empty where there are no such units. */
  static List<String> of(final Chip chip, final List<OperatorResult> results) {
    final Map<String, Integer> counts = new TreeMap<>();
    for (final OperatorResult result : results) {
      if (result.operator() instanceof final Attention attention
          && AttentionUnits.of(attention, chip).isPresent()
          && result.choice() instanceof final AttentionMapping mapping
          && !mapping.fixed()) {
        final String why = AttentionUnits.misfit(attention, chip).orElse("no room for its blocks");
        counts.merge(attention.name() + ": " + why, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .map(
            one ->
                "the attention units of "
                    + chip.name()
                    + " do not do "
                    + one.getKey()
                    + "; matrix and vector units do (shapes: "
                    + one.getValue()
                    + ")")
        .toList();
  }
}
