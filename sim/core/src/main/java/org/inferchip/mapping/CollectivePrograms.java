package org.inferchip.mapping;

import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Collective.Kind;
import org.inferchip.program.TileProgram;

/** Picks the schedule of a collective. */
final class CollectivePrograms {
  private CollectivePrograms() {}

  static TileProgram of(
      final Collective op, final CollectiveMapping mapping, final Cores cores, final Homes homes) {
    check(op, mapping);
    return new CollectiveProgram(schedule(op, mapping, homes), cores, homes);
  }

  static CollectiveSchedule schedule(
      final Collective op, final CollectiveMapping mapping, final Homes homes) {
    if (op.traffic().isPresent()) {
      return new RoutedExchange(CollectiveShares.routed(op, mapping), homes);
    }
    if (op.devices() == 1) {
      return new DirectReduce(new CollectiveShares(op, mapping, 1), false, homes);
    }
    if (op.kind() == Kind.SEND) {
      return new NeighbourSend(new CollectiveShares(op, mapping, 1), homes);
    }
    final boolean reduces = op.kind() == Kind.ALL_REDUCE || op.kind() == Kind.REDUCE_SCATTER;
    final boolean both = mapping.algorithm() == CollectiveAlgorithm.TWO_WAY_RING;
    if ((both || mapping.algorithm() == CollectiveAlgorithm.LINE) && op.kind() != Kind.ALL_TO_ALL) {
      return new NeighbourSchedule(new CollectiveShares(op, mapping, op.devices()), both, homes);
    }
    if (mapping.algorithm() == CollectiveAlgorithm.RING && op.kind() != Kind.ALL_TO_ALL) {
      return new RingSchedule(new CollectiveShares(op, mapping, op.devices()), homes);
    }
    if (mapping.algorithm() == CollectiveAlgorithm.TWO_LEVEL && op.kind() != Kind.ALL_TO_ALL) {
      return new TwoLevelSchedule(new CollectiveShares(op, mapping, op.devices()), homes);
    }
    if (!reduces) {
      return new DirectExchange(new CollectiveShares(op, mapping, op.devices()), homes);
    }
    final boolean whole =
        mapping.algorithm() == CollectiveAlgorithm.ONE_SHOT && op.kind() == Kind.ALL_REDUCE;
    return new DirectReduce(
        new CollectiveShares(op, mapping, whole ? 1 : op.devices()),
        op.kind() == Kind.ALL_REDUCE && !whole,
        homes);
  }

  private static void check(final Collective op, final CollectiveMapping mapping) {
    final boolean equalParts =
        switch (op.kind()) {
          case ALL_GATHER, REDUCE_SCATTER, ALL_TO_ALL -> true;
          case ALL_REDUCE, SEND -> false;
        };
    if (equalParts && op.traffic().isEmpty() && op.elements() % op.devices() != 0) {
      throw new IllegalArgumentException(
          op.elements() + " elements are no equal parts for " + op.devices() + " devices");
    }
    if (op.devices() % mapping.box() != 0) {
      throw new IllegalArgumentException(
          op.devices() + " devices are no boxes of " + mapping.box());
    }
    if (op.kind() == Kind.SEND && op.devices() != 2) {
      throw new IllegalArgumentException("a send takes two devices, not " + op.devices());
    }
  }
}
