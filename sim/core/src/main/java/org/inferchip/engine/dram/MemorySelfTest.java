package org.inferchip.engine.dram;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.inferchip.arch.DramTiming;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.units.Picoseconds;

/**
 * What access patterns get out of a memory, all channels together, beside the bound that its timing
 * sets.
 *
 * @param pattern of the accesses
 * @param rate bytes a second
 * @param bound bytes a second that no order of the same accesses can pass
 * @param limiter what sets the bound
 * @param hits share of accesses that found their row open
 */
public record MemorySelfTest(
    AccessPattern pattern, double rate, double bound, Limiter limiter, double hits) {
  /** Accesses that a pattern is tried with: several refreshes of every bank. */
  private static final int ACCESSES = 1 << 15;

  private static final int ACTIVATES_A_WINDOW = 4;

  /** What sets a bound. */
  public enum Limiter {
    /** The data bus, less refreshes of all banks. */
    DATA_BUS("data bus"),
    /** t_RC of the banks. */
    ROW_CYCLE("t_RC"),
    /** t_FAW, four activates in a window. */
    FOUR_ACTIVATES("t_FAW"),
    /** t_RRD between activates. */
    ACTIVATES("t_RRD"),
    /** t_CCD_L between column commands of a bank group. */
    BANK_GROUP("t_CCD_L");

    private final String words;

    Limiter(final String words) {
      this.words = words;
    }

    /** What a table calls it. */
    public String words() {
      return words;
    }
  }

  /**
   * Tries every pattern.
   *
   * @param memory must have a timing
   */
  public static List<MemorySelfTest> of(final ExternalMemory memory, final long seed) {
    final List<MemorySelfTest> rows = new ArrayList<>();
    for (final AccessPattern pattern : AccessPattern.values()) {
      rows.add(of(memory, pattern, seed));
    }
    return rows;
  }

  /** Tries one pattern. */
  public static MemorySelfTest of(
      final ExternalMemory memory, final AccessPattern pattern, final long seed) {
    final DramTiming timing = memory.timing().orElseThrow();
    final double parts = (double) memory.channels() * timing.parts();
    final double burst = timing.burst() * parts / memory.bandwidth();
    final DramChannel channel = new DramChannel(timing, burst);
    final long[] bursts = pattern.bursts(timing, new SplittableRandom(seed), ACCESSES);
    final double seconds = channel.serve(bursts, pattern::writes) / Picoseconds.PER_SECOND;
    final double rate = parts * ACCESSES * timing.burst() / seconds;
    final double opened = (double) channel.rowsOpened() / ACCESSES;
    return bounded(timing, burst, pattern)
        .filled(pattern, parts * timing.burst(), rate, 1 - Math.min(1, opened));
  }

  /** Accesses a second of one part, and what limits them. */
  private record Bound(double accesses, Limiter limiter) {
    Bound tighter(final double other, final Limiter by) {
      return other < accesses ? new Bound(other, by) : this;
    }

    MemorySelfTest filled(
        final AccessPattern pattern,
        final double bytesAnAccess,
        final double rate,
        final double hits) {
      return new MemorySelfTest(pattern, rate, accesses * bytesAnAccess, limiter, hits);
    }
  }

  /**
   * The data bus alone for whole rows; for patterns that open rows, also the activates that they
   * need: banks / t_RC, 4 / t_FAW and 1 / t_RRD a second. Refreshes take t_RFC out of every t_REFI.
   */
  private static Bound bounded(
      final DramTiming timing, final double burst, final AccessPattern pattern) {
    final double serving = 1 - timing.tRfc() / timing.tRefi();
    final boolean all = timing.refresh() == DramTiming.Refresh.ALL_BANKS;
    final double bus = (all ? serving : 1) / burst;
    final double busy = pattern == AccessPattern.ONE_BANK ? 1 : timing.allBanks();
    final double accessesARow = accessesARow(timing, pattern);
    return new Bound(bus, Limiter.DATA_BUS)
        .tighter((all ? serving : 1) * groups(pattern, timing) / timing.tCcdL(), Limiter.BANK_GROUP)
        .tighter(accessesARow * serving * busy / timing.rowCycle(), Limiter.ROW_CYCLE)
        .tighter(accessesARow * ACTIVATES_A_WINDOW / timing.tFaw(), Limiter.FOUR_ACTIVATES)
        .tighter(accessesARow / timing.tRrd(), Limiter.ACTIVATES);
  }

  private static double groups(final AccessPattern pattern, final DramTiming timing) {
    return pattern == AccessPattern.ONE_BANK ? 1 : timing.bankGroups();
  }

  /** Accesses that find a row open once it was opened, at best. */
  private static double accessesARow(final DramTiming timing, final AccessPattern pattern) {
    final double page = timing.page() / timing.burst();
    return switch (pattern) {
      case STREAM_READ, STREAM_WRITE, MIXED -> page;
      case ROWS_IN_TURN, RANDOM, ONE_BANK -> 1;
      case RANDOM_512, RANDOM_4096 ->
          Math.max(1, pattern.piece() / timing.burst() / timing.bankGroups());
    };
  }
}
