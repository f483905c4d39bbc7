package org.inferchip.calibrate;

import org.inferchip.arch.Stack;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepBatch;
import org.inferchip.simulation.StepSimulator;
import org.inferchip.simulation.StepTime;

/**
 * What makers publish about a system: users who all send a prompt of one length at once and then
 * decode together, step by step, without anybody joining. Times come from the step simulator:
 *
 * <pre>
 *   first = steps of one prompt, chunks of at most the stack's token budget, and its front end
 *   token = a step of all users at their mean context (prompt and half of the output)
 *   all   = prompts of all users, and (output - 1) token
 * </pre>
 *
 * <p>In a pipeline users are spread over as many steps in flight as there are stages, and a token
 * of each takes the longer of a step's latency and of the turns of all steps on the slowest stage.
 *
 * <p>Time to first token is that of one user's prompt: published tables give it for one user, or
 * for the mean of users whose prompts are computed one after the other.
 */
final class PublishedRun {
  private static final double MICROS_PER_PICO = 1e-6;
  private static final double MICROS = 1e6;

  private final Plan plan;
  private final OperatorSimulator operators;
  private final int users;
  private final int promptTokens;
  private final int outputTokens;
  private StepSimulator steps;

  /**
   * A run.
   *
   * @param users at a time
   * @param promptTokens of each; 0 where decoding begins with an empty cache
   * @param outputTokens of each; 0 where only the prompt was measured, or only a step
   */
  PublishedRun(
      final Plan plan,
      final OperatorSimulator operators,
      final int users,
      final int promptTokens,
      final int outputTokens) {
    this.plan = plan;
    this.operators = operators;
    this.users = users;
    this.promptTokens = promptTokens;
    this.outputTokens = outputTokens;
  }

  /** Tokens in the cache of a user halfway through the output. */
  int context() {
    return promptTokens + outputTokens / 2;
  }

  int users() {
    return users;
  }

  int promptTokens() {
    return promptTokens;
  }

  int outputTokens() {
    return outputTokens;
  }

  /** The most tokens that the caches of all users hold. */
  long cachedTokens() {
    return (long) users * (promptTokens + outputTokens);
  }

  /** Microseconds in which every user gets a token. */
  double tokenMicros() {
    final StepBatch batch = new StepBatch();
    final int stages = plan.pipelineParallel();
    final int together = (users + stages - 1) / stages;
    for (int user = 0; user < together; user++) {
      batch.addDecode(context());
    }
    final StepTime time = cost(batch);
    final int turns = (users + together - 1) / together;
    return Math.max(time.latencyPicos(), turns * time.intervalPicos()) * MICROS_PER_PICO;
  }

  /** Microseconds until one user's prompt has its first token, the server's front end included. */
  double firstMicros() {
    return promptMicros(1) + plan.system().stack().step().frontEnd().orElse(0.0) * MICROS;
  }

  /** Microseconds of the prompts of all users. */
  double promptsMicros() {
    return promptMicros(users);
  }

  /** Prompts one after the other in the order of users, in steps of at most the token budget. */
  private double promptMicros(final int prompts) {
    final Stack.Scheduler scheduler = plan.system().stack().scheduler();
    double sum = 0;
    int user = 0;
    int done = 0;
    while (user < prompts) {
      final StepBatch batch = new StepBatch();
      int left = scheduler.maxBatchedTokens();
      while (left > 0 && user < prompts) {
        final int tokens = Math.min(left, promptTokens - done);
        batch.addPrefill(tokens, done, done + tokens == promptTokens);
        left -= tokens;
        done += tokens;
        if (done == promptTokens) {
          user++;
          done = 0;
        }
      }
      sum += micros(batch);
    }
    return sum;
  }

  private double micros(final StepBatch batch) {
    return cost(batch).latencyPicos() * MICROS_PER_PICO;
  }

  private synchronized StepTime cost(final StepBatch batch) {
    if (steps == null) {
      steps = new StepSimulator(plan, operators, false);
    }
    final StepTime time = new StepTime();
    steps.cost(batch, time);
    return time;
  }
}
