package org.inferchip.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inferchip.explore.Scenario;
import org.inferchip.trace.ArrivalProcess;
import org.inferchip.trace.ClockResets;
import org.inferchip.trace.ReadOptions;
import org.inferchip.trace.Trace;
import org.inferchip.trace.TraceFormat;
import org.inferchip.trace.Traces;
import org.inferchip.trace.Transform;
import org.inferchip.trace.Transforms;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import picocli.CommandLine.Option;

/**
 * How a trace is read and changed, for every command that takes one. Changes are made in this
 * order: window, thin, spread-ticks, arrivals, scale-rate or rate, max-requests.
 */
final class TraceOptions {
  @Option(
      names = "--trace-format",
      paramLabel = "FORMAT",
      order = 61,
      description = "The trace's format (default: told from its first line).")
  private TraceFormat format;

  @Option(
      names = "--clock-resets",
      paramLabel = "HOW",
      order = 62,
      defaultValue = "append",
      description =
          "When the trace's clock goes back by most of its span: append what follows, sort all,"
              + " or refuse (default: ${DEFAULT-VALUE}).")
  private ClockResets resets;

  @Option(
      names = "--arrivals",
      paramLabel = "PROCESS",
      order = 63,
      description =
          "Draw arrivals anew: poisson:RATE, gamma:RATE:CV, weibull:RATE:CV, lognormal:RATE:CV or"
              + " constant:RATE, in requests a second. Traces with lengths only need it.")
  private String arrivals;

  @Option(
      names = "--window",
      paramLabel = "FROM:TO",
      order = 64,
      description = "Keep arrivals between these seconds, counted from the first of them.")
  private String window;

  @Option(
      names = "--thin",
      paramLabel = "SHARE",
      order = 65,
      description = "Keep each request with this probability.")
  private Double thin;

  @Option(
      names = "--spread-ticks",
      order = 66,
      description = "Spread arrivals of a coarse clock over its ticks.")
  private boolean spreadTicks;

  @Option(
      names = "--scale-rate",
      paramLabel = "FACTOR",
      order = 67,
      description = "Divide arrivals by this: 2 doubles the rate.")
  private Double scaleRate;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      order = 68,
      description = "Scale the mean rate to this many requests a second.")
  private Double rate;

  @Option(
      names = "--max-requests",
      paramLabel = "N",
      order = 69,
      description = "Keep the first N requests.")
  private Integer maxRequests;

  void fillFrom(final Scenario scenario) {
    maxRequests = maxRequests == null ? scenario.maxRequests().orElse(null) : maxRequests;
  }

  /** Adds what is wrong with the options. */
  void check(final Problems problems) {
    positive(problems, "--scale-rate", scaleRate, 1e9);
    positive(problems, "--rate", rate, 1e9);
    positive(problems, "--thin", thin, 1);
    if (scaleRate != null && rate != null) {
      add(problems, "--rate", "cannot stand beside --scale-rate", rate.toString(), "one of them");
    }
    if (maxRequests != null && maxRequests < 1) {
      add(problems, "--max-requests", "not a number of requests", maxRequests + "", "1 or more");
    }
    if (arrivals != null && ArrivalProcess.parse(arrivals).isEmpty()) {
      add(
          problems,
          "--arrivals",
          "not an arrival process",
          quoted(arrivals),
          ArrivalProcess.shapes() + ", with a rate above 0");
    }
    if (window != null && bounds() == null) {
      add(problems, "--window", "not a window", quoted(window), "seconds FROM:TO, 0 <= FROM < TO");
    }
  }

  /** Reads a trace and changes it. */
  Trace read(final String nameOrPath, final long seed) {
    final Optional<ArrivalProcess> process =
        Optional.ofNullable(arrivals).flatMap(ArrivalProcess::parse);
    final ReadOptions options = new ReadOptions(Optional.ofNullable(format), resets, process, seed);
    final Trace trace = Traces.here().read(nameOrPath, options);
    final boolean drawn =
        trace.notes().stream().anyMatch(note -> note.code().equals("arrivals_made"));
    return Transform.applyAll(trace, transforms(drawn ? Optional.empty() : process), seed);
  }

  private List<Transform> transforms(final Optional<ArrivalProcess> process) {
    final List<Transform> transforms = new ArrayList<>();
    if (window != null) {
      transforms.add(Transforms.window(bounds()[0], bounds()[1]));
    }
    if (thin != null) {
      transforms.add(Transforms.thin(thin));
    }
    if (spreadTicks) {
      transforms.add(Transforms.spreadTicks());
    }
    process.map(Transforms::resample).ifPresent(transforms::add);
    if (scaleRate != null) {
      transforms.add(Transforms.scaleRate(scaleRate));
    }
    if (rate != null) {
      transforms.add(Transforms.rate(rate));
    }
    if (maxRequests != null) {
      transforms.add(Transforms.first(maxRequests));
    }
    return transforms;
  }

  /** The window's two ends in seconds, or null where it is none. */
  private double[] bounds() {
    if (!window.matches("\\d{1,9}(\\.\\d{1,9})?:\\d{1,9}(\\.\\d{1,9})?")) {
      return null;
    }
    final String[] parts = window.split(":");
    final double from = Double.parseDouble(parts[0]);
    final double to = Double.parseDouble(parts[1]);
    return from < to ? new double[] {from, to} : null;
  }

  private static void positive(
      final Problems problems, final String name, final Double value, final double most) {
    if (value != null && !(value > 0 && value < most || value == most)) {
      add(problems, name, "out of range", value.toString(), "above 0, at most " + most);
    }
  }

  private static String quoted(final String text) {
    return text.isEmpty() ? "\"\"" : text;
  }

  private static void add(
      final Problems problems,
      final String key,
      final String message,
      final String found,
      final String expected) {
    problems.add(new Problem(CommandLineProblems.PLACE, 0, 0, key, message, found, expected, ""));
  }
}
