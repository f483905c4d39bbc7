package org.inferchip.engine.dram;

import java.util.SplittableRandom;
import org.inferchip.arch.DramTiming;

/**
 * Which bank and row each access goes to. Consecutive bursts go to one bank group after the other,
 * then through the page, then through the banks of a group, then to the next row, as controllers
 * interleave so that streams run at the rate of the data bus.
 */
public enum AccessPattern {
  /** Reads of consecutive bursts. */
  STREAM_READ("sequential reads", 0),
  /** Writes of consecutive bursts. */
  STREAM_WRITE("sequential writes", 0),
  /** Two sequential reads for each sequential write, elsewhere. */
  MIXED("two sequential reads a write", 0),
  /** A burst of another row in every bank in turn. */
  ROWS_IN_TURN("rows, banks in turn", 0),
  /** A burst of a row drawn at random. */
  RANDOM("random bursts", 0),
  /** A burst of another row of the same bank each time. */
  ONE_BANK("rows of one bank", 0),
  /** Whole pieces of 512 consecutive bytes drawn at random. */
  RANDOM_512("random 512 B pieces", 512),
  /** Whole pieces of 4096 consecutive bytes drawn at random. */
  RANDOM_4096("random 4 KiB pieces", 4096);

  /** Rows that patterns spread over; more than any window of requests. */
  private static final long ROWS = 1 << 14;

  private final String words;
  private final int piece;

  AccessPattern(final String words, final int piece) {
    this.words = words;
    this.piece = piece;
  }

  /** What a table calls it. */
  public String words() {
    return words;
  }

  /** Whether an access writes. */
  boolean writes(final int access) {
    return this == STREAM_WRITE || this == MIXED && access % 3 == 2;
  }

  /** Bytes that are consecutive; 0 where all are, or where each burst is in a row of its own. */
  int piece() {
    return piece;
  }

  /** The bursts of so many accesses, counted in the order of addresses. */
  long[] bursts(final DramTiming timing, final SplittableRandom random, final int accesses) {
    final long columns = (long) (timing.page() / timing.burst());
    final long all = ROWS * timing.allBanks() * columns;
    final long perPiece = Math.max(1, (long) (piece / timing.burst()));
    final long[] bursts = new long[accesses];
    for (int i = 0; i < accesses; i++) {
      bursts[i] =
          switch (this) {
            case STREAM_READ, STREAM_WRITE -> i;
            // Reads and writes in rows far from each other.
            case MIXED -> writes(i) ? all + i / 3 : i / 3 * 2 + i % 3;
            case ROWS_IN_TURN -> inTurn(timing, i, columns);
            case ONE_BANK -> i * columns * timing.allBanks();
            case RANDOM, RANDOM_512, RANDOM_4096 ->
                i % perPiece == 0 ? random.nextLong(all / perPiece) * perPiece : bursts[i - 1] + 1;
          };
    }
    return bursts;
  }

  private static long inTurn(final DramTiming timing, final int access, final long columns) {
    final int bank = access % timing.allBanks();
    final long row = access / timing.allBanks();
    final long page = bank / timing.bankGroups() + timing.banks() * row;
    return bank % timing.bankGroups() + timing.bankGroups() * columns * page;
  }
}
