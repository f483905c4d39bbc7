package org.inferchip.trace;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Gives prompts block identifiers: common leading blocks, then those of an earlier prompt that is
 * continued, then fresh ones. A partial block is never shared, as in Mooncake's traces.
 */
final class PrefixSynthesis {
  private static final double NANOS_PER_SECOND = 1e9;

  private final SynthSpec.Prefixes prefixes;
  private final RandomGenerator random;
  private final List<Draft> open = new ArrayList<>();
  private long fresh;

  PrefixSynthesis(final SynthSpec.Prefixes prefixes, final RandomGenerator random) {
    this.prefixes = prefixes;
    this.random = random;
    this.fresh = prefixes.sharedBlocks();
  }

  /** Sets the identifiers of requests in order of arrival. */
  void share(final List<Draft> drafts) {
    for (final Draft draft : drafts) {
      final Draft parent = random.nextDouble() < prefixes.continued() ? parentOf(draft) : null;
      draft.blocks = blocks(draft, parent);
      open.remove(parent);
      open.add(draft);
    }
  }

  /** An earlier request that this one can continue, each as likely, or null. */
  private Draft parentOf(final Draft draft) {
    final long latest = draft.arrivalNanos - Math.round(prefixes.leastGap() * NANOS_PER_SECOND);
    final List<Draft> candidates =
        open.stream()
            .filter(before -> before.arrivalNanos <= latest)
            .filter(before -> before.inputTokens + before.outputTokens <= draft.inputTokens)
            .toList();
    return candidates.isEmpty() ? null : candidates.get(random.nextInt(candidates.size()));
  }

  private BlockIds blocks(final Draft draft, final Draft parent) {
    final int block = prefixes.blockTokens();
    final long[] ids = new long[-Math.floorDiv(-draft.inputTokens, block)];
    final int shared = Math.min(prefixes.sharedBlocks(), draft.inputTokens / block);
    final int inherited = parent == null ? 0 : parent.inputTokens / block;
    for (int i = 0; i < ids.length; i++) {
      if (i < inherited) {
        ids[i] = parent.blocks.get(i);
      } else {
        ids[i] = i < shared ? i : fresh++;
      }
    }
    return BlockIds.of(ids);
  }
}
