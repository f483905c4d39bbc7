package org.inferchip.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.inferchip.lowering.StepShape;
import org.inferchip.operator.Attention;

/**
 * A step dealt over ranks of data-parallel attention: chunks of prompts, the longest first, each to
 * the rank that has the fewest tokens so far; then sequences that decode, likewise. Of equals the
 * first. A sequence stays on one rank.
 *
 * @param fullest what the rank with most tokens has
 * @param tokens of each rank
 */
record RankedStep(StepShape fullest, List<Integer> tokens) {

  static RankedStep of(final StepShape step, final int ranks) {
    if (ranks == 1) {
      return new RankedStep(step, List.of(step.tokens()));
    }
    final int[] tokens = new int[ranks];
    final List<List<Attention.Sequence>> prefill = lists(ranks);
    final List<List<Attention.Sequence>> decode = lists(ranks);
    step.prefill().stream()
        .sorted(Comparator.comparingInt(Attention.Sequence::queries).reversed())
        .forEach(chunk -> deal(chunk, tokens, prefill));
    step.decode().forEach(sequence -> deal(sequence, tokens, decode));
    int most = 0;
    for (int rank = 1; rank < ranks; rank++) {
      most = tokens[rank] > tokens[most] ? rank : most;
    }
    final int sequences = prefill.get(most).size() + decode.get(most).size();
    final boolean sampled = step.samples() > 0;
    return new RankedStep(
        new StepShape(
            prefill.get(most), decode.get(most), sampled ? Math.min(sequences, step.samples()) : 0),
        Arrays.stream(tokens).boxed().toList());
  }

  private static List<List<Attention.Sequence>> lists(final int ranks) {
    final List<List<Attention.Sequence>> lists = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      lists.add(new ArrayList<>());
    }
    return Collections.unmodifiableList(lists);
  }

  private static void deal(
      final Attention.Sequence sequence,
      final int[] tokens,
      final List<List<Attention.Sequence>> to) {
    int least = 0;
    for (int rank = 1; rank < tokens.length; rank++) {
      least = tokens[rank] < tokens[least] ? rank : least;
    }
    tokens[least] += sequence.queries();
    to.get(least).add(sequence);
  }
}
