package org.inferchip.serving;

import java.util.function.LongConsumer;
import org.inferchip.energy.EnergySum;
import org.inferchip.simulation.StepBatch;
import org.inferchip.simulation.StepCost;
import org.inferchip.simulation.StepTime;

/**
 * Replays requests on one replica, step by step. A step is scheduled when the first pipeline stage
 * is free, fewer steps than the pipeline's depth are in flight, and somebody can run; its tokens
 * are delivered at its end, in order of the steps. No allocation a step.
 */
final class ServingLoop {
  private final RequestTable table;
  private final ServingConfig config;
  private final StepCost cost;
  private final LongConsumer progress;
  private final Sequences sequences;
  private final KvBlocks blocks;
  private final Queues queues;
  private final Scheduler scheduler;
  private final Arrivals arrivals;
  private final Journal journal;
  private final Meter meter;
  private final StepSamples samples = new StepSamples();
  private final EnergySum energy = new EnergySum();
  private final StepBatch batch = new StepBatch();
  private final StepTime time = new StepTime();
  private final StepPlan[] plans;
  private final boolean[] ended;
  private int firstPlan;
  private int inFlight;
  private long stageFree;
  private long lastEnd;
  private long now;
  private long steps;
  private long endedRequests;
  private long outputTokens;
  private long prefillTokens;
  private long preemptions;
  private long recomputedTokens;
  private double stagePicos;
  private double prefillPicos;

  ServingLoop(
      final RequestTable table,
      final ServingConfig config,
      final StepCost cost,
      final LongConsumer progress) {
    this.table = table;
    this.config = config;
    this.cost = cost;
    this.progress = progress;
    final ResidentPrefixes prefixes = ResidentPrefixes.of(table, config);
    sequences = new Sequences(table.promptTokens(), prefixes.tokensOfRequests());
    blocks = new KvBlocks(config.blockTokens(), config.kvBlocks(), prefixes);
    queues = new Queues(config.maxSequences());
    scheduler =
        config.policy() == ServingConfig.Policy.STATIC
            ? new StaticScheduler(config, sequences, queues, blocks)
            : new VllmScheduler(config, sequences, queues, blocks);
    arrivals = new Arrivals(table);
    journal = new Journal(table);
    final long first = arrivals.nextPicos() == Long.MAX_VALUE ? 0 : arrivals.nextPicos();
    meter = new Meter(queues, blocks, first, Math.max(first, table.lastArrivalPicos()));
    now = first;
    plans = new StepPlan[config.pipelineDepth()];
    for (int i = 0; i < plans.length; i++) {
      plans[i] = new StepPlan(config.maxSequences());
    }
    ended = new boolean[table.size()];
  }

  /** Runs until every request has ended, or to the horizon. */
  void run() {
    arrive();
    while (true) {
      if (canStart() && startStep()) {
        continue;
      }
      final long next = nextEvent();
      if (next == Long.MAX_VALUE) {
        break;
      }
      final long to = Math.min(next, config.horizonPicos());
      meter.advance(to, inFlight > 0);
      now = to;
      if (next >= config.horizonPicos()) {
        return;
      }
      land();
      arrive();
    }
    if (queues.waiting() + queues.running() > 0) {
      throw new IllegalStateException(
          queues.waiting() + " requests wait and nothing can ever run them");
    }
  }

  private boolean canStart() {
    return inFlight < plans.length && now >= stageFree && queues.waiting() + queues.running() > 0;
  }

  private long nextEvent() {
    long next = arrivals.nextPicos();
    if (inFlight > 0) {
      next = Math.min(next, plans[firstPlan].endPicos());
    }
    if (inFlight < plans.length && stageFree > now && queues.waiting() + queues.running() > 0) {
      next = Math.min(next, stageFree);
    }
    return next;
  }

  private boolean startStep() {
    final StepPlan plan = plans[(firstPlan + inFlight) % plans.length];
    plan.clear();
    scheduler.plan(plan);
    notePreemptions(plan);
    if (plan.count() == 0) {
      return false;
    }
    fillBatch(plan);
    cost.cost(batch, time);
    final long end = Math.max(lastEnd, Math.addExact(now, time.latencyPicos()));
    plan.endAt(end);
    lastEnd = end;
    stageFree = now + time.intervalPicos();
    inFlight++;
    stagePicos += time.intervalPicos();
    prefillPicos += time.prefillShare() * time.intervalPicos();
    energy.addAboveIdle(time.energy());
    meter.notePeaks();
    sample();
    steps++;
    return true;
  }

  private void notePreemptions(final StepPlan plan) {
    preemptions += plan.preemptions();
    recomputedTokens += plan.recomputed();
    // The victims went to the head of waiting, the last one first.
    for (int i = 0; i < plan.preemptions(); i++) {
      journal.preempted(queues.waitingAt(i));
    }
  }

  private void fillBatch(final StepPlan plan) {
    batch.clear();
    for (int i = 0; i < plan.count(); i++) {
      final int sequence = plan.sequence(i);
      final int count = plan.tokens(i);
      final int context = sequences.computed(sequence);
      final boolean whole = count == sequences.remaining(sequence);
      if (count == 1 && whole && sequences.tokens(sequence) > table.promptTokens(sequence)) {
        batch.addDecode(context);
      } else {
        batch.addPrefill(count, context, whole);
        prefillTokens += count;
      }
      sequences.schedule(sequence, count);
      journal.scheduled(sequence, now);
    }
  }

  private void sample() {
    if (samples.wants(steps)) {
      samples.add(
          new StepSample(
              now,
              queues.running(),
              queues.waiting(),
              blocks.used(),
              batch.requests(),
              batch.tokens(),
              outputTokens,
              prefillTokens));
    }
  }

  private void land() {
    while (inFlight > 0 && plans[firstPlan].endPicos() <= now) {
      final StepPlan plan = plans[firstPlan];
      firstPlan = (firstPlan + 1) % plans.length;
      inFlight--;
      boolean anyEnded = false;
      for (int i = 0; i < plan.count(); i++) {
        final int sequence = plan.sequence(i);
        sequences.land(sequence);
        if (sequences.remaining(sequence) == 0) {
          anyEnded |= deliver(sequence);
        }
      }
      if (anyEnded) {
        queues.dropMarked(ended);
        progress.accept(endedRequests);
      }
    }
  }

  /** Delivers a token; this alone looks at the length that the trace gives. */
  private boolean deliver(final int sequence) {
    outputTokens++;
    sequences.append(sequence);
    if (journal.delivered(sequence, now) < table.outputTokens(sequence)) {
      return false;
    }
    journal.completed(sequence);
    blocks.release(sequence);
    ended[sequence] = true;
    endedRequests++;
    arrivals.ended(sequence, now);
    return true;
  }

  private void arrive() {
    while (arrivals.nextPicos() <= now) {
      final int request = arrivals.remove();
      journal.arrived(request, now);
      final Rejection rejection = rejection(request);
      if (rejection == null) {
        queues.arrive(request);
        meter.notePeaks();
      } else {
        reject(request, rejection);
      }
    }
  }

  private void reject(final int request, final Rejection why) {
    journal.rejected(request, why);
    endedRequests++;
    final int[] followers = table.followers(request);
    if (followers != null) {
      for (final int follower : followers) {
        if (!journal.isRejected(follower)) {
          reject(follower, Rejection.FOLLOWS_REJECTED);
        }
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
    if (whole > config.kvTokens() - (long) blocks.resident() * config.blockTokens()) {
      return Rejection.OVER_KV_CACHE;
    }
    if (!config.chunkedPrefill() && whole > config.maxBatchedTokens()) {
      return Rejection.OVER_STEP_BUDGET;
    }
    return null;
  }

  Journal journal() {
    return journal;
  }

  Meter meter() {
    return meter;
  }

  KvBlocks blocks() {
    return blocks;
  }

  StepSamples samples() {
    return samples;
  }

  EnergySum energy() {
    return energy;
  }

  long steps() {
    return steps;
  }

  long outputTokens() {
    return outputTokens;
  }

  long prefillTokens() {
    return prefillTokens;
  }

  long preemptions() {
    return preemptions;
  }

  long recomputedTokens() {
    return recomputedTokens;
  }

  /** Share of the step time caused by prefill. */
  double prefillShare() {
    return stagePicos == 0 ? 0 : prefillPicos / stagePicos;
  }
}
