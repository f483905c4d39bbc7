package org.inferchip.serving;

import java.util.ArrayDeque;
import java.util.function.IntConsumer;

/**
 * Where requests come in to an instance, the time of the front end after their arrival: first one
 * process takes them in and reads their prompts, one after the other, then comes what takes each
 * the same. Those that can never be served are turned away with the reason, and with them the ones
 * that follow them; the others join the queue.
 */
final class FrontDoor {
  private final Requests requests;
  private final RequestTable table;
  private final ServingConfig config;
  private final ServingConfig decoding;
  private final Queues queues;
  private final ArrayDeque<Integer> comers = new ArrayDeque<>();
  private long tokenizerFree = Long.MIN_VALUE;

  /**
   * A door.
   *
   * @param config of the instance behind it
   * @param decoding of the instance that generates tokens
   */
  FrontDoor(
      final Requests requests,
      final ServingConfig config,
      final ServingConfig decoding,
      final Queues queues) {
    this.requests = requests;
    this.decoding = decoding;
    this.table = requests.table();
    this.config = config;
    this.queues = queues;
  }

  /** A request has come, not before those that came already. */
  void come(final int request) {
    comers.add(request);
  }

  /** When the next request is through; {@link Long#MAX_VALUE} if there is none. */
  long nextPicos() {
    final Host host = config.host();
    return comers.isEmpty()
        ? Long.MAX_VALUE
        : tokenizedPicos() + host.frontEndPicos() - host.requestPicos();
  }

  private long tokenizedPicos() {
    final int next = comers.getFirst();
    return Math.max(requests.arrivals().picos(next), tokenizerFree)
        + config.host().requestPicos()
        + config.host().tokenPicos() * table.promptTokens(next);
  }

  /**
   * Lets everybody in who is through the front end by now.
   *
   * @param turnedAway told of those who are not let in
   */
  void open(final long now, final IntConsumer turnedAway) {
    while (nextPicos() <= now) {
      tokenizerFree = tokenizedPicos();
      final int request = comers.remove();
      requests.journal().arrived(request, requests.arrivals().picos(request), now);
      final Rejection rejection = rejection(request);
      if (rejection == null) {
        queues.arrive(request);
      } else {
        turnedAway.accept(request);
        requests.reject(request, rejection);
      }
    }
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
    if (whole > decoding.kvTokens() || table.promptTokens(request) > config.kvTokens()) {
      return Rejection.OVER_KV_CACHE;
    }
    if (!config.chunkedPrefill() && table.promptTokens(request) > config.maxBatchedTokens()) {
      return Rejection.OVER_STEP_BUDGET;
    }
    return null;
  }
}
