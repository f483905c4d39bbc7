package org.inferchip.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inferchip.SharedData;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.numerics.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums over the parts of every chip against what its maker states. */
class CataloguePeaksTest {
  private static final double SHARE = 0.02;
  private static final Descriptions PACKED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));
  private static final Map<String, List<Format>> FORMATS =
      Map.of(
          "bf16", List.of(Format.BF16),
          "fp16", List.of(Format.FP16),
          "fp8", List.of(Format.FP8_E4M3),
          "blockfp8", List.of(Format.FP8_E4M3),
          "int8", List.of(Format.INT8));

  static Stream<String> chips() {
    return PACKED.catalog().names(Kind.CHIP.folder(), Catalog.YAML).stream();
  }

  private static Chip chip(final String name) {
    return PACKED.chip(name).value();
  }

  /** Units x multiply-accumulates x 2 x clock, written out. */
  private static double peak(final Chip chip, final Format format) {
    double operations = 0;
    for (final CoreGroup group : chip.cores()) {
      final MatrixUnit unit = group.matrix();
      final int macs = unit.macsPerCycle().getOrDefault(format, 0);
      operations += 2.0 * macs * unit.arrays() * group.count() * chip.clock();
    }
    return operations;
  }

  @Test
  void shouldDescribeAtLeastThirtyChipsOfManyMakers() {
    final List<String> names = chips().toList();
    assertTrue(names.size() >= 30);
    assertTrue(
        names.containsAll(
            List.of(
                "ai100-ultra",
                "apple-m1-max",
                "apple-m2-ultra",
                "apple-m3-ultra",
                "apple-m4",
                "apple-m4-max",
                "apple-m5",
                "gaudi2",
                "gaudi3",
                "inferentia2",
                "maia100",
                "n150",
                "p100",
                "p150",
                "rk3576",
                "rk3588",
                "sn40l",
                "snapdragon-8-elite",
                "snapdragon-x-elite",
                "tpu-v3",
                "tpu-v4",
                "tpu-v5p",
                "tpu-v7",
                "trainium1",
                "trainium2",
                "wormhole",
                "xdna2")));
  }

  @ParameterizedTest
  @MethodSource("chips")
  void shouldReachTheStatedPeakByItsUnits(final String name) {
    final Chip chip = chip(name);
    chip.peak()
        .forEach(
            (format, stated) ->
                assertEquals(stated, peak(chip, format), SHARE * stated, format.key()));
  }

  /** The fact table's own numbers: dense peak, memory, links one way. */
  @ParameterizedTest
  @CsvSource({
    "nvidia_a100_sxm_80g, a100-sxm-80g",
    "nvidia_h100_sxm, h100-sxm",
    "nvidia_h200_sxm, h200-sxm",
    "nvidia_b200_sxm, b200-sxm",
    "amd_mi210, mi210",
    "amd_mi300x, mi300x",
    "amd_mi325x, mi325x",
    "amd_mi355x, mi355x",
    "google_tpu_v3, tpu-v3",
    "google_tpu_v5e, tpu-v5e",
    "google_tpu_v5p, tpu-v5p",
    "google_tpu_v6e_trillium, tpu-v6e",
    "google_tpu_v7_ironwood, tpu-v7",
    "aws_trainium2, trainium2",
    "aws_inferentia2, inferentia2",
    "microsoft_maia100, maia100",
    "groq_lpu_v1, groq-lpu",
    "sambanova_sn40l, sn40l",
    "tenstorrent_blackhole_p150, p150",
    "intel_gaudi3, gaudi3",
    "apple_m4_max, apple-m4-max",
    "apple_m3_ultra, apple-m3-ultra",
    "qualcomm_ai100_ultra, ai100-ultra",
    "qualcomm_hexagon_x_elite, snapdragon-x-elite",
    "nvidia_jetson_agx_orin_64, jetson-orin",
    "nvidia_jetson_thor_t5000, jetson-thor"
  })
  void shouldAgreeWithTheFactTable(final String fact, final String name) throws IOException {
    final JsonNode facts =
        new YAMLMapper()
            .readTree(SharedData.file("facts/chips.yaml").toFile())
            .get("chips")
            .get(fact);
    final Chip chip = chip(name);
    facts
        .path("peak")
        .fields()
        .forEachRemaining(
            field -> {
              for (final Format format : FORMATS.getOrDefault(field.getKey(), List.of())) {
                final double stated = field.getValue().get(0).asDouble() * 1e12;
                if (peak(chip, format) > 0) {
                  assertEquals(stated, peak(chip, format), SHARE * stated, format.key());
                }
              }
            });
    final JsonNode rate = facts.path("memory").path("GBps");
    // The table itself says that SN40L's figure is too low for what was measured on it.
    if (rate.isArray() && !name.equals("sn40l")) {
      final double stated = rate.get(0).asDouble() * 1e9;
      assertEquals(stated, chip.memory().orElseThrow().bandwidth(), SHARE * stated);
    }
    final JsonNode links = facts.path("link").path("GBps_bidir_total");
    // Three of Gaudi 3's 24 ports leave the box, and Inferentia2's figure is an estimate.
    if (links.isArray() && !name.equals("gaudi3")) {
      final double stated = links.get(0).asDouble() / 2 * 1e9;
      assertEquals(stated, chip.scaleUp().orElseThrow().bandwidth(), SHARE * stated);
    }
  }
}
