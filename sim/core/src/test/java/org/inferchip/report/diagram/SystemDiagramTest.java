package org.inferchip.report.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.inferchip.arch.Chip;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures of systems, packages and dies. */
class SystemDiagramTest {
  private static final Descriptions PACKED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));

  static Stream<String> systems() {
    return PACKED.catalog().names(Kind.SYSTEM.folder(), Catalog.YAML).stream();
  }

  static Stream<String> chips() {
    return PACKED.catalog().names(Kind.CHIP.folder(), Catalog.YAML).stream();
  }

  private static SystemDescription system(final String name) {
    return PACKED.system(name, Optional.empty(), Overrides.none()).value();
  }

  private static Chip chip(final String name) {
    return PACKED.read(Kind.CHIP, name, Overrides.none()).value();
  }

  @ParameterizedTest
  @MethodSource("systems")
  void shouldPutWhatASystemHasBesideOrInsideEachOtherOnly(final String name) {
    Sheets.assertNoneCross(SystemDiagram.sheet(system(name)));
  }

  @ParameterizedTest
  @MethodSource("chips")
  void shouldPutDiesBesideEachOtherOnly(final String name) {
    final Chip chip = chip(name);
    if (PackageDiagram.suits(chip)) {
      Sheets.assertNoneCross(PackageDiagram.sheet(chip));
    }
    if (chip.network().isPresent()) {
      Sheets.assertNoneCross(DieDiagram.sheet(chip));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dgx-h100-quad | 32 × h100-sxm; group 4: 8 × h100-sxm; NVLink4 switch; 3.6 TB/s of all;"
            + " 400 GB/s a group; leaf switches; 1 : 2 oversubscribed; 400 GB/s a leaf",
        "t3k | 8 × wormhole; every line 12.5 GB/s each way; open ends go round",
        "tpu-v4-64 | 64 × tpu-v4; ICI, torus 3d; the same from layer to layer",
        "gb200-nvl72 | 72 × gb200; NVLink5 switch",
      })
  void shouldNameWhatJoinsChipsWithItsRates(final String name, final String labels) {
    final String svg = SystemDiagram.of(system(name)).svg();
    for (final String label : labels.split("; ")) {
      assertTrue(svg.contains(label), label);
    }
  }

  @Test
  void shouldSplitMemoryAndCoresOverTheDiesThatHaveThem() {
    final String svg = PackageDiagram.of(chip("chiplet-quad")).svg();
    // 64 cores, 144 GB and 4.8 TB/s over four; 1,024 GB/s out of a die over two links of a ring.
    for (final String label : List.of("16 × ", "HBM3e 36 GB", "1.2 TB/s", "512 GB/s", ">io")) {
      assertTrue(svg.contains(label), label);
    }
  }

  @Test
  void shouldDrawEveryRouterOfADie() {
    final Chip chip = chip("p150");
    assertEquals(17 * 12, DieDiagram.sheet(chip).frames().size());
    assertTrue(DieDiagram.of(chip).svg().contains("86.4 GB/s each"));
  }
}
