package org.inferchip.serving;

import org.inferchip.simulation.StepLimits;

/**
 * The seats of {@link SlottedScheduler}: how a statically scheduled machine is configured before
 * the first request comes. Its cache is reserved by the seat, for the longest request that the
 * service takes: here the longest of the trace that is not turned away.
 *
 * @param phases time slots: pipeline stages
 * @param seats requests of one phase
 * @param chunkTokens tokens of a prompt chunk
 * @param bucketTokens tokens that the cache of a seat holds
 */
record Slots(int phases, int seats, int chunkTokens, int bucketTokens) {

  static Slots of(final ServingConfig config, final RequestTable table) {
    final long most = Math.min(config.maxPositions(), config.kvTokens());
    long bucket = 1;
    for (int i = 0; i < table.size(); i++) {
      final long whole = (long) table.promptTokens(i) + table.outputTokens(i);
      bucket = whole <= most ? Math.max(bucket, whole) : bucket;
    }
    final long blocks = (bucket + config.blockTokens() - 1) / config.blockTokens();
    final int all = (int) Math.max(1, Math.min(config.maxSequences(), config.kvBlocks() / blocks));
    final int phases = config.pipelineDepth();
    final int seats = (all + phases - 1) / phases;
    return new Slots(phases, seats, Math.max(1, config.maxBatchedTokens() - seats), (int) bucket);
  }

  /** What a step holds at most. */
  StepLimits limits() {
    return new StepLimits(seats, chunkTokens, bucketTokens);
  }

  /** Chunks of a prompt. */
  long chunks(final int promptTokens) {
    return Math.max(1, (promptTokens + chunkTokens - 1) / chunkTokens);
  }
}
