package org.inferchip.serving;

/**
 * Where requests come in, the time of the front end after their arrival: first one tokenizer reads
 * their prompts, one after the other, then comes what takes each the same. Those that can never be
 * served are turned away with the reason, and with them the ones that follow them; the others join
 * the queue.
 */
final class FrontDoor {
  private final RequestTable table;
  private final ServingConfig config;
  private final Arrivals arrivals;
  private final Queues queues;
  private final Journal journal;
  private long tokenizerFree = Long.MIN_VALUE;

  FrontDoor(
      final RequestTable table,
      final ServingConfig config,
      final Queues queues,
      final Journal journal) {
    this.table = table;
    this.config = config;
    this.queues = queues;
    this.journal = journal;
    this.arrivals = new Arrivals(table);
  }

  /** When the next request is through; {@link Long#MAX_VALUE} if none is known. */
  long nextPicos() {
    final long next = tokenizedPicos();
    return next == Long.MAX_VALUE ? next : next + config.host().frontEndPicos();
  }

  /** When the next request arrives; {@link Long#MAX_VALUE} if none is known. */
  long nextArrivalPicos() {
    return arrivals.nextPicos();
  }

  private long tokenizedPicos() {
    final long next = arrivals.nextPicos();
    return next == Long.MAX_VALUE
        ? next
        : Math.max(next, tokenizerFree)
            + config.host().tokenPicos() * table.promptTokens(arrivals.first());
  }

  /**
   * Lets everybody in who is through the front end by now.
   *
   * @return requests turned away
   */
  int open(final long now) {
    int turnedAway = 0;
    while (nextPicos() <= now) {
      tokenizerFree = tokenizedPicos();
      journal.arrived(arrivals.first(), arrivals.nextPicos(), now);
      final int request = arrivals.remove();
      final Rejection rejection = rejection(request);
      if (rejection == null) {
        queues.arrive(request);
      } else {
        turnedAway += reject(request, rejection);
      }
    }
    return turnedAway;
  }

  /** A request has been served: those that waited for it may come. */
  void ended(final int request, final long now) {
    arrivals.ended(request, now);
  }

  private int reject(final int request, final Rejection why) {
    journal.rejected(request, why);
    int count = 1;
    final int[] followers = table.followers(request);
    if (followers != null) {
      for (final int follower : followers) {
        if (!journal.isRejected(follower)) {
          count += reject(follower, Rejection.FOLLOWS_REJECTED);
        }
      }
    }
    return count;
  }

  /** The front end knows the client's limit on the output; the scheduler does not. */
  private Rejection rejection(final int request) {
    final long whole = (long) table.promptTokens(request) + table.outputTokens(request);
    if (table.promptTokens(request) < 1 || table.outputTokens(request) < 1) {
      return Rejection.EMPTY;
    }
    if (whole > config.maxPositions()) {
      return Rejection.OVER_POSITIONS;
    }
    if (whole > config.kvTokens()) {
      return Rejection.OVER_KV_CACHE;
    }
    if (!config.chunkedPrefill() && table.promptTokens(request) > config.maxBatchedTokens()) {
      return Rejection.OVER_STEP_BUDGET;
    }
    return null;
  }
}
