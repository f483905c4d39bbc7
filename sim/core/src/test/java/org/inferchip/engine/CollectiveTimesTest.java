package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.arch.Grid;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.ScaleUp.Topology;
import org.inferchip.mapping.CollectiveMapping;
import org.inferchip.mapping.Mapper;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Collective.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Collectives on an idle network against alpha-beta: bytes of the busiest link, and its hops. */
class CollectiveTimesTest {
  private static final double RATE = 32e9;
  private static final double HOP = 1e-6;
  private static final double SLACK = 0.15;

  private static Chip chip(final Topology topology, final int devices) {
    return TestChips.plain().scaleUp(new ScaleUp("l", topology, 4, RATE, 1, HOP, devices)).chip();
  }

  static Stream<Arguments> cases() {
    return Stream.of(Topology.values())
        .flatMap(
            topology ->
                Stream.of(
                        CollectiveAlgorithm.ONE_SHOT,
                        CollectiveAlgorithm.TWO_SHOT,
                        CollectiveAlgorithm.RING,
                        CollectiveAlgorithm.LINE,
                        CollectiveAlgorithm.TWO_WAY_RING)
                    .flatMap(
                        way ->
                            Stream.of(Kind.values())
                                .filter(kind -> kind != Kind.SEND)
                                // Goes at once whatever the way.
                                .filter(
                                    kind ->
                                        kind != Kind.ALL_TO_ALL
                                            || way == CollectiveAlgorithm.ONE_SHOT)
                                .map(kind -> Arguments.of(topology, way, kind))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldTakeWhatLinksNeedAndLittleMore(
      final Topology topology, final CollectiveAlgorithm way, final Kind kind) {
    final int devices = 8;
    final Chip chip = chip(topology, devices);
    final long bytes = 8L << 20;
    final Collective op = new Collective("c", kind, bytes / 2, Format.BF16, devices);
    final Timing timing =
        Engine.run(Mapper.lower(op, new CollectiveMapping(way, 4, 64), chip), chip, Detail.FOLDED);
    final double seconds = timing.makespanPicos() * 1e-12;
    final double bound = op.compulsoryLinkBytes() / RATE;
    assertTrue(seconds >= bound, seconds + " s, under the bound " + bound);
    final AlphaBeta law = new AlphaBeta(chip.scaleUp().orElseThrow(), devices);
    law.send(kind, way, bytes);
    // A device that is done with its sums passes them on before the last is.
    assertTrue(
        seconds >= law.seconds() * 0.98 && seconds <= law.seconds() * (1 + SLACK),
        topology + " " + way + " " + kind + ": " + seconds + " of " + law.seconds());
  }

  /** Bytes on each link by who sends what to whom, phase by phase; routes as a grid says. */
  private static final class AlphaBeta {
    private final ScaleUp link;
    private final int devices;
    private final Map<String, Double> load = new HashMap<>();
    private double latency;
    private double before;

    AlphaBeta(final ScaleUp link, final int devices) {
      this.link = link;
      this.devices = devices;
    }

    void send(final Kind kind, final CollectiveAlgorithm way, final double bytes) {
      final double part = bytes / devices;
      final boolean direct =
          kind == Kind.ALL_TO_ALL
              || way == CollectiveAlgorithm.ONE_SHOT
              || way == CollectiveAlgorithm.TWO_SHOT;
      final boolean whole = way == CollectiveAlgorithm.ONE_SHOT && kind == Kind.ALL_REDUCE;
      final int passes = kind == Kind.ALL_REDUCE && !whole ? 2 : 1;
      for (int pass = 0; pass < passes; pass++) {
        for (int from = 0; from < devices; from++) {
          for (int step = 1; step < devices; step++) {
            final int to = (from + step) % devices;
            if (direct) {
              hop(from, to, whole ? bytes : part);
            } else if (way == CollectiveAlgorithm.RING) {
              hop(from, (from + 1) % devices, part);
            }
          }
        }
        if (!direct && way != CollectiveAlgorithm.RING) {
          neighbours(way == CollectiveAlgorithm.TWO_WAY_RING, part, pass == 1, kind);
          if (kind == Kind.ALL_REDUCE && pass == 0) {
            // Two kernels: the second starts when the first has ended.
            before = load.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
            load.clear();
          }
        }
      }
    }

    private void neighbours(
        final boolean ring, final double part, final boolean second, final Kind kind) {
      final boolean gather = second || kind == Kind.ALL_GATHER;
      for (int at = 0; at < devices; at++) {
        final int up = ring ? devices / 2 : gather ? at + 1 : devices - 1 - at;
        final int down = ring ? (devices - 1) / 2 : gather ? devices - at : at;
        if (ring || at < devices - 1) {
          hop(at, (at + 1) % devices, up * part);
        }
        if (ring || at > 0) {
          hop(at, (at + devices - 1) % devices, down * part);
        }
      }
    }

    private void hop(final int from, final int to, final double bytes) {
      latency = Math.max(latency, HOP);
      if (link.topology() == Topology.SWITCH) {
        load.merge("out" + from, bytes / RATE, Double::sum);
        load.merge("in" + to, bytes / RATE, Double::sum);
        return;
      }
      if (link.topology() == Topology.FULL_MESH) {
        load.merge(from + ">" + to, bytes / RATE * (devices - 1), Double::sum);
        return;
      }
      final Grid grid = link.grid();
      final int[] at = new int[grid.dimensions()];
      for (int d = 0; d < at.length; d++) {
        at[d] = grid.coordinate(from, d);
      }
      for (int d = 0; d < at.length; d++) {
        final int steps = grid.steps(at[d], grid.coordinate(to, d), d);
        for (int i = 0; i < Math.abs(steps); i++) {
          load.merge(
              grid.number(at) + "/" + d + "/" + Integer.signum(steps),
              bytes / RATE * 2 * at.length,
              Double::sum);
          at[d] = Math.floorMod(at[d] + Integer.signum(steps), grid.side(d));
        }
      }
    }

    double seconds() {
      return before
          + latency
          + load.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
  }
}
