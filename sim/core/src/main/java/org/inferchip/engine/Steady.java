package org.inferchip.engine;

import java.util.Arrays;

/**
 * Skips what a loop repeats. When a watched stream begins another trip, the state of the whole
 * simulation is compared with one that was kept some trips before. If they are alike ({@link
 * Picture}), what happened between them, the period, is going to happen again as long as no stream
 * leaves its block: so the loop counters, the accounts and the bytes served move on by n periods at
 * once, and every instant ahead by n times the period's length.
 *
 * <p>Instants may differ by {@value #TOLERANCE} ps, since pipes carry fractions of picoseconds: the
 * error is below that a period. A skip takes no less time than any pipe needs for its bytes.
 * Streams that wait for others' items or send in the block are not skipped.
 */
final class Steady {
  /** Picoseconds by which instants of like states may differ. */
  static final long TOLERANCE = 4;

  /** Trips that a block must have left for states to be compared. */
  private static final int WORTH = 4;

  private static final int FIRST_INTERVAL = 2;
  private static final int LAST_INTERVAL = 64;

  /** What a simulation adds of its own to a picture. */
  interface Self {
    void draw(Picture picture);
  }

  private final Self self;
  private final Cursor[] cursors;
  private final Slots slots;
  private final Lanes lanes;
  private final Waiters waiters;
  private final HeapEventQueue events;
  private final UnitAccount account;
  private final Transfers transfers;
  private Picture kept = new Picture();
  private Picture present = new Picture();
  private long[] keys = new long[64];
  private long keptAt;
  private boolean valid;
  private int since;
  private int interval = FIRST_INTERVAL;
  private int watched;
  private int turn;

  Steady(
      final Self self,
      final Cursor[] cursors,
      final Slots slots,
      final Lanes lanes,
      final Waiters waiters,
      final HeapEventQueue events,
      final UnitAccount account,
      final Transfers transfers) {
    this.self = self;
    this.cursors = cursors;
    this.slots = slots;
    this.lanes = lanes;
    this.waiters = waiters;
    this.events = events;
    this.account = account;
    this.transfers = transfers;
  }

  /** Whether the watched stream has begun another trip of a block that is worth a look. */
  boolean isDue() {
    final Cursor cursor = cursors[watched];
    if (cursor.turn() == turn) {
      return false;
    }
    turn = cursor.turn();
    if (cursor.done() && watched < cursors.length - 1) {
      watched++;
    }
    return cursor.left() >= WORTH;
  }

  /** Compares the state with the one that was kept, and gives the picoseconds that it skipped. */
  long look(final long now) {
    draw(now);
    since++;
    if (valid && present.matches(kept, TOLERANCE)) {
      final long repeats = repeats();
      if (repeats > 0) {
        final long skipped = skip(repeats, now);
        if (skipped > 0) {
          valid = false;
          return skipped;
        }
      }
    }
    if (!valid || since >= interval) {
      keep(now);
    }
    return 0;
  }

  private void draw(final long now) {
    present.clear();
    for (final Cursor cursor : cursors) {
      cursor.draw(present);
    }
    self.draw(present);
    slots.draw(present, now);
    lanes.draw(present);
    waiters.draw(present);
    account.draw(present, now);
    transfers.draw(present, now);
    final int pending = events.size();
    if (pending > keys.length) {
      keys = new long[2 * pending];
    }
    events.keys(now, keys);
    Arrays.sort(keys, 0, pending);
    for (int i = 0; i < pending; i++) {
      present.equal(HeapEventQueue.payload(keys[i]));
      present.instant(HeapEventQueue.ahead(keys[i]), 0);
    }
  }

  private void keep(final long now) {
    interval = valid ? Math.min(LAST_INTERVAL, interval + (interval + 1) / 2) : FIRST_INTERVAL;
    since = 0;
    valid = true;
    keptAt = now;
    final Picture free = kept;
    kept = present;
    present = free;
    for (final Cursor cursor : cursors) {
      cursor.mark();
    }
    account.mark();
    transfers.mark();
  }

  /** Periods for which no stream leaves its block. */
  private long repeats() {
    long least = Long.MAX_VALUE;
    for (final Cursor cursor : cursors) {
      least = Math.min(least, cursor.repeats());
    }
    return least == Long.MAX_VALUE ? 0 : least;
  }

  private long skip(final long repeats, final long now) {
    final long simple = Math.multiplyExact(repeats, now - keptAt);
    final long served = transfers.repeat(repeats, simple, simple + repeats * TOLERANCE);
    if (served < 0) {
      return 0;
    }
    for (final Cursor cursor : cursors) {
      cursor.repeat(repeats);
    }
    slots.delay(served);
    account.repeat(repeats, served, now);
    events.delay(served);
    return served;
  }
}
