package org.inferchip.serving;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.inferchip.serving.RequestRecord.Outcome;

/** What happened to each request, in flat arrays, and the gaps between tokens of all of them. */
final class Journal {
  private final RequestTable table;
  private final long[] arrival;
  private final long[] frontEnd;
  private final long[] scheduled;
  private final long[] first;
  private final long[] second;
  private final long[] last;
  private final int[] delivered;
  private final int[] preemptions;
  private final int[] cached;
  private final boolean[] completed;
  private final Rejection[] rejections;
  private final RunLengths gaps = new RunLengths();
  private long longestGap;

  Journal(final RequestTable table) {
    this.table = table;
    final int count = table.size();
    arrival = nevers(count);
    frontEnd = new long[count];
    scheduled = nevers(count);
    first = nevers(count);
    second = nevers(count);
    last = nevers(count);
    delivered = new int[count];
    preemptions = new int[count];
    cached = new int[count];
    completed = new boolean[count];
    rejections = new Rejection[count];
  }

  /** A request that arrived some time ago is through the front end now. */
  void arrived(final int request, final long picos, final long now) {
    arrival[request] = picos;
    frontEnd[request] = now - picos;
  }

  /** What a request spent in the front end. */
  long frontEndPicos(final int request) {
    return frontEnd[request];
  }

  void rejected(final int request, final Rejection why) {
    rejections[request] = why;
  }

  boolean isRejected(final int request) {
    return rejections[request] != null;
  }

  /**
   * A request is in a step.
   *
   * @param context its tokens that need not be computed any more; in its first step those that the
   *     prefix cache holds
   */
  void scheduled(final int request, final long now, final int context) {
    if (scheduled[request] == RequestRecord.NEVER) {
      scheduled[request] = now;
      cached[request] = context;
    }
  }

  void preempted(final int request) {
    preemptions[request]++;
  }

  /**
   * A token was delivered.
   *
   * @return how many the request has now
   */
  int delivered(final int request, final long now) {
    final int count = ++delivered[request];
    if (count == 1) {
      first[request] = now;
    } else {
      gaps.add(now - last[request]);
      longestGap = Math.max(longestGap, now - last[request]);
      if (count == 2) {
        second[request] = now;
      }
    }
    last[request] = now;
    return count;
  }

  /** The one token that a request has was delivered later than it was made. */
  void firstAt(final int request, final long picos) {
    first[request] = picos;
    last[request] = picos;
  }

  void completed(final int request) {
    completed[request] = true;
  }

  /** Gaps between consecutive tokens of one request, of all requests together. */
  RunLengths gaps() {
    return gaps;
  }

  /** The longest of them; 0 without any. */
  long longestGapPicos() {
    return longestGap;
  }

  /** Every request, in trace order. */
  List<RequestRecord> records(final ServingConfig config) {
    final List<RequestRecord> records = new ArrayList<>(arrival.length);
    for (int i = 0; i < arrival.length; i++) {
      records.add(record(i, config));
    }
    return records;
  }

  private RequestRecord record(final int i, final ServingConfig config) {
    final String sloClass = table.request(i).sloClass();
    final RequestRecord without = record(i, sloClass, false);
    return completed[i]
        ? record(
            i,
            sloClass,
            config
                .objectives(sloClass)
                .isMetBy(without.ttftPicos(), without.tpotPicos(), without.e2ePicos()))
        : without;
  }

  private RequestRecord record(final int i, final String sloClass, final boolean met) {
    return new RequestRecord(
        table.request(i).id(),
        sloClass,
        table.promptTokens(i),
        cached[i],
        delivered[i],
        arrival[i],
        scheduled[i],
        first[i],
        second[i],
        last[i],
        preemptions[i],
        outcome(i),
        Optional.ofNullable(rejections[i]),
        met);
  }

  private Outcome outcome(final int i) {
    if (completed[i]) {
      return Outcome.COMPLETED;
    }
    return rejections[i] == null ? Outcome.UNFINISHED : Outcome.REJECTED;
  }

  private static long[] nevers(final int count) {
    final long[] times = new long[count];
    Arrays.fill(times, RequestRecord.NEVER);
    return times;
  }
}
