package org.inferchip.serving;

import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.inferchip.trace.Request;

/**
 * Chooses the instance that takes a request, at the instant of its arrival: it knows what came and
 * ended everywhere until then, and what prefix caches hold. Nobody moves later. The way through the
 * router takes no time (the front end's is each instance's own).
 *
 * <p>Affinity to prefixes is that of SGLang's cache-aware router (its defaults, recalled): load is
 * uneven where the most loaded instance has over {@value #UNEVEN_BY} requests more than the least
 * loaded one and over {@value #UNEVEN_TIMES} times as many.
 */
final class RequestRouter {
  /** Share of a prompt that must be cached for an instance to be preferred. */
  static final double MATCH = 0.3;

  static final int UNEVEN_BY = 64;
  static final double UNEVEN_TIMES = 1.5;

  private final RouterPolicy policy;
  private final RequestTable table;
  private final List<ServingLoop> loops;
  private final Random random;
  private int last = -1;

  RequestRouter(
      final RouterPolicy policy,
      final RequestTable table,
      final List<ServingLoop> loops,
      final long seed) {
    this.policy = policy;
    this.table = table;
    this.loops = loops;
    random = new Random(seed);
  }

  /** The number of the instance that takes a request. */
  int choose(final int request) {
    if (loops.size() > 1) {
      last =
          switch (policy) {
            case ROUND_ROBIN -> (last + 1) % loops.size();
            case RANDOM -> random.nextInt(loops.size());
            case LEAST_REQUESTS -> leastRequests();
            case LEAST_TOKENS -> least(ServingLoop::outstandingTokens);
            case SESSION -> bySession(request);
            case PREFIX -> byPrefix(request);
          };
    } else {
      last = 0;
    }
    return last;
  }

  private int leastRequests() {
    return least(ServingLoop::outstanding);
  }

  private int least(final ToLongFunction<ServingLoop> of) {
    int best = -1;
    long least = Long.MAX_VALUE;
    for (int i = 1; i <= loops.size(); i++) {
      final int candidate = (last + i) % loops.size();
      final long value = of.applyAsLong(loops.get(candidate));
      if (value < least) {
        least = value;
        best = candidate;
      }
    }
    return best;
  }

  private int bySession(final int request) {
    final Request r = table.request(request);
    final String key = r.session().isEmpty() ? r.prefixGroup() : r.session();
    return key.isEmpty() ? leastRequests() : (int) Long.remainderUnsigned(hash(key), loops.size());
  }

  private int byPrefix(final int request) {
    final int best = least(loop -> -(long) loop.cachedTokens(request));
    final int cached = loops.get(best).cachedTokens(request);
    return isUneven() || cached <= MATCH * table.promptTokens(request) ? leastRequests() : best;
  }

  private boolean isUneven() {
    long fewest = Long.MAX_VALUE;
    long most = 0;
    for (final ServingLoop loop : loops) {
      fewest = Math.min(fewest, loop.outstanding());
      most = Math.max(most, loop.outstanding());
    }
    return most - fewest > UNEVEN_BY && most > UNEVEN_TIMES * fewest;
  }

  /** FNV-1a of 64 bits over the UTF-16 units. */
  private static long hash(final String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash ^ hash >>> 32;
  }
}
