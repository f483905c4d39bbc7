package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;

/**
 * The requests of a {@link Stage}. Lengths are whole tokens whose running mean is the stage's;
 * requests take the prompts in turn. Random arrivals are exponential gaps from a fixed seed.
 *
 * <p>Of a long stage only the beginning is replayed: two minutes, or 0.3 s for each output token if
 * that is longer, which is many times a request's stay. The ramp at the start is in both.
 */
final class StageTrace {
  private static final double SECONDS = 120;
  private static final double SECONDS_PER_OUTPUT_TOKEN = 0.3;
  private static final double NANOS = 1e9;

  private StageTrace() {}

  static Trace of(final Stage stage) {
    final double seconds =
        Math.min(
            stage.seconds(), Math.max(SECONDS, SECONDS_PER_OUTPUT_TOKEN * stage.outputTokens()));
    final int count = (int) Math.max(1, Math.round(seconds * stage.rate()));
    final Random random = new Random(1);
    final List<Request> requests = new ArrayList<>(count);
    double arrival = 0;
    for (int i = 0; i < count; i++) {
      final int prompt = step(stage.promptTokens(), i);
      final int output = Math.max(1, step(stage.outputTokens(), i));
      requests.add(
          Request.plain("r" + i, i, Math.round(arrival * NANOS), prompt, output)
              .sharing("prompt" + i % stage.prompts(), prompt));
      final double gap = stage.poisson() ? -StrictMath.log(1 - random.nextDouble()) : 1;
      arrival += gap / stage.rate();
    }
    return Trace.synthetic("stage", requests);
  }

  /** The i-th of whole numbers whose sums follow a mean. */
  private static int step(final double mean, final int i) {
    return (int) (Math.floor(mean * (i + 1)) - Math.floor(mean * i));
  }
}
