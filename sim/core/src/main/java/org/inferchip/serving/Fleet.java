package org.inferchip.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves the instances of a deployment through time together. At one instant: steps complete in all
 * instances in their order, caches come to where they are decoded, requests arrive (trace order)
 * and the router deals them out, then steps are scheduled, again in the order of instances. An
 * instance is touched only where something happens to it.
 *
 * <p>Instances that compute prompts for others, if there are any, come first.
 */
final class Fleet {
  private final Requests requests;
  private final Deployment deployment;
  private final List<ServingLoop> loops = new ArrayList<>();
  private final int senders;
  private final RequestRouter router;
  private final Transfers transfers;
  private final Sampler sampler = new Sampler();
  private final int[] takenBy;
  private final boolean[] touched;
  private long now;

  Fleet(final Requests requests, final Deployment deployment) {
    this.requests = requests;
    this.deployment = deployment;
    final long first = requests.arrivals().nextPicos();
    now = first == Long.MAX_VALUE ? 0 : first;
    takenBy = new int[requests.table().size()];
    final List<ServingLoop> whole = add(deployment.pool(), null);
    if (deployment.prefill().isPresent()) {
      final Deployment.Prefill prefill = deployment.prefill().get();
      final int count = prefill.pool().instances();
      transfers = new Transfers(requests, prefill.handover(), count, whole, takenBy, router(whole));
      loops.addAll(add(prefill.pool(), transfers));
      router = router(List.copyOf(loops));
    } else {
      transfers = null;
      router = router(whole);
    }
    senders = loops.size();
    loops.addAll(whole);
    sampler.watch(loops);
    touched = new boolean[loops.size()];
  }

  private List<ServingLoop> add(final Pool pool, final Outlet outlet) {
    final ServingLoop.Role role = new ServingLoop.Role(outlet, deployment.pool().config());
    final List<ServingLoop> added = new ArrayList<>();
    for (int i = 0; i < pool.instances(); i++) {
      added.add(new ServingLoop(requests, pool.config(), pool.cost(), sampler, role, now));
    }
    return added;
  }

  private RequestRouter router(final List<ServingLoop> among) {
    return new RequestRouter(deployment.router(), requests.table(), among, deployment.seed());
  }

  /** Runs until every request has ended, or to the horizon. */
  void run() {
    final long horizon = deployment.pool().config().horizonPicos();
    for (long next = nextPicos(); next != Long.MAX_VALUE; next = nextPicos()) {
      now = Math.min(next, horizon);
      if (next >= horizon) {
        break;
      }
      land();
      receive();
      route();
      start();
    }
    loops.forEach(loop -> loop.moveTo(now));
    if (transfers != null) {
      transfers.close(now);
    }
    if (now < horizon) {
      checkNobodyWaits();
    }
  }

  private long nextPicos() {
    long next = requests.arrivals().nextPicos();
    for (final ServingLoop loop : loops) {
      next = Math.min(next, loop.nextPicos());
    }
    return transfers == null ? next : Math.min(next, transfers.nextPicos());
  }

  private void land() {
    for (int i = 0; i < touched.length; i++) {
      touched[i] = false;
      if (loops.get(i).nextPicos() <= now) {
        touch(i);
      }
    }
  }

  private void receive() {
    while (transfers != null && transfers.nextPicos() <= now) {
      final int request = transfers.arrive();
      final int receiver = senders + transfers.to(request);
      touch(takenBy[request]);
      loops.get(takenBy[request]).release(request, now);
      touch(receiver);
      loops.get(receiver).join(request);
    }
  }

  private void route() {
    while (requests.arrivals().nextPicos() <= now) {
      final int request = requests.arrivals().remove();
      takenBy[request] = router.choose(request);
      loops.get(takenBy[request]).come(request);
    }
  }

  private void start() {
    for (int i = 0; i < touched.length; i++) {
      if (transfers != null && i >= senders) {
        transfers.giveRoom(i - senders, now);
      }
      if (loops.get(i).nextPicos() <= now || i >= senders && hasFreed(i - senders)) {
        touch(i);
      }
      if (touched[i]) {
        loops.get(i).start();
      }
    }
  }

  private boolean hasFreed(final int receiver) {
    return transfers != null && transfers.takeFreed(receiver);
  }

  private void touch(final int index) {
    if (!touched[index]) {
      touched[index] = true;
      loops.get(index).moveTo(now);
      loops.get(index).land();
    }
  }

  private void checkNobodyWaits() {
    for (final ServingLoop loop : loops) {
      if (loop.queues().waiting() + loop.queues().running() > 0) {
        throw new IllegalStateException(
            loop.queues().waiting() + " requests wait and nothing can ever run them");
      }
    }
  }

  Requests requests() {
    return requests;
  }

  Deployment deployment() {
    return deployment;
  }

  List<ServingLoop> loops() {
    return loops;
  }

  /** The pool of an instance. */
  Pool pool(final int instance) {
    return instance < senders ? deployment.prefill().orElseThrow().pool() : deployment.pool();
  }

  /** What an instance does. */
  InstanceUse.Part part(final int instance) {
    if (transfers == null) {
      return InstanceUse.Part.WHOLE;
    }
    return instance < senders ? InstanceUse.Part.PREFILL : InstanceUse.Part.DECODE;
  }

  /** Whether an instance had a request that arrived. */
  boolean had(final int instance, final int request) {
    return instance < senders || transfers == null
        ? takenBy[request] == instance
        : transfers.isHandedOver(request) && senders + transfers.to(request) == instance;
  }

  Optional<Transfers> transfers() {
    return Optional.ofNullable(transfers);
  }

  List<StepSample> samples() {
    return sampler.list();
  }

  /** From the first arrival until now. */
  long durationPicos() {
    return loops.get(0).meter().durationPicos();
  }

  long now() {
    return now;
  }
}
