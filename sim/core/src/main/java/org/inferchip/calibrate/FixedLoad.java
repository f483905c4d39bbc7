package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.trace.BlockScheme;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;

/**
 * A load test at a fixed number of users: each sends the next request when the last one has ended,
 * so that as many requests are in the system all the time. The requests of the first round come at
 * once and wait for each other; of {@value #ROUNDS} rounds that such tests have, they are one.
 *
 * <p>Users that stay in step prefill together and never hold up each other's decode. Real ones fall
 * out of step (lengths vary, clients jitter), so the outputs of the first round are spread evenly
 * from one token to all: from the second round on, prompts come one by one. Simulated are the first
 * round and the {@value #LATER} after it, of which the mean stands for all later ones.
 *
 * @param users requests in the system
 * @param promptTokens of each prompt
 * @param outputTokens of each output
 */
record FixedLoad(int users, int promptTokens, int outputTokens) {
  /** Rounds of a test. */
  static final int ROUNDS = 10;

  private static final int LATER = 2;

  Trace trace() {
    final List<Request> requests = new ArrayList<>();
    for (int round = 0; round <= LATER; round++) {
      for (int user = 0; user < users; user++) {
        final int index = requests.size();
        final int output =
            round == 0 ? (int) Math.max(1, (long) outputTokens * (user + 1) / users) : outputTokens;
        final Request request = Request.plain("r" + index, index, 0, promptTokens, output);
        requests.add(round == 0 ? request : request.after("r" + (index - users)));
      }
    }
    return new Trace(
        "fixed load",
        "synthetic",
        "",
        BlockScheme.MOONCAKE,
        "",
        "",
        "",
        requests.size(),
        requests,
        List.of(),
        List.of());
  }

  /** The mean over a whole test of what the first round and all later ones have on average. */
  double mean(final double first, final double later) {
    return (first + (ROUNDS - 1) * later) / ROUNDS;
  }
}
