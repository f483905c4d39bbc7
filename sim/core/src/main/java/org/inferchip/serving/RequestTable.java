package org.inferchip.serving;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.trace.BlockScheme;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;

/**
 * The requests of a trace as flat arrays by index, in trace order. A request arrives when the trace
 * says, or if it waits for others, when all of these have ended and its delay is over, but not
 * before the time that the trace gives.
 */
final class RequestTable {
  private static final long PICOS_PER_NANO = 1_000;

  private final List<Request> requests;
  private final int[] promptTokens;
  private final int[] outputTokens;
  private final int[] waits;
  private final int[][] followers;
  private final BlockScheme scheme;

  private RequestTable(final Trace trace) {
    requests = trace.requests();
    scheme = trace.scheme();
    final int count = requests.size();
    promptTokens = new int[count];
    outputTokens = new int[count];
    waits = new int[count];
    followers = new int[count][];
    for (int i = 0; i < count; i++) {
      final Request request = requests.get(i);
      promptTokens[i] = request.inputTokens();
      outputTokens[i] =
          request.maxOutputTokens() > 0
              ? Math.min(request.outputTokens(), request.maxOutputTokens())
              : request.outputTokens();
      waits[i] = request.waitFor().size();
    }
    linkFollowers();
  }

  static RequestTable of(final Trace trace) {
    return new RequestTable(trace);
  }

  int size() {
    return requests.size();
  }

  Request request(final int index) {
    return requests.get(index);
  }

  /** How block identifiers of the requests are to be read. */
  BlockScheme scheme() {
    return scheme;
  }

  int[] promptTokens() {
    return promptTokens;
  }

  int promptTokens(final int index) {
    return promptTokens[index];
  }

  /** Tokens that the request generates, capped by the client's limit. */
  int outputTokens(final int index) {
    return outputTokens[index];
  }

  /** Requests that must end before this one. */
  int waits(final int index) {
    return waits[index];
  }

  /** Requests that wait for this one; null if none. */
  int[] followers(final int index) {
    return followers[index];
  }

  /** Arrival that the trace gives, or 0. */
  long earliestPicos(final int index) {
    return requests.get(index).isTimed() ? requests.get(index).arrivalPicos() : 0;
  }

  /** The last arrival that the trace gives, or 0. */
  long lastArrivalPicos() {
    long last = 0;
    for (int i = 0; i < size(); i++) {
      last = Math.max(last, earliestPicos(i));
    }
    return last;
  }

  /** Think and tool time after the requests that this one waits for. */
  long delayPicos(final int index) {
    final Request request = requests.get(index);
    return Math.multiplyExact(
        Math.addExact(request.delayNanos(), request.toolWaitNanos()), PICOS_PER_NANO);
  }

  private void linkFollowers() {
    final Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < size(); i++) {
      indexes.put(requests.get(i).id(), i);
    }
    for (int i = 0; i < size(); i++) {
      for (final String name : requests.get(i).waitFor()) {
        final int before = indexes.get(name);
        final int[] known = followers[before] == null ? new int[0] : followers[before];
        followers[before] = Arrays.copyOf(known, known.length + 1);
        followers[before][known.length] = i;
      }
    }
  }
}
