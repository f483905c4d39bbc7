package org.inferchip.serving;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves the instances of a deployment through time together. At one instant: steps complete in all
 * instances in their order, requests arrive (trace order) and the router deals them out, then steps
 * are scheduled, again in the order of instances. An instance is touched only where something
 * happens to it.
 */
final class Fleet {
  private final Requests requests;
  private final Deployment deployment;
  private final List<ServingLoop> loops = new ArrayList<>();
  private final RequestRouter router;
  private final Sampler sampler = new Sampler();
  private final int[] takenBy;
  private final boolean[] touched;
  private long now;

  Fleet(final Requests requests, final Deployment deployment) {
    this.requests = requests;
    this.deployment = deployment;
    final Pool pool = deployment.pool();
    final long first = requests.arrivals().nextPicos();
    now = first == Long.MAX_VALUE ? 0 : first;
    for (int i = 0; i < pool.instances(); i++) {
      loops.add(new ServingLoop(requests, pool.config(), pool.cost(), sampler, now));
    }
    sampler.watch(loops);
    router = new RequestRouter(deployment.router(), requests.table(), loops, deployment.seed());
    takenBy = new int[requests.table().size()];
    touched = new boolean[loops.size()];
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
      route();
      start();
    }
    loops.forEach(loop -> loop.moveTo(now));
    if (now < horizon) {
      checkNobodyWaits();
    }
  }

  private long nextPicos() {
    long next = requests.arrivals().nextPicos();
    for (final ServingLoop loop : loops) {
      next = Math.min(next, loop.nextPicos());
    }
    return next;
  }

  private void land() {
    for (int i = 0; i < touched.length; i++) {
      touched[i] = false;
      touch(i);
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
      touch(i);
      if (touched[i]) {
        loops.get(i).start();
      }
    }
  }

  private void touch(final int index) {
    final ServingLoop loop = loops.get(index);
    if (!touched[index] && loop.nextPicos() <= now) {
      touched[index] = true;
      loop.moveTo(now);
      loop.land();
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

  Pool pool(final int instance) {
    return deployment.pool();
  }

  /** The instance that a request came to. */
  int takenBy(final int request) {
    return takenBy[request];
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
