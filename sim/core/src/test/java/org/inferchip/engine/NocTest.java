package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.inferchip.arch.Chip;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.OnChipNetwork;
import org.inferchip.arch.OnChipNetwork.Homes;
import org.inferchip.arch.OnChipNetwork.Readers;
import org.inferchip.arch.OnChipNetwork.Site;
import org.inferchip.arch.ScaleUp.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NocTest {
  private static final int CASES = 200;

  /** Memories in the first column, one a row; cores in all others. */
  private static OnChipNetwork network(
      final Topology topology,
      final int columns,
      final int rows,
      final double width,
      final int hopCycles) {
    return new OnChipNetwork(
        topology,
        columns,
        rows,
        Optional.empty(),
        Optional.empty(),
        width,
        Optional.empty(),
        hopCycles,
        0,
        4096,
        IntStream.range(1, columns).boxed().toList(),
        IntStream.range(0, rows).boxed().toList(),
        IntStream.range(0, rows).mapToObj(row -> new Site(0, row)).toList(),
        Optional.empty(),
        Optional.empty());
  }

  private static OnChipNetwork oneWay(final int columns, final int rows) {
    final OnChipNetwork both = network(Topology.TORUS_2D, columns, rows, 64, 9);
    return new OnChipNetwork(
        both.topology(),
        columns,
        rows,
        Optional.of(true),
        Optional.of(2),
        both.width(),
        both.clock(),
        both.hopCycles(),
        both.entryCycles(),
        both.packet(),
        both.coreColumns(),
        both.coreRows(),
        both.memories(),
        both.homes(),
        both.readers());
  }

  /** 132 cores at 12 columns of 12, a memory of 3.35 TB/s without a cache before it. */
  private static Chip chip(
      final Topology topology, final double width, final int hopCycles, final Readers readers) {
    return TestChips.gpu()
        .shared(null)
        .chip()
        .with(network(topology, 12, 12, width, hopCycles).with(Homes.PLACED, readers));
  }

  @Test
  void shouldGoRoundTheWholeTorusThereAndBackWhereLinksGoOneWay() {
    final OnChipNetwork torus = oneWay(17, 12);
    for (int core = 0; core < torus.places(); core++) {
      for (final Site memory : torus.memories()) {
        final Site at = torus.core(core);
        final int rounds = 17 + (at.row() == memory.row() ? 0 : 12);
        assertEquals(rounds, torus.hops(memory, at) + torus.hops(at, memory));
      }
    }
  }

  @Test
  void shouldGoAsFarAsColumnsAndRowsAreApartOnAMesh() {
    final OnChipNetwork mesh = network(Topology.MESH_2D, 5, 7, 64, 1);
    final Chip chip = TestChips.plain().chip();
    final NocLinks links = new NocLinks(chip, mesh, new Pipes());
    assertEquals(4 + 6, mesh.hops(new Site(0, 0), new Site(4, 6)));
    assertEquals(4 + 6, links.read(new Site(0, 0), new Site(4, 6)).length);
    assertEquals(10e-9, mesh.roundTrip(chip, new Site(3, 2), new Site(0, 4)), 1e-15);
  }

  @Test
  void shouldCountBytesAsOftenAsTheyPassALink() {
    final Noc noc = new Noc(few(132).with(network(Topology.MESH_2D, 12, 12, 64, 1)));
    // Columns 1 to 11 from column 0, on average 6; rows of twelve, on average (n^2 - 1) / 3 n
    // apart.
    assertEquals(Math.round(3.6e6 * (6 + 143.0 / 36)), noc.hopBytes(3_600_000, false));
    assertTrue(noc.hopBytes(3_600_000, true) < noc.hopBytes(3_600_000, false)); // near ones
  }

  @Test
  void shouldWriteOverLinksOfTheSecondNetworkBackAlongTheWayOfTheFirst() {
    final NocLinks links = new NocLinks(TestChips.plain().chip(), oneWay(6, 4), new Pipes());
    final int[] read = links.read(new Site(0, 1), new Site(3, 2));
    final int[] write = links.write(new Site(3, 2), new Site(0, 1));
    assertEquals(read.length, write.length);
    assertTrue(IntStream.of(read).noneMatch(r -> IntStream.of(write).anyMatch(w -> w == r)));
    assertArrayEquals(read, links.read(new Site(0, 1), new Site(3, 2)));
  }

  @ParameterizedTest
  @EnumSource(Readers.class)
  void shouldGiveEveryCoreItsNeedAndEveryMemoryItsPart(final Readers readers) {
    final OnChipNetwork network =
        network(Topology.MESH_2D, 5, 3, 64, 1).with(Homes.PLACED, readers);
    for (int cores = 1; cores <= network.places(); cores++) {
      final NocMatch match = NocMatch.placed(network, cores);
      for (int core = 0; core < cores; core++) {
        double sum = 0;
        for (int memory = 0; memory < 3; memory++) {
          sum += match.share(core, memory);
        }
        assertEquals(1, sum, 1e-12);
      }
      for (int memory = 0; memory < 3; memory++) {
        double sum = 0;
        for (int core = 0; core < cores; core++) {
          sum += match.share(core, memory);
        }
        assertEquals(cores / 3.0, sum, 1e-9);
      }
    }
  }

  /** One memory at the end of a line: all that four readers read passes its one link. */
  @Test
  void shouldHoldReadersToTheLinkThatAllOfThemShare() {
    final OnChipNetwork line =
        new OnChipNetwork(
            Topology.LINE,
            5,
            1,
            Optional.empty(),
            Optional.empty(),
            16,
            Optional.empty(),
            1,
            0,
            65_536,
            List.of(1, 2, 3, 4),
            List.of(0),
            List.of(new Site(0, 0)),
            Optional.empty(),
            Optional.empty());
    final TestChips.Parts parts =
        TestChips.plain().memory(new ExternalMemory("M", 1, 1e12, 64e9, 1, 1, 0));
    final Chip chip =
        new TestChips.Parts(
                1e9,
                4,
                parts.matrix(),
                parts.vector(),
                parts.port(),
                parts.shared(),
                parts.memory(),
                parts.scaleUp())
            .chip()
            .with(line);
    final ReaderSelfTest.Row all = ReaderSelfTest.of(chip).get(ReaderSelfTest.of(chip).size() - 1);
    assertEquals(16e9, all.rate(), 0.01 * 16e9);
    assertEquals(4, all.crowd());
    assertEquals(2.5, all.hops());
  }

  @ParameterizedTest
  @CsvSource({
    // Channels across the middle of the longer side, over the pairs that they part.
    "LINE,16,1,1",
    "RING,16,1,2",
    "MESH_2D,8,8,8",
    "MESH_2D,12,6,6",
    "TORUS_2D,8,8,16",
    "TORUS_2D,12,6,12"
  })
  void shouldSaturateWithinTenPercentOfTheBisectionBound(
      final Topology topology, final int columns, final int rows, final int channels) {
    final OnChipNetwork network =
        new OnChipNetwork(
            topology,
            columns,
            rows,
            Optional.empty(),
            Optional.empty(),
            32,
            Optional.of(1e9),
            2,
            0,
            4096,
            IntStream.range(1, columns).boxed().toList(),
            IntStream.range(0, rows).boxed().toList(),
            List.of(new Site(0, 0)),
            Optional.empty(),
            Optional.empty());
    final NetworkLoad.Curve curve = NetworkLoad.onDie(few(5).with(network), 1024, 1);
    final int nodes = columns * rows;
    final double bound = channels * 32e9 * (nodes - 1) * 4 / nodes / nodes;
    assertEquals(bound, curve.bound(), 1e-9 * bound);
    assertEquals(1, curve.saturation() / bound, 0.1);
  }

  /** Of a ring of k one way, a message takes k / 2 links on average: (k - 1) / (k / 2) of one. */
  @Test
  void shouldBeBoundByTheMeanDistanceWhereLinksGoOneWay() {
    final Chip chip = few(5).with(oneWay(9, 4));
    final NetworkLoad.Curve curve = NetworkLoad.onDie(chip, 1024, 1);
    final double rate = 64 * chip.clock();
    final double mean = (9 - 1) / 2.0 * 36 / 35;
    assertEquals(rate / mean, curve.bound(), 1e-6 * rate);
    assertEquals(1, curve.saturation() / curve.bound(), 0.1);
  }

  private static Chip few(final int cores) {
    final TestChips.Parts gpu = TestChips.gpu();
    return new TestChips.Parts(
            gpu.clock(),
            cores,
            gpu.matrix(),
            gpu.vector(),
            gpu.port(),
            gpu.shared(),
            gpu.memory(),
            gpu.scaleUp())
        .chip();
  }

  @Test
  void shouldRefuseWhatDoesNotStandInTheGrid() {
    assertThrows(IllegalArgumentException.class, () -> network(Topology.LINE, 4, 2, 64, 1));
    assertThrows(IllegalArgumentException.class, () -> network(Topology.SWITCH, 4, 1, 64, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> TestChips.gpu().chip().with(network(Topology.MESH_2D, 11, 12, 64, 1)));
  }

  @Test
  void shouldNotBeSlowerWithWiderOrShorterLinksNorFasterThanWithNearMemory() {
    final SampleRuns runs = new SampleRuns(11);
    final SplittableRandom random = new SplittableRandom(11);
    final Topology[] shapes = {Topology.MESH_2D, Topology.TORUS_2D};
    int anomalies = 0;
    for (int i = 0; i < CASES; i++) {
      final Topology shape = shapes[random.nextInt(2)];
      final Readers readers = Readers.values()[random.nextInt(3)];
      final double width = 32 << random.nextInt(4);
      final Chip chip = chip(shape, width, 9, readers);
      SampleRuns.Sample sample = i % 3 == 2 ? runs.attention() : runs.matMul();
      while (sample.on(chip).streams() > 2000
          || Engine.run(sample.on(chip), chip, Detail.FOLDED).counters().tasks() > 20_000) {
        sample = runs.matMul();
      }
      final String words = shape + " " + width + " " + readers + " " + sample;
      final long base = picos(sample, chip);
      final Chip none = TestChips.gpu().shared(null).chip();
      assertTrue(picos(sample, none) <= base * 1.01, words);
      anomalies += slower(base, picos(sample, chip(shape, 2 * width, 9, readers)), words);
      anomalies += slower(base, picos(sample, chip(shape, width, 3, readers)), words);
    }
    assertTrue(anomalies <= 0.01 * 2 * CASES, anomalies + " cases are slower with a better part");
  }

  private static long picos(final SampleRuns.Sample sample, final Chip chip) {
    return Engine.run(sample.on(chip), chip, Detail.FULL).makespanPicos();
  }

  /** Reads that arrive earlier may queue behind others. */
  private static int slower(final long base, final long picos, final String words) {
    assertTrue(picos <= 1.05 * base, words + " " + (double) picos / base);
    return picos > 1.01 * base ? 1 : 0;
  }
}
