package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.ScaleUp;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Collective.Kind;

/**
 * Collectives among devices of one node: time of one, launch included. The roofline is the usual
 * alpha-beta law: launch plus the bytes that the busiest device must send. A column {@code impl}
 * that has a stack of its own in the alias list (graph or eager launches) stands for the framework.
 *
 * <p>Sites are message sizes: what is fitted on some sizes is scored on others.
 */
final class CollectiveRows implements RowReader {
  private static final Map<String, Kind> KINDS =
      Map.of(
          "all_reduce", Kind.ALL_REDUCE,
          "all_gather", Kind.ALL_GATHER,
          "reduce_scatter", Kind.REDUCE_SCATTER,
          "all_to_all", Kind.ALL_TO_ALL,
          "alltoall", Kind.ALL_TO_ALL,
          "send", Kind.SEND,
          "p2p", Kind.SEND);

  @Override
  public String kind() {
    return "collectives";
  }

  @Override
  public List<String> columns() {
    return List.of("device", "op", "dtype", "n_devices", "bytes", "latency_us", "framework");
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    for (final MeasuredRow row : file.rows()) {
      final int devices = row.whole("n_devices");
      final double bytes = row.required("bytes");
      final double micros = row.required("latency_us");
      final int together = row.number("devices_per_node").isEmpty() ? devices : perNode(row);
      if (together < devices) {
        skips.add("devices of several nodes: the network between nodes is not described");
        continue;
      }
      final Optional<String> system = targets.system(row.text("device"), skips);
      if (system.isPresent()) {
        final Target target = target(targets, system.get(), row);
        operator(row, targets, target, devices, bytes, skips)
            .ifPresent(op -> list.add(measurement(row, target, op, micros, pace(row, targets))));
      }
    }
    return list;
  }

  private static int perNode(final MeasuredRow row) {
    return row.whole("devices_per_node");
  }

  private static Target target(final Targets targets, final String system, final MeasuredRow row) {
    final String device = row.text("device");
    final String way = row.text("impl");
    final boolean named = !way.isEmpty() && targets.aliases().stack(way, device).isPresent();
    final String framework = named ? way : row.text("framework");
    return targets.target(
        system, targets.aliases().release(framework, row.text("version"), device), device);
  }

  private static Optional<Collective> operator(
      final MeasuredRow row,
      final Targets targets,
      final Target target,
      final int devices,
      final double bytes,
      final Skips skips) {
    final Kind kind = KINDS.get(row.text("op").toLowerCase(Locale.ROOT));
    if (kind == null) {
      skips.add("collective " + row.text("op") + " is not known");
      return Optional.empty();
    }
    if (!targets.joins(target, devices, skips)) {
      return Optional.empty();
    }
    final Optional<Format> format = targets.aliases().format(row.text("dtype"));
    if (format.isEmpty()) {
      skips.add("number format " + row.text("dtype") + " is not known");
      return Optional.empty();
    }
    final double elements = Math.max(1, Math.floor(bytes * 8 / format.get().bits()));
    if (elements > Integer.MAX_VALUE) {
      skips.add("message of 2^31 elements or more");
      return Optional.empty();
    }
    final boolean parts = kind != Kind.ALL_REDUCE && kind != Kind.SEND;
    if (parts && elements % devices != 0 || kind == Kind.SEND && devices != 2) {
      skips.add("message that is no equal part for each device");
      return Optional.empty();
    }
    return Optional.of(
        new Collective(row.text("op"), kind, (long) elements, format.get(), devices));
  }

  private static Measurement measurement(
      final MeasuredRow row,
      final Target target,
      final Collective op,
      final double micros,
      final double pace) {
    return Measurement.of(
        row,
        target.setUp(row.text("device"), op.name(), row.text("dtype"), label(row)),
        Long.toString(op.messageBytes()),
        micros,
        Roofline.of(
            0,
            1,
            op.compulsoryLinkBytes(),
            target.chip().scaleUp().map(ScaleUp::bandwidth).orElse(1.0)),
        () -> Prediction.of(target.operators().simulate(op)).least(pace * 1e6));
  }

  private static double pace(final MeasuredRow row, final Targets targets) {
    return targets
        .aliases()
        .hostPace(
            row.text("framework") + "@" + row.text("version"),
            row.text("kernel"),
            row.text("device"));
  }

  private static String label(final MeasuredRow row) {
    final String way = row.text("impl");
    final String framework = row.text("framework");
    return way.isEmpty() || way.startsWith(framework) && way.length() == framework.length()
        ? framework
        : framework + " " + way;
  }
}
