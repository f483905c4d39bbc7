package org.inferchip.calibrate;

import java.util.Random;
import org.inferchip.trace.LoadTest;
import org.inferchip.trace.LoadTest.Turn;
import org.inferchip.trace.Trace;

/**
 * A load test at a fixed number of users: each sends the next request when the last one has ended,
 * so that as many requests are in the system all the time. All users begin at once; how far they
 * stay in step is the doing of the scheduler, and of lengths that differ. A user's client takes up
 * to {@value #TURN_MILLIS} ms, evenly distributed (an assumption), from the last token to the next
 * request.
 *
 * <p>A test has {@value #ROUNDS} requests of each user (aiconfigurator's own tests; those before
 * them to warm up have ended). Simulated are the first round, in which all come together, and a few
 * after it, of which the mean stands for all later ones: fewer where outputs are long.
 *
 * @param users requests in the system
 * @param promptTokens of each prompt
 * @param outputTokens of each output
 */
record FixedLoad(int users, int promptTokens, int outputTokens) {
  /** Rounds of a test. */
  static final int ROUNDS = 10;

  private static final int MOST_LATER = 4;
  private static final int LATER_TOKENS = 4096;
  private static final int TURN_MILLIS = 5;
  private static final double NANOS_PER_MILLI = 1e6;

  /** The requests of a model's users, as a deployment was tested. */
  Trace trace(final Deployment deployment, final String model) {
    final Random random = new Random(1);
    final int later = Math.max(1, Math.min(MOST_LATER, LATER_TOKENS / outputTokens));
    return LoadTest.closed(
        users,
        later + 1,
        (round, user) -> {
          final long turn = Math.round(random.nextDouble() * TURN_MILLIS * NANOS_PER_MILLI);
          final int prompt = drawn(promptTokens, deployment, random) + deployment.template(model);
          final int output = drawn(outputTokens, deployment, random);
          return new Turn(prompt, output, turn);
        });
  }

  private static int drawn(final int tokens, final Deployment deployment, final Random random) {
    return deployment
        .shortest()
        .map(least -> (int) Math.ceil(tokens * (least + (1 - least) * random.nextDouble())))
        .orElse(tokens);
  }

  /** The mean over a whole test of what the first round and all later ones have on average. */
  double mean(final double first, final double later) {
    return (first + (ROUNDS - 1) * later) / ROUNDS;
  }
}
