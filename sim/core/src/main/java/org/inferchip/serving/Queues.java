package org.inferchip.serving;

import java.util.Arrays;

/**
 * Who waits and who runs. Waiting is a double-ended queue: at its head requests that bring their
 * cache with them, then preempted ones, at the tail arrivals. Running keeps the order of admission;
 * its tail is preempted first.
 */
final class Queues {
  private int[] ring = new int[64];
  private int head;
  private int waiting;
  private int ready;
  private int unseen;
  private int unnoticed;
  private final int[] running;
  private int runningCount;

  Queues(final int maxRunning) {
    running = new int[maxRunning];
  }

  int waiting() {
    return waiting;
  }

  int running() {
    return runningCount;
  }

  /** Waiting requests that the scheduler knows of; those behind them came too late for it. */
  int admissible() {
    return waiting - unseen;
  }

  /** The scheduler learns of everybody who waits. */
  void seeAll() {
    unseen = 0;
  }

  /** Waiting requests that have been noticed, though the scheduler may not know of them yet. */
  int noticed() {
    return waiting - unnoticed;
  }

  /** Everybody who waits is noticed. */
  void noticeAll() {
    unnoticed = 0;
  }

  /** The scheduler learns of everybody who has been noticed. */
  void seeNoticed() {
    unseen = unnoticed;
  }

  /** The request that is admitted next. */
  int firstWaiting() {
    return ring[head];
  }

  /** A waiting request; 0 is admitted first. */
  int waitingAt(final int index) {
    return ring[(head + index) & (ring.length - 1)];
  }

  /** A running request; 0 is the one admitted first. */
  int runningAt(final int index) {
    return running[index];
  }

  boolean isFull() {
    return runningCount == running.length;
  }

  /** A request joins the end of the queue, unseen by the scheduler. */
  void arrive(final int request) {
    grow();
    ring[(head + waiting) & (ring.length - 1)] = request;
    waiting++;
    unseen++;
    unnoticed++;
  }

  /** Waiting requests, the first ones, that bring their cache with them. */
  int ready() {
    return ready;
  }

  /** A request that brings its cache with it waits for a place. */
  void arriveReady(final int request) {
    insert(ready++, request);
  }

  /** Moves the first waiting request to the tail of running. */
  void admitFirst() {
    ready = Math.max(0, ready - 1);
    running[runningCount++] = ring[head];
    head = (head + 1) & (ring.length - 1);
    waiting--;
  }

  /** Moves a running request to the head of waiting, behind those that are ready. */
  void preempt(final int index) {
    insert(ready, running[index]);
    System.arraycopy(running, index + 1, running, index, runningCount - index - 1);
    runningCount--;
  }

  private void insert(final int place, final int request) {
    grow();
    head = (head - 1) & (ring.length - 1);
    for (int i = 0; i < place; i++) {
      ring[(head + i) & (ring.length - 1)] = waitingAt(i + 1);
    }
    ring[(head + place) & (ring.length - 1)] = request;
    waiting++;
  }

  /** Drops the running requests that are marked, keeping the order of the others. */
  void dropMarked(final boolean[] marks) {
    int kept = 0;
    for (int i = 0; i < runningCount; i++) {
      if (!marks[running[i]]) {
        running[kept++] = running[i];
      }
    }
    runningCount = kept;
  }

  private void grow() {
    if (waiting == ring.length) {
      final int[] larger = Arrays.copyOf(ring, 2 * waiting);
      // The part before head wrapped round: it follows the old end now.
      System.arraycopy(ring, 0, larger, waiting, head);
      ring = larger;
    }
  }
}
