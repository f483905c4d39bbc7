package org.inferchip.engine;

import java.util.Arrays;

/**
 * Skips what a loop repeats, and what items that are alike repeat. When a watched stream begins
 * another trip or item, the state of the whole simulation is compared with those of the last
 * {@value #MEMORY} times. If two are alike ({@link Picture}), what happened between them, the
 * period, is going to happen again as long as no stream leaves its block or the items alike: so the
 * loop counters, the accounts and the bytes served move on by n periods at once, and every instant
 * ahead by n times the period's length.
 *
 * <p>Instants may differ by {@value #TOLERANCE} ps, since pipes carry fractions of picoseconds: the
 * error is below that a period. A skip takes no less time than any pipe needs for its bytes.
 * Streams that wait for others' items, or send in a block of several trips, are not skipped.
 */
final class Steady {
  /** Picoseconds by which instants of like states may differ. */
  static final long TOLERANCE = 4;

  /** Trips that a block must have left for states to be compared. */
  private static final int WORTH = 4;

  /** States that are remembered: the longest period that is found. */
  private static final int MEMORY = 8;

  /** Looks without success after which there is a pause, as many turns as looks have failed. */
  private static final int PATIENCE = 32;

  private static final int LONGEST_PAUSE = 1024;

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
  private final Picture[] pictures = new Picture[MEMORY + 1];
  private int next;
  private int misses;
  private int pause;
  private int valid;
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
    Arrays.setAll(pictures, i -> new Picture());
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
    if (pause > 0) {
      pause--;
      return false;
    }
    return cursor.left() >= WORTH;
  }

  /** Compares the state with those before, and gives the picoseconds that it skipped. */
  long look(final long now) {
    final Picture present = pictures[next];
    draw(present, now);
    for (int back = 1; back <= valid; back++) {
      final Picture past = pictures[Math.floorMod(next - back, pictures.length)];
      if (present.matches(past, TOLERANCE)) {
        final long skipped = skip(past, now);
        if (skipped > 0) {
          valid = 0;
          misses = 0;
          return skipped;
        }
      }
    }
    if (++misses % PATIENCE == 0) {
      pause = Math.min(LONGEST_PAUSE, misses);
      valid = 0;
      return 0;
    }
    next = (next + 1) % pictures.length;
    valid = Math.min(valid + 1, pictures.length - 1);
    return 0;
  }

  private void draw(final Picture picture, final long now) {
    picture.clear(now);
    for (final Cursor cursor : cursors) {
      cursor.draw(picture);
    }
    transfers.draw(picture);
    account.draw(picture);
    self.draw(picture);
    slots.draw(picture);
    lanes.draw(picture);
    waiters.draw(picture);
    picture.events(events);
  }

  private long skip(final Picture past, final long now) {
    past.rewind();
    long times = Long.MAX_VALUE;
    for (final Cursor cursor : cursors) {
      times = Math.min(times, cursor.repeats(past));
    }
    if (times == 0 || times == Long.MAX_VALUE) {
      return 0;
    }
    final long least = Math.multiplyExact(times, now - past.at());
    final long skipped = transfers.repeat(times, least, least + times * TOLERANCE, past);
    if (skipped < 0) {
      return 0;
    }
    account.repeat(times, skipped, now, past);
    slots.delay(skipped);
    events.delay(skipped);
    past.rewind();
    for (final Cursor cursor : cursors) {
      cursor.repeat(times, past);
    }
    return skipped;
  }
}
