package org.inferchip.serving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Caches on their way from instances that compute prompts to those that decode. A request asks for
 * room where it will decode: at its first step if layers are sent one by one, else at its first
 * token. Room is given in the order of asking, not before requests that were preempted there; until
 * the cache has come, it stays at the sender too, so that a full receiver holds senders back.
 */
final class Transfers implements Outlet {
  private static final long NEVER = -1;

  private final Requests requests;
  private final Handover link;
  private final int senders;
  private final List<ServingLoop> receivers;
  private final RequestRouter router;
  private final int[] from;
  private final int[] to;
  private final int[] cached;
  private final long[] begun;
  private final long[] computed;
  private final long[] room;
  private final long[] start;
  private final long[] end;
  private final long[] senderFree;
  private final long[] receiverFree;
  private final boolean[] freed;
  private final List<Deque<Integer>> asking = new ArrayList<>();
  private final PriorityQueue<Integer> onTheWay;
  private long count;
  private long bytes;
  private long portPicos;
  private long area;

  Transfers(
      final Requests requests,
      final Handover link,
      final int senders,
      final List<ServingLoop> receivers,
      final int[] from,
      final RequestRouter router) {
    this.requests = requests;
    this.link = link;
    this.senders = senders;
    this.receivers = receivers;
    this.from = from;
    this.router = router;
    final int size = requests.table().size();
    to = new int[size];
    cached = new int[size];
    begun = nevers(size);
    computed = nevers(size);
    room = nevers(size);
    start = nevers(size);
    end = nevers(size);
    senderFree = new long[senders];
    receiverFree = new long[receivers.size()];
    freed = new boolean[receivers.size()];
    receivers.forEach(receiver -> asking.add(new ArrayDeque<>()));
    onTheWay =
        new PriorityQueue<>(
            (a, b) -> end[a] != end[b] ? Long.compare(end[a], end[b]) : Integer.compare(a, b));
  }

  private static long[] nevers(final int size) {
    final long[] times = new long[size];
    Arrays.fill(times, NEVER);
    return times;
  }

  @Override
  public void scheduled(final int request, final long now) {
    // A client's limit of one token is known: nothing will be handed over.
    if (link.layered() && begun[request] == NEVER && requests.table().outputTokens(request) > 1) {
      begun[request] = now;
      ask(request);
    }
  }

  @Override
  public void lost(final int request, final long now) {
    if (begun[request] == NEVER) {
      return;
    }
    begun[request] = NEVER;
    asking.get(to[request]).remove(request);
    final ServingLoop receiver = receivers.get(to[request]);
    if (room[request] != NEVER) {
      receiver.release(request, now);
      freed[to[request]] = true;
      room[request] = NEVER;
    }
    receiver.expectNoMore(request);
  }

  @Override
  public void computed(final int request, final long now) {
    computed[request] = now;
    if (begun[request] == NEVER) {
      begun[request] = now;
      ask(request);
    } else if (room[request] != NEVER) {
      send(request);
    }
  }

  private void ask(final int request) {
    to[request] = router.choose(request);
    receivers.get(to[request]).expect(request);
    asking.get(to[request]).add(request);
  }

  /** Gives room at an instance to those who ask for it, while there is some. */
  void giveRoom(final int receiver, final long now) {
    final Deque<Integer> queue = asking.get(receiver);
    while (!queue.isEmpty()) {
      final int request = queue.getFirst();
      final int found = receivers.get(receiver).reserve(request, now);
      if (found < 0) {
        return;
      }
      queue.removeFirst();
      cached[request] = found;
      room[request] = now;
      if (computed[request] != NEVER) {
        send(request);
      }
    }
  }

  /** Whether an instance has got blocks back since this was last asked. */
  boolean takeFreed(final int receiver) {
    final boolean was = freed[receiver];
    freed[receiver] = false;
    return was;
  }

  private void send(final int r) {
    final long sent = link.bytes().of(requests.table().promptTokens(r), cached[r]);
    final long wire = link.wirePicos(sent);
    final long firstLayer = begun[r] + (computed[r] - begun[r]) / link.layers();
    final long earliest = Math.max(firstLayer, room[r]);
    final int sender = from[r];
    start[r] = Math.max(earliest, Math.max(senderFree[sender], receiverFree[to[r]]));
    final long lastLayer = (wire + link.layers() - 1) / link.layers();
    final long done = Math.max(start[r] + wire, computed[r] + lastLayer);
    senderFree[sender] = done;
    receiverFree[to[r]] = done;
    portPicos += done - start[r];
    end[r] = done + link.latencyPicos();
    bytes += sent;
    count++;
    onTheWay.add(r);
  }

  /** When the next cache is there; {@link Long#MAX_VALUE} if none is on its way. */
  long nextPicos() {
    return onTheWay.isEmpty() ? Long.MAX_VALUE : end[onTheWay.peek()];
  }

  /** Takes the cache that is there next: its request decodes from now on. */
  int arrive() {
    final int request = onTheWay.remove();
    area += end[request] - computed[request];
    return request;
  }

  /** The run is over: those on the way have been in the system until now. */
  void close(final long now) {
    for (int i = 0; i < computed.length; i++) {
      if (computed[i] != NEVER && end[i] == NEVER) {
        area += now - computed[i];
      }
    }
    for (final int request : onTheWay) {
      area += now - computed[request];
    }
  }

  /** Whether a request has been given to an instance that decodes. */
  boolean isHandedOver(final int request) {
    return begun[request] != NEVER;
  }

  /** The number of that instance. */
  int to(final int request) {
    return to[request];
  }

  /** Requests on the way x picoseconds, modulo 2^64. */
  long area() {
    return area;
  }

  /** What happened, and where the time of completed requests went. */
  HandoverUse use(final List<RequestRecord> records, final long durationPicos) {
    final long[] sums = new long[6];
    long completed = 0;
    long notSent = 0;
    for (int i = 0; i < records.size(); i++) {
      final RequestRecord record = records.get(i);
      if (end[i] != NEVER) {
        notSent += cached[i];
      }
      if (record.outcome() == RequestRecord.Outcome.COMPLETED) {
        completed++;
        final long[] parts = parts(i, record);
        for (int part = 0; part < sums.length; part++) {
          sums[part] += parts[part];
        }
      }
    }
    final double each = Math.max(1, completed) * 1e9;
    final double ports = Math.max(1, durationPicos);
    return new HandoverUse(
        count,
        bytes,
        notSent,
        portPicos / ports / senders,
        portPicos / ports / receivers.size(),
        sums[0] / each,
        sums[1] / each,
        sums[2] / each,
        sums[3] / each,
        sums[4] / each,
        sums[5] / each);
  }

  /** Queueing, prefill, room, link, transfer and decode of a completed request. */
  long[] parts(final int i, final RequestRecord record) {
    final long first = record.firstTokenPicos();
    final long roomAt = end[i] == NEVER ? first : Math.max(first, room[i]);
    final long startAt = end[i] == NEVER ? first : Math.max(roomAt, start[i]);
    final long endAt = end[i] == NEVER ? first : end[i];
    return new long[] {
      record.scheduledPicos() - record.arrivalPicos(),
      first - record.scheduledPicos(),
      roomAt - first,
      startAt - roomAt,
      endAt - startAt,
      record.lastTokenPicos() - endAt
    };
  }
}
