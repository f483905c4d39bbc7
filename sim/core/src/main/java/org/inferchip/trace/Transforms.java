package org.inferchip.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.commons.math3.random.RandomGenerator;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/** The transforms. Times between dependent requests (think and tool time) are never changed. */
public final class Transforms {
  private static final double NANOS_PER_SECOND = 1e9;

  private Transforms() {}

  /** Divides all arrivals by a factor: 2 doubles the rate. */
  public static Transform scaleRate(final double factor) {
    require(factor > 0 && factor < NANOS_PER_SECOND, "scale-rate", factor);
    return (trace, seed) ->
        change(
            trace,
            trace.requests().stream()
                .map(r -> r.isTimed() ? r.at(scaled(trace, r, factor)) : r)
                .toList(),
            "",
            "scaled_rate",
            "arrivals were divided by " + Decimal.text(factor));
  }

  private static long scaled(final Trace trace, final Request request, final double factor) {
    final double nanos = request.arrivalNanos() / factor;
    if (nanos > Long.MAX_VALUE / 4.0) {
      throw refuse(trace, "scale-rate " + Decimal.text(factor) + " puts arrivals beyond 73 years");
    }
    return Math.round(nanos);
  }

  /** Scales the rate to so many requests a second, by the mean over the trace's span. */
  public static Transform rate(final double requestsPerSecond) {
    require(requestsPerSecond > 0, "rate", requestsPerSecond);
    return (trace, seed) -> {
      final long timed = trace.requests().stream().filter(Request::isTimed).count();
      if (trace.spanNanos() == 0) {
        throw refuse(trace, "the trace has no rate: all requests arrive at once");
      }
      final double now = (timed - 1) * NANOS_PER_SECOND / trace.spanNanos();
      return scaleRate(requestsPerSecond / now).apply(trace, seed);
    };
  }

  /** Keeps arrivals from one time to before another, and counts time from the first of these. */
  public static Transform window(final double fromSeconds, final double toSeconds) {
    require(fromSeconds >= 0 && toSeconds > fromSeconds, "window", fromSeconds);
    final long from = Math.round(fromSeconds * NANOS_PER_SECOND);
    final long to = Math.round(toSeconds * NANOS_PER_SECOND);
    return (trace, seed) -> {
      final Trace cut =
          keep(
              trace,
              r -> r.arrivalNanos() >= from && r.arrivalNanos() < to,
              "outside_window",
              "window",
              "arrivals from "
                  + Decimal.text(fromSeconds)
                  + " s to before "
                  + Decimal.text(toSeconds)
                  + " s were kept");
      return change(
          cut,
          cut.requests().stream()
              .map(r -> r.isTimed() ? r.at(r.arrivalNanos() - from) : r)
              .toList(),
          "",
          null,
          null);
    };
  }

  /** Keeps each request that waits for none with a probability, and its followers with it. */
  public static Transform thin(final double share) {
    require(share > 0 && share <= 1, "thin", share);
    return (trace, seed) -> {
      final RandomGenerator random = Random.of(seed, Random.THINNING);
      final Set<String> out = new HashSet<>();
      for (final Request request : trace.requests()) {
        if (request.waitFor().isEmpty() && random.nextDouble() >= share) {
          out.add(request.id());
        }
      }
      return keep(
          trace,
          r -> !out.contains(r.id()),
          "thinned",
          "thin",
          "each request was kept with probability " + Decimal.text(share) + ", seed " + seed);
    };
  }

  /** Keeps the first requests in order of arrival. */
  public static Transform first(final int requests) {
    require(requests >= 1, "max-requests", requests);
    return (trace, seed) -> {
      final Set<String> in = new HashSet<>();
      trace.requests().stream().limit(requests).forEach(r -> in.add(r.id()));
      return keep(
          trace,
          r -> in.contains(r.id()),
          "after_first_requests",
          "max_requests",
          "the first " + requests + " requests were kept");
    };
  }

  /**
   * Undoes a coarse clock: requests of one tick are spread uniformly over it, their order kept. The
   * tick is the distance to the next timestamp, at most the median one.
   */
  public static Transform spreadTicks() {
    return (trace, seed) -> {
      final Ticks ticks = Ticks.of(trace.requests().stream().mapToLong(Request::arrivalNanos));
      if (!ticks.isQuantised()) {
        throw refuse(
            trace,
            "arrivals are not quantised, so there are no ticks to spread: "
                + ticks.requests()
                + " requests on "
                + ticks.distinct()
                + " timestamps");
      }
      return change(
          trace,
          spread(trace.requests(), ticks.tickNanos(), Random.of(seed, Random.SPREADING)),
          "",
          "spread_ticks",
          "arrivals were spread over ticks of about "
              + Clock.seconds(ticks.tickNanos())
              + " s, seed "
              + seed);
    };
  }

  private static List<Request> spread(
      final List<Request> requests, final long tick, final RandomGenerator random) {
    final long[] times =
        requests.stream().filter(Request::isTimed).mapToLong(Request::arrivalNanos).toArray();
    final long[] moved = new long[times.length];
    int start = 0;
    while (start < times.length) {
      int end = start;
      while (end < times.length && times[end] == times[start]) {
        end++;
      }
      final long length = end < times.length ? Math.min(tick, times[end] - times[start]) : tick;
      for (int i = start; i < end; i++) {
        moved[i] = times[start] + (long) (random.nextDouble() * length);
      }
      Arrays.sort(moved, start, end);
      start = end;
    }
    final List<Request> spread = new ArrayList<>();
    int next = 0;
    for (final Request request : requests) {
      spread.add(request.isTimed() ? request.at(moved[next++]) : request);
    }
    return spread;
  }

  /** Draws all arrivals anew, in the order that the requests have. */
  public static Transform resample(final ArrivalProcess process) {
    return (trace, seed) -> {
      final ArrivalProcess.Sampler arrivals = process.sampler(seed);
      return change(
          trace,
          trace.requests().stream().map(r -> r.isTimed() ? r.at(arrivals.next()) : r).toList(),
          "",
          "resampled_arrivals",
          "arrivals were drawn anew: " + process + ", seed " + seed);
    };
  }

  /** Keeps timed requests that pass, and untimed ones that wait for kept ones only. */
  private static Trace keep(
      final Trace trace,
      final Predicate<Request> passes,
      final String reason,
      final String code,
      final String text) {
    final Set<String> out = new HashSet<>();
    final List<Request> kept = new ArrayList<>();
    for (final Request request : byDependence(trace.requests())) {
      final boolean waitsInVain = request.waitFor().stream().anyMatch(out::contains);
      if (waitsInVain
          || request.isTimed() && !passes.test(request)
          || !request.isTimed() && reason.startsWith("after") && !passes.test(request)) {
        out.add(request.id());
      }
    }
    trace.requests().stream().filter(r -> !out.contains(r.id())).forEach(kept::add);
    if (kept.isEmpty()) {
      throw refuse(trace, text + ", and no request is left");
    }
    return change(trace, kept, reason, code, text);
  }

  /** Requests with those they wait for before them. */
  private static List<Request> byDependence(final List<Request> requests) {
    final Map<String, Request> byId = new LinkedHashMap<>();
    requests.forEach(r -> byId.put(r.id(), r));
    final Set<String> done = new HashSet<>();
    final List<Request> order = new ArrayList<>();
    final java.util.ArrayDeque<Request> stack = new java.util.ArrayDeque<>();
    for (final Request request : requests) {
      stack.push(request);
      while (!stack.isEmpty()) {
        final Request top = stack.peek();
        final List<String> open = top.waitFor().stream().filter(id -> !done.contains(id)).toList();
        if (open.isEmpty()) {
          stack.pop();
          if (done.add(top.id())) {
            order.add(top);
          }
        } else {
          open.forEach(id -> stack.push(byId.get(id)));
        }
      }
    }
    return order;
  }

  private static Trace change(
      final Trace trace,
      final List<Request> requests,
      final String reason,
      final String code,
      final String text) {
    final List<Drop> drops = new ArrayList<>(trace.drops());
    final long gone = trace.requests().size() - requests.size();
    if (gone > 0) {
      drops.add(new Drop(reason, gone, 0));
    }
    final List<Note> notes = new ArrayList<>(trace.notes());
    if (code != null) {
      notes.add(new Note(code, requests.size(), text));
    }
    return new Trace(
        trace.name(),
        trace.format(),
        trace.sha256(),
        trace.scheme(),
        trace.tokenizer(),
        trace.source(),
        trace.license(),
        trace.rowsRead(),
        requests,
        drops,
        notes);
  }

  private static void require(final boolean holds, final String name, final double value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " " + value);
    }
  }

  private static InvalidInputException refuse(final Trace trace, final String message) {
    return new InvalidInputException(Problem.ofFile(trace.name(), message));
  }
}
