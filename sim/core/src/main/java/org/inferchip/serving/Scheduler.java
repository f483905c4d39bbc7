package org.inferchip.serving;

/**
 * Decides what the next step computes. It sees queues, known tokens and the cache, never a
 * request's true output length (see {@link Sequences}).
 */
interface Scheduler {
  /**
   * Plans a step: moves requests between the queues, allocates blocks, and fills the plan. An empty
   * plan means that nothing can run now.
   *
   * @param plan cleared
   */
  void plan(StepPlan plan);
}
