package org.inferchip.serving;

/**
 * Static (request-level) batching, as before continuous batching (FasterTransformer): when nothing
 * runs, a batch is formed of the waiting requests whose prompts fit the cache and the slots
 * together; nobody joins until its last request has ended. Prompts are computed under the same
 * token budget as in {@link VllmScheduler}, and a batch whose outputs outgrow the cache preempts in
 * the same way.
 *
 * <p>Requests that end early free their blocks and their row of the batch at once: kinder than
 * systems that pad the batch to its end.
 */
final class StaticScheduler implements Scheduler {
  private final Sequences sequences;
  private final Queues queues;
  private final KvBlocks blocks;
  private final VllmScheduler pass;

  StaticScheduler(
      final ServingConfig config,
      final Sequences sequences,
      final Queues queues,
      final KvBlocks blocks) {
    this.sequences = sequences;
    this.queues = queues;
    this.blocks = blocks;
    this.pass = new VllmScheduler(config, sequences, queues, blocks, new SwapSpace(0, 0));
  }

  @Override
  public void plan(final StepPlan plan) {
    if (queues.running() == 0) {
      formBatch(plan);
    }
    pass.continueRunning(plan);
  }

  private void formBatch(final StepPlan plan) {
    while (queues.admissible() > 0 && !queues.isFull()) {
      final int sequence = queues.firstWaiting();
      if (!blocks.allocate(sequence, sequences.tokens(sequence))) {
        return;
      }
      queues.admitFirst();
      plan.noteRecomputed(sequences.start(sequence, 0));
    }
  }
}
