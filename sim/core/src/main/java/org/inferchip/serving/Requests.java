package org.inferchip.serving;

import java.util.function.LongConsumer;

/** What all instances of a run share: the requests, how far they are, and what became of them. */
final class Requests {
  private final RequestTable table;
  private final Sequences sequences;
  private final Arrivals arrivals;
  private final Journal journal;
  private final LongConsumer progress;
  private long ended;

  /**
   * Requests of which none has arrived.
   *
   * @param progress told the number of requests that have ended, as it grows
   */
  Requests(final RequestTable table, final LongConsumer progress) {
    this.table = table;
    this.progress = progress;
    sequences = new Sequences(table.promptTokens());
    arrivals = new Arrivals(table);
    journal = new Journal(table);
  }

  RequestTable table() {
    return table;
  }

  Sequences sequences() {
    return sequences;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  Journal journal() {
    return journal;
  }

  /** A request has been served: those that waited for it may come. */
  void ended(final int request, final long now) {
    ended++;
    arrivals.ended(request, now);
  }

  /** Turns a request away, and with it all that follow it. */
  void reject(final int request, final Rejection why) {
    journal.rejected(request, why);
    ended++;
    final int[] followers = table.followers(request);
    if (followers != null) {
      for (final int follower : followers) {
        if (!journal.isRejected(follower)) {
          reject(follower, Rejection.FOLLOWS_REJECTED);
        }
      }
    }
  }

  /** Tells how many have ended. */
  void report() {
    progress.accept(ended);
  }
}
