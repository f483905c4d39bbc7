package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription.Enclosure;
import org.inferchip.explore.Evaluation;
import org.inferchip.simulation.AnalogRoom;

/** What the figures of a system rest on, in words. */
final class Assumptions {
  private Assumptions() {}

  static List<String> of(final Evaluation evaluation) {
    final Enclosure around = evaluation.plan().system().enclosure();
    final Stack stack = evaluation.plan().system().stack();
    final List<String> list = new ArrayList<>();
    list.add(
        String.format(
            Locale.ROOT,
            "%s schedules at most %,d tokens and %,d sequences a step into a cache of %,d"
                + " blocks of %d tokens (%s of the memory for weights and cache).",
            stack.name(),
            stack.scheduler().maxBatchedTokens(),
            stack.scheduler().maxSequences(),
            evaluation.plan().kvBlocks(),
            stack.scheduler().blockTokens(),
            Figures.percent(stack.scheduler().memoryUtilisation())));
    list.add(
        String.format(
            Locale.ROOT,
            "the owner writes off over %s years, pays $%s a kilowatt-hour at a PUE of %s, and"
                + " serves %s of all hours; %s of the numbers of the description are estimates.",
            Figures.of(around.depreciation()),
            Figures.of(around.electricity()),
            Figures.of(around.pue()),
            Figures.percent(around.utilisation()),
            Figures.percent(evaluation.estimateShare())));
    evaluation.plan().analog().ifPresent(arrays -> list.add(analog(arrays)));
    return list;
  }

  private static String analog(final AnalogRoom arrays) {
    return String.format(
        Locale.ROOT,
        "%,d weights stand in %,d of the %,d analog arrays of a chip; writing them when the model"
            + " is loaded takes %s s and %s J, which is counted in no figure, and wears one of the"
            + " %s times that a cell can be written.",
        arrays.heldElements(),
        arrays.needed(),
        arrays.there(),
        Figures.of(arrays.programmingSeconds()),
        Figures.of(arrays.programmingJoules()),
        Figures.of(arrays.endurance()));
  }
}
