package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CollectiveAlgorithm;
import org.inferchip.arch.Die;
import org.inferchip.arch.DieLinks;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.ScaleUp.Topology;
import org.inferchip.mapping.CollectiveMapping;
import org.inferchip.mapping.Mapper;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Collective.Kind;
import org.junit.jupiter.api.Test;

/** Links between chips and between dies: 200 seeded cases of each property. */
class NetworkPropertiesTest {
  private static final int CASES = 200;
  private static final double SLACK = 1.01;

  private static long picos(final SampleRuns.Sample sample, final Chip chip, final Detail detail) {
    return Engine.run(sample.on(chip), chip, detail).makespanPicos();
  }

  private static <T> T pick(final T[] from, final SplittableRandom random) {
    return from[random.nextInt(from.length)];
  }

  private static Chip chip(
      final Topology topology, final int reach, final double rate, final double latency) {
    return TestChips.plain().scaleUp(new ScaleUp("l", topology, 4, rate, 1, latency, reach)).chip();
  }

  @Test
  void shouldNotBeSlowerWithFasterOrNearerChipsAndSendWhatTheAlgorithmSays() {
    final SplittableRandom random = new SplittableRandom(1);
    final CollectiveAlgorithm[] ways = {
      CollectiveAlgorithm.ONE_SHOT,
      CollectiveAlgorithm.TWO_SHOT,
      CollectiveAlgorithm.RING,
      CollectiveAlgorithm.LINE,
      CollectiveAlgorithm.TWO_WAY_RING
    };
    final Kind[] kinds = {Kind.ALL_REDUCE, Kind.ALL_GATHER, Kind.REDUCE_SCATTER, Kind.ALL_TO_ALL};
    for (int i = 0; i < CASES; i++) {
      final int devices = 2 + random.nextInt(7);
      final Kind kind = pick(kinds, random);
      final CollectiveAlgorithm way = pick(ways, random);
      final Topology topology = pick(Topology.values(), random);
      final Collective op =
          new Collective("c", kind, (long) devices << 6 + random.nextInt(10), Format.BF16, devices);
      final SampleRuns.Sample sample =
          new SampleRuns.Sample(
              op, new CollectiveMapping(way, 1 + random.nextInt(4), 1 << random.nextInt(4)));
      final Chip chip = chip(topology, devices, 32e9, 1e-6);
      final Timing base = Engine.run(sample.on(chip), chip, Detail.FOLDED);
      final String words = topology + " " + sample;
      assertTrue(
          picos(sample, chip(topology, devices, 64e9, 1e-6), Detail.FOLDED)
              <= base.makespanPicos() * SLACK,
          words);
      assertTrue(
          picos(sample, chip(topology, devices, 32e9, 1e-7), Detail.FOLDED)
              <= base.makespanPicos() * SLACK,
          words);
      final long full = picos(sample, chip, Detail.FULL);
      assertEquals(1, (double) base.makespanPicos() / full, SLACK - 1, words);
      final long once = (devices - 1) * op.messageBytes();
      final boolean whole = way == CollectiveAlgorithm.ONE_SHOT;
      assertEquals(
          kind == Kind.ALL_REDUCE ? (whole ? devices : 2) * once : once,
          base.counters().linkBytes(),
          words);
    }
  }

  private static Chip dies(
      final DieLinks.Homes homes,
      final Topology topology,
      final int count,
      final double rate,
      final double latency) {
    final Chip c = TestChips.gpu().chip();
    return new Chip(
        c.name(),
        c.description(),
        c.clock(),
        c.process(),
        List.of(new Die("d", count, 100, 0)),
        c.cores(),
        Optional.empty(),
        c.memory(),
        c.scaleUp(),
        c.host(),
        c.power(),
        c.energy(),
        c.cost(),
        c.peak(),
        c.defaults(),
        c.sources(),
        Optional.of(new DieLinks("l", topology, rate, 0.9, latency, 5e-13, "d", "d", homes)),
        Optional.empty());
  }

  @Test
  void shouldNotBeSlowerWithFasterOrNearerDiesAndNeverFasterThanWithNearMemory() {
    final SampleRuns runs = new SampleRuns(3);
    final SplittableRandom random = new SplittableRandom(3);
    final Topology[] shapes = {
      Topology.RING, Topology.LINE, Topology.MESH_2D, Topology.FULL_MESH, Topology.SWITCH
    };
    int anomalies = 0;
    for (int i = 0; i < CASES; i++) {
      SampleRuns.Sample sample = i % 3 == 2 ? runs.attention() : runs.matMul();
      final int count = 2 + random.nextInt(5);
      final Topology shape = pick(shapes, random);
      final DieLinks.Homes homes = pick(DieLinks.Homes.values(), random);
      final Chip chip = dies(homes, shape, count, 400e9, 1e-7);
      while (Mapper.lower(sample.operator(), sample.mapping(), chip).streams() > 2000
          || Engine.run(sample.on(chip), chip, Detail.FOLDED).counters().tasks() > 60_000) {
        sample = runs.matMul();
      }
      final Timing base = Engine.run(sample.on(chip), chip, Detail.FOLDED);
      final String words = shape + " of " + count + " " + homes + " " + sample;
      anomalies +=
          slower(base, picos(sample, dies(homes, shape, count, 800e9, 1e-7), Detail.FOLDED), words);
      anomalies +=
          slower(base, picos(sample, dies(homes, shape, count, 400e9, 1e-8), Detail.FOLDED), words);
      final long full = picos(sample, chip, Detail.FULL);
      assertEquals(1, (double) base.makespanPicos() / full, SLACK - 1, words);
      final double mean = meanHops(shape, count);
      final long moved = base.counters().memoryBytes();
      assertTrue(base.counters().dieBytes() <= count * mean * count * moved, words);
      assertTrue(homes == DieLinks.Homes.LOCAL || base.counters().dieBytes() > 0, words);
    }
    assertTrue(anomalies <= 0.01 * 2 * CASES, anomalies + " cases are slower with a better part");
  }

  /**
   * Whether a better part made a run slower by more than the slack. Reads that arrive earlier may
   * queue behind others on a contended ring: 3.5 % was the worst seen.
   */
  private static int slower(final Timing base, final long picos, final String words) {
    final double ratio = (double) picos / base.makespanPicos();
    assertTrue(ratio <= 1.05, words + " " + ratio);
    return ratio > SLACK ? 1 : 0;
  }

  private static double meanHops(final Topology shape, final int count) {
    double sum = 0;
    final ScaleUp link = new ScaleUp("l", shape, 4, 1e9, 1, 0, count);
    for (int from = 0; from < count; from++) {
      for (int to = 0; to < count; to++) {
        sum += from == to ? 0 : shape.dimensions() == 0 ? 1 : link.grid().hops(from, to);
      }
    }
    return sum / count / count;
  }
}
