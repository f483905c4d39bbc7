package org.inferchip.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;

/** What a reader must know before using the numbers of a run. */
final class Warnings {
  private final Trace trace;
  private final List<String> texts = new ArrayList<>();

  private Warnings(final Trace trace) {
    this.trace = trace;
  }

  static List<String> of(
      final Trace trace,
      final ServingConfig config,
      final RequestCounts counts,
      final Latencies latencies,
      final boolean saturated) {
    final Warnings warnings = new Warnings(trace);
    if (saturated) {
      warnings.texts.add(
          "saturated: the queue grew all the time requests arrived, so latencies depend on the"
              + " length of the trace");
    }
    counts
        .reasons()
        .forEach((why, count) -> warnings.texts.add(count + " rejected: " + why.reason()));
    if (latencies.ttft().count() < Distribution.STEADY_COUNT) {
      warnings.texts.add(
          "99th percentiles rest on "
              + latencies.ttft().count()
              + " requests, fewer than "
              + Distribution.STEADY_COUNT);
    }
    if (!config.cachesPrefixes()) {
      warnings.unused(
          "share blocks or prefixes with others; prefix caching is off", Request::tellsContent);
    }
    warnings.addUnused();
    return warnings.texts;
  }

  /** What the trace asks for and this scheduler does not do. */
  private void addUnused() {
    unused("have a priority; served first come, first served", r -> r.priority() != 0);
    unused(
        "have a deadline or give up; served to the end",
        r -> r.deadlineNanos() != Request.UNTIMED || r.cancelAfterNanos() != Request.UNTIMED);
    unused("name an adapter; served by the base model", r -> !r.lora().isEmpty());
    unused("name a model; served by the run's", r -> !r.model().isEmpty());
    unused("ask for several samples; served one", r -> r.samples() > 1);
    unused("have images; only their prompt tokens count", r -> r.images() > 0);
  }

  private void unused(final String what, final Predicate<Request> which) {
    final long count = trace.requests().stream().filter(which).count();
    if (count > 0) {
      texts.add(count + " requests " + what);
    }
  }
}
