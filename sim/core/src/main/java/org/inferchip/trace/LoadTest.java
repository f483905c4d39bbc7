package org.inferchip.trace;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;

/** Traces of load tests: requests as a benchmark sends them, not as people did. */
public final class LoadTest {
  private static final double NANOS_PER_SECOND = 1e9;

  private LoadTest() {}

  /**
   * One request of a user.
   *
   * @param promptTokens of it
   * @param outputTokens of it
   * @param waitNanos before it is sent: since the start, or since the user's last one ended
   */
  public record Turn(int promptTokens, int outputTokens, long waitNanos) {}

  /** What a user sends in a round. */
  @FunctionalInterface
  public interface Turns {
    /** The request; asked for in order of rounds, and of users within a round. */
    Turn of(int round, int user);
  }

  /**
   * A closed loop: so many users, each of whom sends the next request when the last one has ended.
   *
   * @param users at once
   * @param rounds requests of each
   */
  public static Trace closed(final int users, final int rounds, final Turns turns) {
    final List<Request> requests = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (int user = 0; user < users; user++) {
        final Turn turn = turns.of(round, user);
        final int index = requests.size();
        final Request request =
            Request.plain(
                "r" + index,
                index,
                round == 0 ? turn.waitNanos() : 0,
                turn.promptTokens(),
                turn.outputTokens());
        requests.add(
            round == 0 ? request : request.after("r" + (index - users)).delayed(turn.waitNanos()));
      }
    }
    return Trace.synthetic("fixed load", requests);
  }

  /**
   * An open loop: requests that arrive at random, as a Poisson process, whether or not others have
   * ended.
   *
   * @param requests in all, each a user's only one
   * @param perSecond mean rate, above 0
   */
  public static Trace open(
      final int requests, final double perSecond, final long seed, final Turns turns) {
    final RandomGenerator random = Random.of(seed, Random.ARRIVALS);
    final List<Request> all = new ArrayList<>();
    double seconds = 0;
    for (int i = 0; i < requests; i++) {
      seconds -= FastMath.log(1 - random.nextDouble()) / perSecond;
      final Turn turn = turns.of(0, i);
      final long nanos = Math.round(seconds * NANOS_PER_SECOND);
      all.add(Request.plain("r" + i, i, nanos, turn.promptTokens(), turn.outputTokens()));
    }
    return Trace.synthetic("random arrivals", all);
  }
}
