package org.inferchip.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.Cost;
import org.inferchip.arch.Defaults;
import org.inferchip.arch.Die;
import org.inferchip.arch.Power;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.SystemDescription.Enclosure;
import org.inferchip.arch.SystemDescription.Placement;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.simulation.StepBatch;
import org.inferchip.simulation.StepCost;
import org.inferchip.trace.BlockIds;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;

/** Traces, a system and step costs in closed form for the tests of this package. */
final class Bench {
  static final long MILLISECOND = 1_000_000_000L;

  /** Four chips of 100 W at rest in a box that adds nothing. */
  static final SystemDescription SYSTEM =
      new SystemDescription(
          "test",
          "",
          new Chip(
              "test",
              "",
              1e9,
              null,
              List.of(new Die("die", 1, 100, 0)),
              List.of(new CoreGroup("core", 1, null, null, null, null)),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              new Power(500, 100, 0),
              null,
              new Cost(0, 0, 0, Optional.of(1.0), Optional.empty(), Optional.empty()),
              Map.of(),
              new Defaults("vllm", ""),
              Map.of()),
          4,
          null,
          new Enclosure(0, 0, 1, 0, 0, 1, 4, 0.1, 0, 1),
          new Placement(Optional.empty(), Optional.empty()),
          Map.of());

  private Bench() {}

  /** Every step takes one millisecond and a tenth of a joule of memory energy. */
  static StepCost everyStep(final long latencyPicos) {
    return everyStep(latencyPicos, latencyPicos);
  }

  static StepCost everyStep(final long latencyPicos, final long intervalPicos) {
    final EnergyBreakdown joules = new EnergyBreakdown(7, 0, 0, 0, 0, 0, 0, 0.1, 0, 0);
    return (batch, out) -> out.set(latencyPicos, intervalPicos, batch.prefillTokenShare(), joules);
  }

  /** A step's time by its tokens and contexts: 1 ms + 10 us a token + 1 ns a context token. */
  static StepCost byWork() {
    return (batch, out) -> {
      long picos = MILLISECOND + batch.tokens() * 10_000_000L + batch.decodeContextSum() * 1000;
      for (int i = 0; i < batch.chunks(); i++) {
        picos += batch.chunkContext(i) * 1000L;
      }
      out.set(picos, picos, batch.prefillTokenShare(), EnergyBreakdown.ZERO);
    };
  }

  /** Notes each batch as {@code 8@0 4@16! d20}: tokens @ context, ! sampled, d decode context. */
  static StepCost noting(final StepCost cost, final List<String> notes) {
    return (batch, out) -> {
      notes.add(note(batch));
      cost.cost(batch, out);
    };
  }

  private static String note(final StepBatch batch) {
    final List<String> parts = new ArrayList<>();
    for (int i = 0; i < batch.decodes(); i++) {
      parts.add("d" + batch.decodeContext(i));
    }
    for (int i = 0; i < batch.chunks(); i++) {
      parts.add(
          batch.chunkTokens(i) + "@" + batch.chunkContext(i) + (batch.chunkSampled(i) ? "!" : ""));
    }
    return String.join(" ", parts);
  }

  static Request request(final int index, final long nanos, final int prompt, final int output) {
    return request(index, nanos, prompt, output, List.of(), 0);
  }

  static Request request(
      final int index,
      final long nanos,
      final int prompt,
      final int output,
      final List<String> waitFor,
      final long delayNanos) {
    return request(index, nanos, prompt, output, waitFor, delayNanos, 0);
  }

  static Request request(
      final int index,
      final long nanos,
      final int prompt,
      final int output,
      final List<String> waitFor,
      final long delayNanos,
      final int prefixTokens) {
    return new Request(
        "r" + index,
        index,
        nanos,
        prompt,
        output,
        0,
        BlockIds.NONE,
        prefixTokens > 0 ? "group" : "",
        prefixTokens,
        "",
        0,
        waitFor,
        delayNanos,
        0,
        false,
        "",
        "",
        0,
        Request.DEFAULT_CLASS,
        Request.UNTIMED,
        Request.UNTIMED,
        List.of(),
        1,
        0,
        Request.UNTIMED,
        Request.UNTIMED);
  }

  static Trace trace(final List<Request> requests) {
    return Trace.synthetic("test", requests);
  }

  /** Rows of (arrival in ms, prompt, output). */
  static Trace trace(final int[]... rows) {
    final List<Request> requests = new ArrayList<>();
    for (final int[] row : rows) {
      requests.add(request(requests.size(), row[0] * 1_000_000L, row[1], row[2]));
    }
    return trace(requests);
  }

  static RunResult run(final Trace trace, final ServingConfig config, final StepCost cost) {
    return Serving.run(trace, config, SYSTEM, 1, cost);
  }
}
