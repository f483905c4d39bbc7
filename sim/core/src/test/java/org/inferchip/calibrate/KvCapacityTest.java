package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.inferchip.SharedData;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.simulation.Plan;
import org.junit.jupiter.api.Test;

/** Sizes of the KV cache against the blocks that vLLM reported when it started. */
class KvCapacityTest {
  @Test
  void shouldLeaveTheCacheTheBlocksThatTheEngineReported() {
    final MeasuredFile file = MeasuredFile.read(SharedData.file("measured/serving_runs.csv"));
    final Targets targets =
        new Targets(new Descriptions(new Catalog(Path.of("target", "no-such-folder"))), List.of());
    final Set<String> checked = new HashSet<>();
    for (final MeasuredRow row : file.rows()) {
      final OptionalDouble blocks = row.number("total_kv_blocks");
      final Skips skips = new Skips();
      final Optional<Model> model = targets.model(row.text("model"), skips);
      // What of an 8-bit checkpoint stays wide, and its image tower, are not described.
      final boolean whole = row.text("precision").equals("FP16");
      if (blocks.isEmpty() || model.isEmpty() || !whole) {
        continue;
      }
      final int chips = row.whole("tp");
      final Plan plan =
          Plan.of(
              targets.read(
                  targets.system(row.text("gpu"), skips).orElseThrow(), Optional.empty(), chips),
              model.get(),
              new Plan.Wishes(Optional.of(chips), Optional.of(1), Optional.of(Format.FP16)));
      assertEquals(
          blocks.getAsDouble(),
          plan.kvBlocks(),
          0.02 * blocks.getAsDouble(),
          model.get().name() + " on " + chips);
      checked.add(model.get().name() + " " + chips);
    }
    assertEquals(6, checked.size());
  }
}
