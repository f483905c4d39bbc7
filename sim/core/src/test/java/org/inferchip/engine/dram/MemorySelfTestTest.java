package org.inferchip.engine.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.inferchip.arch.DramTiming;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemorySelfTestTest {
  private static final Descriptions PACKED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));

  private static ExternalMemory memory(
      final String part, final int channels, final double gigabytesPerSecond) {
    final String override =
        String.format(
            Locale.ROOT,
            "memory={use: parts/memory/%s.yaml, stacks: 8, capacity: 64 GB, bandwidth: %s GB/s,"
                + " channels: %d}",
            part,
            gigabytesPerSecond,
            channels);
    return PACKED
        .read(Kind.CHIP, "tpu-v5e", Overrides.parse(List.of(override)))
        .value()
        .memory()
        .orElseThrow();
  }

  /** The usual rate of each kind, with one access of another row each time at the bound. */
  @ParameterizedTest
  @CsvSource({
    "hbm2, 40, 1555",
    "hbm2e, 40, 2039",
    "hbm3, 80, 3350",
    "hbm3e, 128, 8000",
    "hbm4, 256, 16000",
    "gddr6, 24, 864",
    "gddr6x, 24, 1008",
    "gddr7, 32, 1792",
    "lpddr5, 16, 204.8",
    "lpddr5x, 16, 273",
    "ddr4, 8, 204.8",
    "ddr5, 8, 307.2",
  })
  void shouldStreamNearThePeakAndOpenRowsNearTheirBound(
      final String part, final int channels, final double gigabytesPerSecond) {
    final ExternalMemory memory = memory(part, channels, gigabytesPerSecond);
    for (final AccessPattern pattern :
        List.of(AccessPattern.STREAM_READ, AccessPattern.STREAM_WRITE)) {
      final double share = MemorySelfTest.of(memory, pattern, 1).rate() / memory.bandwidth();
      assertTrue(share >= 0.9 && share <= 1, pattern + " " + share);
    }
    final DramTiming timing = memory.timing().orElseThrow();
    final double parts = channels * timing.parts();
    final double cycle = timing.tRas() + timing.tRp();
    final double serving = 1 - timing.tRfc() / timing.tRefi();
    final double oneBank = parts * timing.burst() * serving / cycle;
    assertEquals(oneBank, rate(memory, AccessPattern.ONE_BANK), 0.1 * oneBank);
    final double banks = timing.bankGroups() * timing.banks();
    final double activates =
        Math.min(banks * serving / cycle, Math.min(4 / timing.tFaw(), 1 / timing.tRrd()));
    final double rows = Math.min(memory.bandwidth(), parts * timing.burst() * activates);
    assertEquals(rows, rate(memory, AccessPattern.ROWS_IN_TURN), 0.1 * rows);
    assertEquals(rows, rate(memory, AccessPattern.RANDOM), 0.1 * rows);
  }

  private static double rate(final ExternalMemory memory, final AccessPattern pattern) {
    return MemorySelfTest.of(memory, pattern, 1).rate();
  }

  @Test
  void shouldPassNoBoundAndLoseTimeToTurnarounds() {
    final ExternalMemory memory = memory("hbm3", 80, 3350);
    for (final MemorySelfTest row : MemorySelfTest.of(memory, 7)) {
      // Bounds hold in the long run; a run may end just before a refresh.
      assertTrue(row.rate() <= row.bound() * (1 + 1e-4), row.toString());
    }
    final double mixed = rate(memory, AccessPattern.MIXED);
    assertTrue(mixed < 0.95 * rate(memory, AccessPattern.STREAM_READ), "mixed " + mixed);
  }

  /** One read of a closed bank: activate, column command, data. */
  @Test
  void shouldServeOneAccessInTheSumOfItsTimes() {
    final DramTiming timing = memory("ddr4", 8, 204.8).timing().orElseThrow();
    final DramChannel channel = new DramChannel(timing, 2.5e-9);
    // t_RCD 13.9 ns, t_CL 13.9 ns, 64 bytes at 25.6 GB/s.
    assertEquals(30_300, channel.serve(new long[] {0}, i -> false));
    // The next row of the same bank waits for t_RC = 32.8 + 13.9 ns first.
    final long columns = 128;
    final DramChannel again = new DramChannel(timing, 2.5e-9);
    assertEquals(46_700 + 30_300, again.serve(new long[] {0, columns * 16}, i -> false));
  }

  /** Faster parts at a fixed order of accesses: seeded, 200 cases. */
  @Test
  void shouldNotGetSlowerWithFasterPartsWithinTwoInAHundred() {
    final SplittableRandom random = new SplittableRandom(20261121);
    final ExternalMemory base = memory("hbm3", 80, 3350);
    for (int i = 0; i < 200; i++) {
      final DramTiming slow = base.timing().orElseThrow();
      final double factor = 0.5 + 0.5 * random.nextDouble();
      final DramTiming fast = faster(slow, i % 6, factor);
      final AccessPattern pattern =
          AccessPattern.values()[random.nextInt(AccessPattern.values().length)];
      final double before = served(slow, pattern, i);
      final double after = served(fast, pattern, i);
      // First-ready scheduling has anomalies; 1.1 % was the worst seen.
      assertTrue(after <= 1.02 * before, pattern + " " + i % 6 + " " + factor);
    }
  }

  private static double served(final DramTiming timing, final AccessPattern pattern, final int i) {
    final long[] bursts = pattern.bursts(timing, new SplittableRandom(i), 2048);
    return new DramChannel(timing, 1.5e-9).serve(bursts, pattern::writes);
  }

  private static DramTiming faster(final DramTiming t, final int which, final double factor) {
    final double[] f = {1, 1, 1, 1, 1, 1};
    f[which] = factor;
    return new DramTiming(
        t.parts(),
        t.burst(),
        t.bankGroups(),
        t.banks(),
        t.page(),
        t.tRcd() * f[0],
        t.tRp() * f[1],
        t.tRas() * f[2],
        t.tRrd(),
        t.tFaw() * f[3],
        t.tCcdL(),
        t.tRtp(),
        t.tWr() * f[4],
        t.tWtr(),
        t.tRtw(),
        t.tCl() * f[5],
        t.tRefi(),
        t.tRfc(),
        t.refresh());
  }

  @Test
  void shouldFindNothingToTryWithoutATiming() {
    assertEquals(
        Optional.empty(), PACKED.chip("groq-lpu").value().memory().flatMap(ExternalMemory::timing));
  }
}
