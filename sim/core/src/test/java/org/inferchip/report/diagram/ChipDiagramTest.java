package org.inferchip.report.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.inferchip.arch.Chip;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.report.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChipDiagramTest {
  private static final Descriptions PACKED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));

  static Stream<String> chips() {
    return PACKED.catalog().names(Kind.CHIP.folder(), Catalog.YAML).stream();
  }

  private static Chip chip(final String name) {
    return PACKED.read(Kind.CHIP, name, Overrides.none()).value();
  }

  @ParameterizedTest
  @MethodSource("chips")
  void shouldPutBlocksBesideOrInsideEachOtherOnly(final String name) {
    Sheets.assertNoneCross(ChipDiagram.sheet(chip(name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h100-sxm | 132 × sm at 1.83 GHz; shared cache 50 MiB; HBM3: 80 GiB; 3.35 TB/s; NVLink4",
        "groq-lpu | 4 systolic arrays of 320 × 320 (ws); shared SRAM 230 MB; RealScale C2C",
        "attention-asic | 2 attention units; scores of 64 queries; heads of 64, 128",
        "ibm-hermes | analog array of 256 × 256; continuous cells; a product every",
        "tpu-v5e | 4 systolic arrays of 128 × 128 (ws); HBM2e: 16 GB; torus 2d, up to 256 chips",
      })
  void shouldNameUnitsWithCapacitiesAndBandwidths(final String name, final String labels) {
    final String svg = ChipDiagram.of(chip(name)).svg();
    for (final String label : labels.split("; ")) {
      assertTrue(svg.contains(">" + label), label);
    }
  }

  @Test
  void shouldDrawASquareForEveryCore() {
    final String svg = ChipDiagram.of(chip("h100-sxm")).svg();
    final int filled = svg.split("<rect ", -1).length - 1;
    // Each of 132 squares is filled and outlined; the sheet itself is one more.
    assertTrue(filled >= 2 * 132 + 1, filled + " rectangles");
  }

  @Test
  void shouldWriteAPngOfTwiceTheSize() throws IOException {
    final Picture picture = ChipDiagram.of(chip("h100-sxm"));
    final var image = ImageIO.read(new ByteArrayInputStream(picture.png()));
    assertEquals(2 * picture.width(), image.getWidth());
    assertEquals(2 * picture.height(), image.getHeight());
  }
}
