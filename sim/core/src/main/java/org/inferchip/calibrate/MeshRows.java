package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.ScaleUp.Topology;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Collective.Kind;

/**
 * Traced collectives of chips with direct links, in lines and rings, bf16. The chip's links to its
 * neighbours are joined to the line or ring that the row names.
 */
final class MeshRows implements RowReader {
  private static final Map<String, Kind> KINDS =
      Map.of(
          "all_reduce", Kind.ALL_REDUCE,
          "all_gather", Kind.ALL_GATHER,
          "reduce_scatter", Kind.REDUCE_SCATTER,
          "all_to_all", Kind.ALL_TO_ALL);

  private static final Map<String, Topology> SHAPES =
      Map.of("line", Topology.LINE, "ring", Topology.RING);

  @Override
  public String kind() {
    return "traced collectives of lines and rings";
  }

  @Override
  public List<String> columns() {
    return List.of("arch", "op", "devices", "topology", "bytes", "time_us");
  }

  @Override
  public List<Measurement> read(final MeasuredFile file, final Targets targets, final Skips skips) {
    final List<Measurement> list = new ArrayList<>();
    final Map<String, Target> made = new HashMap<>();
    for (final MeasuredRow row : file.rows()) {
      final int devices = row.whole("devices");
      final long elements = (long) (row.required("bytes") * 8 / Format.BF16.bits());
      final double micros = row.required("time_us");
      final Kind kind = KINDS.get(row.text("op").toLowerCase(Locale.ROOT));
      final String device = row.text("arch");
      final Optional<String> system = targets.system(device, skips);
      if (system.isEmpty()) {
        continue;
      }
      final Optional<Target> joined =
          joined(targets.target(system.get(), "traced", device), row, devices, made);
      if (joined.isEmpty()) {
        skips.add("devices in a " + row.text("topology") + ", or chips without links");
        continue;
      }
      final Target target = joined.get();
      if (kind == null) {
        skips.add("collective " + row.text("op") + " is not known");
      } else if (elements < devices || elements % devices != 0) {
        skips.add("message that is no equal part for each device");
      } else {
        final Calls calls =
            Calls.of(target, new Collective(row.text("op"), kind, elements, Format.BF16, devices));
        list.add(
            Measurement.of(
                row,
                target.setUp(device, row.text("op"), Format.BF16.key(), row.text("topology")),
                row.text("bytes"),
                micros,
                calls.roofline(),
                calls::predict));
      }
    }
    return list;
  }

  /** The target with its chips in the row's line or ring. */
  private static Optional<Target> joined(
      final Target target,
      final MeasuredRow row,
      final int devices,
      final Map<String, Target> made) {
    final ScaleUp links = target.chip().scaleUp().orElse(null);
    final Topology shape = SHAPES.get(row.text("topology").toLowerCase(Locale.ROOT));
    if (links == null || shape == null || devices < 2) {
      return Optional.empty();
    }
    final ScaleUp one = links.joined(shape, devices);
    return Optional.of(
        made.computeIfAbsent(
            target.chip().name() + " " + shape + " " + one.reach(), key -> target.with(one)));
  }
}
