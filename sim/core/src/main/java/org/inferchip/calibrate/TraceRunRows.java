package org.inferchip.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.inferchip.model.Model;
import org.inferchip.serving.Distribution;
import org.inferchip.simulation.Plan;
import org.inferchip.trace.ReadOptions;
import org.inferchip.trace.Request;
import org.inferchip.trace.Trace;
import org.inferchip.trace.TraceReader;

/**
 * Runs of a serving engine whose requests were written down with their times: mean time per output
 * token, to first token and end to end of a trace (its file stands beside the table). Replayed with
 * the arrivals and lengths of the trace.
 *
 * <p>{@code measured_at} is {@code engine} where times are of the engine's own records, so that its
 * front end is not in them, else {@code client}.
 */
final class TraceRunRows implements RowReader {
  private static final double MICROS_PER_NANO = 1e-3;
  private static final double MICROS_PER_MILLI = 1e3;

  @Override
  public String kind() {
    return "runs of a trace by a serving engine";
  }

  @Override
  public List<String> columns() {
    return List.of(
        "trace",
        "measured_at",
        "backend",
        "model",
        "system",
        "precision",
        "tp_size",
        "max_num_batched_tokens",
        "max_num_seqs");
  }

  @Override
  public String metric() {
    return "tpot";
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    for (final MeasuredRow row : file.rows()) {
      final Optional<String> system = targets.system(row.text("system"), skips);
      final Optional<Model> model =
          system.flatMap(found -> targets.model(row.text("model"), skips));
      if (model.isPresent()) {
        final Trace trace =
            TraceReader.read(
                Path.of(file.name()).resolveSibling(row.text("trace")), ReadOptions.defaults());
        new One(list, row, targets, skips, trace).add(system.get(), model.get());
      }
    }
    return list;
  }

  /** One row, its trace, and where its measurements go. */
  private record One(
      List<Measurement> list, MeasuredRow row, Targets targets, Skips skips, Trace trace) {
    void add(final String system, final Model model) {
      final String device = row.text("system");
      final int chips = row.whole("tp_size");
      final String release =
          targets.aliases().release(row.text("backend"), row.text("backend_version"), device);
      final Optional<ServedModel> found =
          ServedModel.of(
              targets,
              system,
              device,
              release,
              row.text("backend_version"),
              row.text("precision"),
              model,
              chips,
              Plan.Ranks.ONE,
              Deployment.USUAL,
              skips);
      if (found.isEmpty()) {
        return;
      }
      final Target target = found.get().target();
      final int sequences = row.whole("max_num_seqs");
      final Replay run =
          Replay.of(
              trace,
              row.whole("max_num_batched_tokens"),
              sequences,
              "engine".equals(row.text("measured_at")),
              found.get().plan(),
              target.operators());
      final double context =
          (trace.inputTokens() + trace.outputTokens() / 2.0) / trace.requests().size();
      final StepRoofline steps = found.get().steps(context);
      final int users = Math.min(sequences, trace.requests().size());
      final Roofline roofline = (l, c, m) -> steps.micros(users, l, c, m);
      metric("tpot", One::tpotNanos, model, target, roofline, () -> run.latencies().tpot());
      metric(
          "ttft",
          Request::recordedTtftNanos,
          model,
          target,
          roofline,
          () -> run.latencies().ttft());
      metric(
          "e2e", Request::recordedE2eNanos, model, target, roofline, () -> run.latencies().e2e());
    }

    private static double tpotNanos(final Request one) {
      return (double) (one.recordedE2eNanos() - one.recordedTtftNanos()) / (one.outputTokens() - 1);
    }

    private void metric(
        final String metric,
        final ToDoubleFunction<Request> nanos,
        final Model model,
        final Target target,
        final Roofline roofline,
        final Supplier<Distribution> millis) {
      final OptionalDouble measured =
          trace.requests().stream()
              .filter(one -> one.recordedE2eNanos() != Request.UNTIMED)
              .filter(one -> !"tpot".equals(metric) || one.outputTokens() > 1)
              .mapToDouble(nanos)
              .average();
      if (measured.isEmpty()) {
        skips.add("the trace has no measured times");
        return;
      }
      list.add(
          Measurement.of(
              row,
              target.serving(
                  row.text("system"), row.text("precision"), row.text("backend"), metric),
              model.name(),
              measured.getAsDouble() * MICROS_PER_NANO,
              roofline,
              () -> Prediction.ofMany(millis.get().mean() * MICROS_PER_MILLI)));
    }
  }
}
