package org.inferchip.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.arch.CollectiveKernel;
import org.inferchip.arch.Exchange;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.Stack;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Collective.Kind;
import org.inferchip.program.Capacity;
import org.inferchip.units.Picoseconds;

/**
 * Mappings of a collective: the kernels of the stack's library that take the message, or, where it
 * names none, every algorithm without start. Collectives other than an all-reduce go round the ring
 * kernels (where one hop does, at once), with their constants. Pieces are as large as buffers
 * allow, up to {@value #PIECE_BYTES} bytes; in the switch half as large ones are offered too.
 *
 * <p>Bound = start, and the longer of the latency of the hops and the bytes of the algorithm over
 * the links of a device.
 */
final class CollectiveSpace {
  private static final int PIECE_BYTES = 32 * 1024;
  private static final int LANES = 64;
  private static final int FEWEST_LANES = 4;

  /** Pieces of a lane that overlap where there is enough to cut, and the shortest that pays. */
  private static final int OVERLAP = 4;

  private static final int SHORT_PIECE_BYTES = 2048;

  /** Most lanes, and most packets of one, of code that cuts parts into packets. */
  private static final int PACKET_LANES = 16;

  private static final long PACKETS = 32;

  /** Pieces of a lane by which the cost of a trial is judged: of many, the pace is simulated. */
  private static final int PACED = 2;

  /** Without kernels: longest message that goes at once as well as round a ring. */
  private static final long SHORT_BYTES = 8L << 20;

  private final Collective op;
  private final Iterable<CollectiveKernel> kernels;
  private final Cores cores;
  private final Homes homes;
  private final Optional<ScaleUp> link;

  CollectiveSpace(final Collective op, final Chip chip, final Stack stack) {
    this.op = op;
    kernels = new TreeMap<>(stack.collectives()).values();
    cores = Cores.of(chip, op);
    homes = Homes.of(chip);
    link = chip.scaleUp();
  }

  List<Candidate> candidates() {
    final List<Candidate> candidates = new ArrayList<>();
    final Exchange exchange = Exchange.valueOf(op.kind().name());
    boolean own = false;
    for (final CollectiveKernel kernel : kernels) {
      own |= kernel.exchanges(exchange);
    }
    for (final CollectiveKernel kernel : kernels) {
      if (kernel.takes(op.devices(), op.messageBytes())) {
        add(kernel, own, candidates);
      }
    }
    if (candidates.isEmpty()) {
      for (final CollectiveAlgorithm algorithm : bare()) {
        final CollectiveMapping way = new CollectiveMapping(algorithm, 1, 1);
        add(way, Optional.empty(), candidates);
        addLevels(way, candidates);
      }
    }
    return candidates;
  }

  /** Beside a ring over several boxes: the same costs in levels. */
  private void addLevels(final CollectiveMapping ring, final List<Candidate> to) {
    final int box =
        link.flatMap(ScaleUp::islands)
            .filter(ScaleUp.Islands::boxes)
            .map(ScaleUp.Islands::size)
            .orElse(op.devices());
    if (ring.algorithm() == CollectiveAlgorithm.RING
        && op.kind() != Kind.ALL_TO_ALL
        && op.kind() != Kind.SEND
        && op.devices() > box
        && op.devices() % box == 0) {
      add(ring.inBoxes(box), Optional.empty(), to);
    }
  }

  /**
   * Adds what a kernel can do.
   *
   * @param own whether the library has kernels made for this exchange; of others, rings serve
   */
  private void add(final CollectiveKernel kernel, final boolean own, final List<Candidate> to) {
    final boolean made = kernel.exchanges(Exchange.valueOf(op.kind().name()));
    if (own ? !made : kernel.algorithm() != CollectiveAlgorithm.RING) {
      return;
    }
    final boolean hop = op.kind() == Kind.ALL_TO_ALL || op.kind() == Kind.SEND;
    final int wire = (int) Math.ceil(CollectiveMapping.BARE / kernel.efficiency());
    final CollectiveAlgorithm algorithm = hop ? CollectiveAlgorithm.ONE_SHOT : kernel.algorithm();
    final double start = kernel.start() + kernel.perDevice() * (op.devices() - 1);
    final CollectiveMapping way =
        new CollectiveMapping(
            algorithm,
            1,
            1,
            wire,
            (int) Math.round(start * 1e9),
            (int) Math.round(kernel.pace().orElse(0.0) / 1e6));
    add(way, kernel.packet(), to);
    addLevels(way, to);
  }

  private List<CollectiveAlgorithm> bare() {
    final CollectiveAlgorithm once = CollectiveAlgorithm.ONE_SHOT;
    if (op.devices() <= 2 || op.elements() < op.devices() || op.kind() == Kind.ALL_TO_ALL) {
      return List.of(once);
    }
    final CollectiveAlgorithm ring = CollectiveAlgorithm.RING;
    if (op.messageBytes() > SHORT_BYTES) {
      return List.of(ring);
    }
    return op.kind() == Kind.ALL_REDUCE
        ? List.of(once, CollectiveAlgorithm.TWO_SHOT, ring)
        : List.of(once, ring);
  }

  /** Adds the mapping with the largest pieces whose buffers fit, if there is one. */
  private void add(
      final CollectiveMapping costs, final Optional<Double> packet, final List<Candidate> to) {
    final CollectiveAlgorithm algorithm = costs.algorithm();
    final boolean once = algorithm == CollectiveAlgorithm.ONE_SHOT && op.kind() == Kind.ALL_REDUCE;
    final boolean whole = op.kind() == Kind.SEND || once;
    final boolean possible =
        (whole || op.traffic().isPresent() || op.elements() >= op.devices())
            && (algorithm != CollectiveAlgorithm.IN_SWITCH
                || link.map(one -> one.reducing(op.devices())).orElse(false))
            && (algorithm != CollectiveAlgorithm.TWO_WAY_RING
                || link.map(l -> l.closes(op.devices())).orElse(true));
    if (!possible) {
      return;
    }
    final long part = op.messageBytes() / (whole ? 1 : op.devices());
    if (packet.isPresent()) {
      packets(costs, part, packet.get().longValue(), to);
      return;
    }
    final long worth = Math.max(FEWEST_LANES, part / SHORT_PIECE_BYTES);
    final int lanes = (int) Math.min(Math.min(LANES, worth), cores.count() * cores.arrays());
    final int perCore = MatMulGrid.ceil(lanes, cores.count());
    final long overlapping = Math.min(OVERLAP, Math.max(1, part / lanes / SHORT_PIECE_BYTES));
    // Through a switch a piece passes three phases: of smaller ones more overlap.
    boolean smallerToo = algorithm == CollectiveAlgorithm.IN_SWITCH;
    for (int bytes = PIECE_BYTES; bytes >= 64; bytes /= 2) {
      final long pieces = Math.max(overlapping, part / lanes / bytes);
      final CollectiveMapping mapping = costs.cut((int) Math.min(pieces, 1 << 20), lanes);
      final CollectiveSchedule schedule = CollectivePrograms.schedule(op, mapping, homes);
      if (Capacity.fits(schedule.parts().buffers, perCore, cores.local())) {
        to.add(candidate(mapping));
        if (!smallerToo) {
          return;
        }
        smallerToo = false;
      }
    }
  }

  /**
   * Adds the mapping of code that cuts parts into packets: few lanes, so that the first packets are
   * soon on their way, and of long parts no more packets than show how they overlap.
   */
  private void packets(
      final CollectiveMapping costs, final long part, final long bytes, final List<Candidate> to) {
    final long pieces = Math.max(1, part / bytes);
    final int lanes =
        (int)
            Math.min(
                Math.max(FEWEST_LANES, Math.min(PACKET_LANES, pieces / OVERLAP)),
                cores.count() * cores.arrays());
    final int perCore = MatMulGrid.ceil(lanes, cores.count());
    for (long most = PACKETS; ; most *= 2) {
      final CollectiveMapping mapping =
          costs.cut((int) Math.max(1, Math.min(most, pieces / lanes)), lanes);
      final CollectiveSchedule schedule = CollectivePrograms.schedule(op, mapping, homes);
      if (Capacity.fits(schedule.parts().buffers, perCore, cores.local())) {
        to.add(candidate(mapping));
        return;
      }
      if (most > pieces) {
        return;
      }
    }
  }

  private Candidate candidate(final CollectiveMapping mapping) {
    final double rate = link.map(l -> l.bandwidth() * l.efficiency()).orElse(0.0);
    final double latency = link.map(ScaleUp::latency).orElse(0.0) * hops(mapping.algorithm());
    final double bytes = sent(mapping.algorithm()) * mapping.wire() / CollectiveMapping.BARE;
    final double seconds = op.devices() > 1 ? Math.max(latency, rate > 0 ? bytes / rate : 0) : 0;
    return new Candidate(
        mapping,
        (long) (seconds * Picoseconds.PER_SECOND) + mapping.startPicos(),
        4L * Math.min(PACED, mapping.chunks()) * mapping.lanes() * op.devices() * op.devices());
  }

  private int hops(final CollectiveAlgorithm algorithm) {
    if (op.kind() != Kind.ALL_REDUCE) {
      return 1;
    }
    return switch (algorithm) {
      case ONE_SHOT -> 1;
      case TWO_SHOT, IN_SWITCH -> 2;
      case RING -> 2 * (op.devices() - 1);
      case LINE, TWO_WAY_RING -> op.devices();
      case TWO_LEVEL -> 4;
    };
  }

  /** Payload that one device sends. */
  private double sent(final CollectiveAlgorithm algorithm) {
    final long least = op.compulsoryLinkBytes();
    if (op.kind() != Kind.ALL_REDUCE) {
      return least;
    }
    return switch (algorithm) {
      case ONE_SHOT -> (double) op.messageBytes() * (op.devices() - 1);
      case TWO_SHOT, RING, LINE, TWO_WAY_RING, TWO_LEVEL -> least;
      // All parts to be added, and the device's own sum.
      case IN_SWITCH -> op.messageBytes() * (1 + 1.0 / op.devices());
    };
  }
}
