package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Grid;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.ScaleUp.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkLoadTest {
  private static final long PACKET = 4096;
  private static final double RATE = 32e9;

  private static Chip chip(final Topology topology, final int nodes) {
    return TestChips.plain().scaleUp(new ScaleUp("l", topology, 4, RATE, 1, 100e-9, nodes)).chip();
  }

  @ParameterizedTest
  @CsvSource({
    // Channels across the middle, of rate / (2 x dimensions) each, over 16 x 16 pairs of 31 or so.
    "LINE,8,1,2",
    "RING,8,2,2",
    "MESH_2D,64,8,4",
    "TORUS_2D,64,16,4",
    "MESH_3D,64,16,6",
    "TORUS_3D,64,32,6"
  })
  void shouldSaturateWithinTenPercentOfTheBisectionBound(
      final Topology topology, final int nodes, final int channels, final int ports) {
    final double half = nodes / 2.0;
    final double bound = channels * RATE / ports * (nodes - 1) / half / half;
    final NetworkLoad.Curve curve = NetworkLoad.of(chip(topology, nodes), nodes, PACKET, 1);
    assertEquals(bound, curve.bound(), bound * 1e-9);
    assertEquals(1, curve.saturation() / bound, 0.1, topology + " of " + nodes);
  }

  @Test
  void shouldLoadARingEquallyWhateverWayProgramsTakeHalfWayRound() {
    final ScaleUp up =
        new ScaleUp(
            "l",
            Topology.RING,
            2,
            RATE,
            1,
            100e-9,
            8,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(ScaleUp.Ties.UP));
    final NetworkLoad.Curve curve =
        NetworkLoad.of(TestChips.plain().scaleUp(up).chip(), 8, PACKET, 1);
    // Two channels each way across the middle, of half the rate, over 4 x 4 of 7 pairs.
    assertEquals(2 * RATE / 2 * 7 / 16, curve.bound(), 1e-9 * curve.bound());
    assertEquals(1, curve.saturation() / curve.bound(), 0.1);
  }

  @ParameterizedTest
  @CsvSource({"SWITCH,16", "FULL_MESH,16"})
  void shouldTakeAllThatNodesSendWhereEveryOtherIsOneHopAway(
      final Topology topology, final int nodes) {
    final NetworkLoad.Curve curve = NetworkLoad.of(chip(topology, nodes), nodes, PACKET, 1);
    assertEquals(RATE, curve.bound());
    assertEquals(1, curve.saturation() / RATE, 0.1);
  }

  @ParameterizedTest
  @CsvSource({"RING,8", "MESH_2D,16", "TORUS_2D,36", "SWITCH,8"})
  void shouldGetSlowerWithLoadFromTheLatencyOfLoneMessages(
      final Topology topology, final int nodes) {
    final Chip chip = chip(topology, nodes);
    final NetworkLoad.Curve curve = NetworkLoad.of(chip, nodes, PACKET, 7);
    double hops = 0;
    final ScaleUp link = chip.scaleUp().orElseThrow();
    for (int to = 1; to < nodes; to++) {
      for (int from = 0; from < nodes; from++) {
        final int other = (from + to) % nodes;
        hops += topology.dimensions() == 0 ? 1 : link.grid().hops(from, other);
      }
    }
    hops /= (double) nodes * (nodes - 1);
    final double share = topology.dimensions() == 0 ? 1 : 2.0 * topology.dimensions();
    final double alone = hops * 100e-9 + PACKET / (RATE / share);
    assertEquals(alone, curve.emptySeconds(), 0.02 * alone);
    double before = curve.emptySeconds() * 0.99;
    for (final NetworkLoad.Point point : curve.points()) {
      assertTrue(point.meanSeconds() >= before, topology + " at " + point.offered());
      assertTrue(point.p99Seconds() >= point.meanSeconds());
      before = point.meanSeconds();
    }
  }

  /**
   * The same torus, slot by slot: each link passes one packet a slot, first come, first served, to
   * a queue at the next node; in a slot each node makes a packet with some probability.
   */
  private static double slottedSaturation(final int side) {
    final int nodes = side * side;
    double last = 0;
    for (double load = 0.3; load < 1.4; load += 0.02) {
      final SplittableRandom random = new SplittableRandom(3);
      final java.util.ArrayDeque<int[]>[] queue = queues(4 * nodes);
      long made = 0;
      long came = 0;
      final double bound = 8.0 * (nodes - 1) / ((double) nodes * nodes / 4) * side / 4;
      final int slots = 3000;
      for (int slot = 0; slot < slots; slot++) {
        for (int node = 0; node < nodes; node++) {
          double rest = load * bound;
          for (; rest > 0; rest--) {
            if (random.nextDouble() < rest) {
              final int to = (node + 1 + random.nextInt(nodes - 1)) % nodes;
              queue[port(node, to, side)].add(new int[] {to});
              made++;
            }
          }
        }
        final int[] heads = new int[4 * nodes];
        for (int p = 0; p < heads.length; p++) {
          final int[] packet = queue[p].poll();
          heads[p] = packet == null ? -1 : packet[0];
        }
        for (int p = 0; p < heads.length; p++) {
          if (heads[p] >= 0) {
            final int at = next(p / 4, p % 4, side);
            if (at == heads[p]) {
              came++;
            } else {
              queue[port(at, heads[p], side)].add(new int[] {heads[p]});
            }
          }
        }
      }
      if (came >= 0.97 * made) {
        last = load;
      }
    }
    return last;
  }

  @SuppressWarnings("unchecked")
  private static java.util.ArrayDeque<int[]>[] queues(final int count) {
    final java.util.ArrayDeque<int[]>[] queues = new java.util.ArrayDeque[count];
    for (int i = 0; i < count; i++) {
      queues[i] = new java.util.ArrayDeque<>();
    }
    return queues;
  }

  private static int port(final int at, final int to, final int side) {
    for (int dimension = 0; dimension < 2; dimension++) {
      final int stride = dimension == 0 ? 1 : side;
      final int here = at / stride % side;
      final int up = Math.floorMod(to / stride % side - here, side);
      if (up > 0) {
        final boolean upward = 2 * up < side || 2 * up == side && here % 2 == 0;
        return 4 * at + 2 * dimension + (upward ? 0 : 1);
      }
    }
    throw new IllegalArgumentException("at home");
  }

  private static int next(final int at, final int port, final int side) {
    final int stride = port / 2 == 0 ? 1 : side;
    final int here = at / stride % side;
    final int there = Math.floorMod(here + (port % 2 == 0 ? 1 : -1), side);
    return at + (there - here) * stride;
  }

  @Test
  void shouldSaturateWhereASlotBySlotModelDoes() {
    final NetworkLoad.Curve curve = NetworkLoad.of(chip(Topology.TORUS_2D, 64), 64, PACKET, 1);
    assertEquals(slottedSaturation(8), curve.saturation() / curve.bound(), 0.1);
  }

  @Test
  void shouldGiveTheSameCurveForTheSameSeed() {
    final Chip chip = chip(Topology.MESH_2D, 16);
    assertEquals(NetworkLoad.of(chip, 16, 1024, 5), NetworkLoad.of(chip, 16, 1024, 5));
  }

  @Test
  void shouldNumberNeighboursOfAMeshOneAfterTheOther() {
    final Grid grid = new Grid(new int[] {3, 4, 2}, false, false);
    for (int i = 0; i < grid.size(); i++) {
      final int[] at = new int[3];
      for (int d = 0; d < 3; d++) {
        at[d] = grid.coordinate(i, d);
      }
      assertEquals(i, grid.number(at));
      assertTrue(i == 0 || grid.hops(i - 1, i) == 1);
    }
  }
}
