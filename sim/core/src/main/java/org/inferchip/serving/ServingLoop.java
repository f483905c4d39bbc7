package org.inferchip.serving;

import java.util.Optional;
import org.inferchip.simulation.StepBatch;
import org.inferchip.simulation.StepBounds;
import org.inferchip.simulation.StepCost;
import org.inferchip.simulation.StepTime;

/**
 * One instance that serves requests, step by step. A step is scheduled when the first pipeline
 * stage is free, fewer steps than the pipeline's depth are in flight, and somebody can run; its
 * tokens are delivered at its end, in order of the steps. No allocation a step.
 *
 * <p>{@link Fleet} moves it through time: to the end of steps ({@link #land}), then requests come,
 * then steps are started ({@link #start}).
 */
final class ServingLoop {
  private final Requests requests;
  private final RequestTable table;
  private final ServingConfig config;
  private final StepCost cost;
  private final Sampler sampler;
  private final Sequences sequences;
  private final KvBlocks blocks;
  private final SwapSpace swap;
  private final Queues queues;
  private final Slots slots;
  private final Drafts drafts;
  private final Outlet outlet;
  private final Deliveries deliveries;
  private final Planner planner;
  private final FrontDoor door;
  private final Journal journal;
  private final Meter meter;
  private final Tally tally = new Tally();
  private final StepBatch batch = new StepBatch();
  private final StepTime time = new StepTime();
  private final StepPlan[] plans;
  private int firstPlan;
  private int inFlight;
  private long stageFree;
  private long lastEnd;
  private long now;
  private long leaving;
  private final Outstanding outstanding = new Outstanding();

  /**
   * An instance without requests.
   *
   * @param role whether it hands requests over
   * @param startPicos when its time begins: the first arrival anywhere
   */
  ServingLoop(
      final Requests requests,
      final ServingConfig config,
      final StepCost cost,
      final Sampler sampler,
      final Role role,
      final long startPicos) {
    this.requests = requests;
    this.table = requests.table();
    this.config = config;
    this.cost = cost;
    this.sampler = sampler;
    sequences = requests.sequences();
    final BlockHashes hashes =
        config.cachesPrefixes() ? new BlockHashes(table, config.blockTokens()) : null;
    blocks =
        new KvBlocks(
            config.blockTokens(),
            config.kvBlocks(),
            table.size(),
            hashes == null ? null : hashes::hash);
    swap = new SwapSpace(config.swapTokens(), table.size());
    queues = new Queues(config.maxSequences());
    slots = config.policy() == Policy.SLOTTED ? Slots.of(config, table) : null;
    final Scheduler scheduler =
        switch (config.policy()) {
          case STATIC -> new StaticScheduler(config, sequences, queues, blocks);
          case SLOTTED -> new SlottedScheduler(slots, table.size(), sequences, queues, blocks);
          case VLLM, PROMPTS_FIRST -> new VllmScheduler(config, sequences, queues, blocks, swap);
        };
    planner = new Planner(config, scheduler, queues, sequences);
    drafts = config.drafts().orElse(null);
    journal = requests.journal();
    door = new FrontDoor(requests, config, role.decoding(), queues);
    outlet = role.outlet();
    now = startPicos;
    meter = new Meter(queues, blocks, now, Math.max(now, table.lastArrivalPicos()));
    plans = new StepPlan[config.pipelineDepth()];
    for (int i = 0; i < plans.length; i++) {
      plans[i] = new StepPlan(config.maxSequences());
    }
    deliveries = new Deliveries(requests, blocks, hashes, drafts, outlet, tally, outstanding);
  }

  /** A request comes here; it passes the front end before it waits. */
  void come(final int request) {
    door.come(request);
    outstanding.come(table.promptTokens(request));
  }

  /** Moves to a time at which nothing of its own happened before. */
  void moveTo(final long picos) {
    meter.advance(picos, inFlight > 0);
    now = picos;
  }

  /** Lets those in who are through the front end, and starts what steps it can. */
  void start() {
    door.open(now, this::turnedAway);
    planner.notice(isIdle());
    meter.notePeaks();
    while (canStart() && startStep()) {
      continue;
    }
  }

  /** A request will come here with its cache, when there is room for it. */
  void expect(final int request) {
    outstanding.come(table.promptTokens(request) + 1);
  }

  /** A request that was expected will not come, or not now. */
  void expectNoMore(final int request) {
    outstanding.leave(table.promptTokens(request) + 1);
  }

  /**
   * Reserves the blocks of a prompt and its first token.
   *
   * @return leading tokens that are in the cache already; -1 if there is no room, or requests that
   *     lost theirs go first
   */
  int reserve(final int request, final long picos) {
    final int tokens = table.promptTokens(request) + 1;
    final int cached = cachedTokens(request);
    if (queues.waiting() > queues.ready() || !blocks.fits(request, cached, tokens)) {
      return -1;
    }
    moveTo(picos);
    blocks.admit(request, cached, tokens);
    meter.notePeaks();
    return cached;
  }

  /** Takes the blocks of a request that is not here back. */
  void release(final int request, final long picos) {
    moveTo(picos);
    blocks.release(request);
  }

  /** An expected request has come, its cache in the blocks that were reserved. */
  void join(final int request) {
    queues.arriveReady(request);
  }

  private void turnedAway(final int request) {
    outstanding.leave(table.promptTokens(request));
  }

  private boolean isIdle() {
    return inFlight == 0 && queues.running() == 0;
  }

  private boolean canStart() {
    return inFlight < plans.length && now >= stageFree && queues.waiting() + queues.running() > 0;
  }

  /** When something happens here next; {@link Long#MAX_VALUE} if nothing does by itself. */
  long nextPicos() {
    long next = door.nextPicos();
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
    planner.plan(plan, isIdle());
    notePreemptions(plan);
    tally.swaps(plan.swappedIn(), plan.swappedOut());
    leaving += plan.swappedOut();
    if (plan.count() == 0) {
      // Whoever lost its cache leaves a place to those that bring theirs.
      return plan.preemptions() > 0 && queues.ready() > 0 && startStep();
    }
    fillBatch(plan);
    planner.stepped(batch.chunks() > 0);
    cost.cost(batch, time);
    final long end = Math.max(lastEnd, Math.addExact(now, time.latencyPicos()));
    plan.endAt(end);
    if (config.host().late() && batch.chunks() > 0 && now == lastEnd) {
      deliveries.delayFirsts(end);
    }
    lastEnd = end;
    stageFree = now + time.intervalPicos();
    inFlight++;
    meter.notePeaks();
    sampler.step(now, batch);
    tally.step(plan, batch.prefillTokens(), time);
    return true;
  }

  private void notePreemptions(final StepPlan plan) {
    tally.preemptions(plan.preemptions());
    // The victims went to the head of waiting, the last one first.
    for (int i = 0; i < plan.preemptions(); i++) {
      final int victim = queues.waitingAt(queues.ready() + i);
      journal.preempted(victim);
      if (outlet != null) {
        outlet.lost(victim, now);
      }
    }
  }

  private void fillBatch(final StepPlan plan) {
    batch.clear();
    batch.draft(drafts == null ? 0 : drafts.tokens());
    batch.swap(plan.swappedIn(), leaving);
    leaving = 0;
    for (int i = 0; i < plan.count(); i++) {
      final int sequence = plan.sequence(i);
      final int count = plan.tokens(i);
      final int context = sequences.computed(sequence);
      if (sequences.isDecoding(sequence)) {
        batch.addDecode(context);
      } else {
        batch.addPrefill(count, context, count == sequences.remaining(sequence));
      }
      journal.scheduled(sequence, now, context);
      if (outlet != null) {
        outlet.scheduled(sequence, now);
      }
      sequences.schedule(sequence, count);
    }
  }

  /** Ends the steps that are over by now. */
  void land() {
    while (inFlight > 0 && plans[firstPlan].endPicos() <= now) {
      final StepPlan plan = plans[firstPlan];
      firstPlan = (firstPlan + 1) % plans.length;
      inFlight--;
      if (deliveries.land(plan, now)) {
        queues.dropMarked(deliveries.ended());
        requests.report();
      }
    }
  }

  /**
   * What an instance does of a request.
   *
   * @param outlet where it hands requests over after their first token; null: it serves them whole
   * @param decoding how those are decoded; its own configuration if it does that itself
   */
  record Role(Outlet outlet, ServingConfig decoding) {}

  /** Requests that came here and have not ended. */
  int outstanding() {
    return outstanding.requests();
  }

  /** Known tokens of these, prompts and what has been generated. */
  long outstandingTokens() {
    return outstanding.tokens();
  }

  /** Leading tokens of a request's prompt that are in the prefix cache here. */
  int cachedTokens(final int request) {
    return blocks.cachedTokens(request, table.promptTokens(request));
  }

  Queues queues() {
    return queues;
  }

  Meter meter() {
    return meter;
  }

  KvBlocks blocks() {
    return blocks;
  }

  SwapSpace swap() {
    return swap;
  }

  Tally tally() {
    return tally;
  }

  /** Bounds of a step where the machine is statically scheduled. */
  Optional<StepBounds> bounds() {
    return slots == null || tally.steps() == 0 ? Optional.empty() : cost.bounds(slots.limits());
  }

  Slots slots() {
    return slots;
  }
}
