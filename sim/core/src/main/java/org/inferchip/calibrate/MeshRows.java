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
 * Traced collectives of chips with direct links, in lines and rings, bf16. The chip's own software
 * and links stand for the topology: where the chip has a description, its links say what it is.
 */
final class MeshRows implements RowReader {
  private static final Map<String, Kind> KINDS =
      Map.of(
          "all_reduce", Kind.ALL_REDUCE,
          "all_gather", Kind.ALL_GATHER,
          "reduce_scatter", Kind.REDUCE_SCATTER,
          "all_to_all", Kind.ALL_TO_ALL);

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
      final Target target = targets.target(system.get(), "traced", device);
      final int reach = target.chip().scaleUp().map(ScaleUp::reach).orElse(1);
      if (kind == null) {
        skips.add("collective " + row.text("op") + " is not known");
      } else if (devices > reach || elements < devices || elements % devices != 0) {
        skips.add("message or devices that the links of " + target.chip().name() + " do not take");
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
}
