package org.inferchip.mapping;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Stack;
import org.inferchip.mapping.CollectiveMapping.Algorithm;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Collective.Kind;
import org.inferchip.program.Capacity;

/**
 * Mappings of a collective. Below the stack's threshold an all-reduce goes one shot; above it two
 * shots up to {@value #TWO_SHOT_BYTES} bytes (vLLM's custom all-reduce; recalled) or round a ring;
 * without a threshold the search decides. Pieces are as large as buffers allow, up to {@value
 * #PIECE_BYTES} bytes.
 *
 * <p>Bound = compulsory bytes over the link of the busiest device.
 */
final class CollectiveSpace {
  private static final int PIECE_BYTES = 32 * 1024;
  private static final long TWO_SHOT_BYTES = 8L << 20;
  private static final int[] LANES = {16, 32};

  private final Collective op;
  private final Stack.AllReduceRule rule;
  private final Cores cores;
  private final Homes homes;
  private final double linkBytesPerSecond;

  CollectiveSpace(final Collective op, final Chip chip, final Stack stack) {
    this.op = op;
    rule = stack.allReduce();
    cores = Cores.of(chip);
    homes = Homes.of(chip);
    linkBytesPerSecond = chip.scaleUp().map(link -> link.bandwidth()).orElse(0.0);
  }

  List<Candidate> candidates() {
    final Set<CollectiveMapping> mappings = new LinkedHashSet<>();
    for (final Algorithm algorithm : algorithms()) {
      for (final int lanes : LANES) {
        add(algorithm, Math.min(lanes, cores.count() * cores.arrays()), mappings);
      }
    }
    final double seconds =
        linkBytesPerSecond > 0 ? op.compulsoryLinkBytes() / linkBytesPerSecond : 0;
    final List<Candidate> candidates = new ArrayList<>();
    for (final CollectiveMapping mapping : mappings) {
      candidates.add(
          new Candidate(
              mapping,
              (long) (seconds * 1e12),
              4L * mapping.chunks() * mapping.lanes() * op.devices() * op.devices()));
    }
    return candidates;
  }

  private List<Algorithm> algorithms() {
    if (op.devices() <= 2 || op.elements() < op.devices() || op.kind() == Kind.ALL_TO_ALL) {
      return List.of(Algorithm.ONE_SHOT);
    }
    if (op.kind() != Kind.ALL_REDUCE) {
      return op.messageBytes() <= TWO_SHOT_BYTES
          ? List.of(Algorithm.ONE_SHOT, Algorithm.RING)
          : List.of(Algorithm.RING);
    }
    if (rule.oneShotBelow().isPresent() && op.messageBytes() < rule.oneShotBelow().get()) {
      return List.of(Algorithm.ONE_SHOT);
    }
    final List<Algorithm> algorithms = new ArrayList<>();
    if (rule.oneShotBelow().isEmpty() && op.messageBytes() <= TWO_SHOT_BYTES) {
      algorithms.add(Algorithm.ONE_SHOT);
    }
    if (op.messageBytes() <= TWO_SHOT_BYTES) {
      algorithms.add(Algorithm.TWO_SHOT);
    }
    algorithms.add(Algorithm.RING);
    return algorithms;
  }

  /** The mapping with the largest pieces whose buffers fit. */
  private void add(final Algorithm algorithm, final int lanes, final Set<CollectiveMapping> to) {
    final int perCore = MatMulGrid.ceil(lanes, cores.count());
    final boolean whole =
        op.kind() == Kind.SEND || op.kind() == Kind.ALL_REDUCE && algorithm == Algorithm.ONE_SHOT;
    final long part = op.messageBytes() / (whole ? 1 : op.devices());
    for (int bytes = PIECE_BYTES; bytes >= 64; bytes /= 2) {
      final long pieces = Math.max(1, part / lanes / bytes);
      final CollectiveMapping mapping =
          new CollectiveMapping(algorithm, (int) Math.min(pieces, 1 << 20), lanes);
      final CollectiveSchedule schedule = CollectivePrograms.schedule(op, mapping, homes);
      if (Capacity.fits(schedule.parts().buffers, perCore, cores.local())) {
        to.add(mapping);
        return;
      }
    }
  }
}
