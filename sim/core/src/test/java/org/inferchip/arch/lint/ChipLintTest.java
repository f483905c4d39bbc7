package org.inferchip.arch.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChipLintTest {
  private static final Descriptions PACKED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));

  static Stream<String> chipsAndSystems() {
    return Stream.of(Kind.CHIP, Kind.SYSTEM)
        .flatMap(kind -> PACKED.catalog().names(kind.folder(), Catalog.YAML).stream());
  }

  private static List<Finding> lint(final String name, final String override) {
    final Overrides overrides =
        override.isEmpty() ? Overrides.none() : Overrides.parse(List.of(override));
    return SystemLint.check(PACKED.system(name, Optional.empty(), overrides).value());
  }

  @ParameterizedTest
  @MethodSource("chipsAndSystems")
  void shouldFindNothingInTheShippedFiles(final String name) {
    assertEquals(List.of(), lint(name, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "h100-sxm | clock=1.9 GHz | chip.peak.bf16 | 989 TOP/s; 1.027 POP/s",
        "h100-sxm | cores[0].count=144 | chip.peak.bf16 | 989 TOP/s; 1.079 POP/s",
        "h100-sxm | memory.stacks=4 | chip.memory.bandwidth | 3.35 TB/s; 3.276 TB/s",
        "h100-sxm | memory.stacks=3 | chip.memory.capacity | 80 GiB; 72 GiB",
        "h100-sxm | memory.kind=HBM9 | chip.memory.kind | HBM9",
        "h100-sxm | power.tdp=300 W | chip.power | 308 W; 300 W",
        "h100-sxm | energy.operation.bf16=3 pJ/op | chip.power.tdp | 700 W; 3.275 kW",
        "h100-sxm | shared.capacity=50 GiB | chip.dies | 53.75 GB; 814 mm2",
        "h100-sxm | cores[0].vector.lanes=1024 | chip.dies | 814 mm2; parts take",
        "tpu-v5e | cores[0].matrix.rows=64 | chip.cores[0].matrix.macs_per_cycle | 8192",
        "groq-lpu | shared=null | chip.memory | no external memory",
        "groq-lpu | scale_up.reach=16 | chip.scale_up.links | stated 7; takes 15",
        "groq-lpu | stack=vllm | stack | host in the loop",
        "groq-lpu | energy={operation: {fp16: null}} | chip.energy.operation | fp16",
        "dgx-h100 | scale_up=null | count | 8 chips",
        "dgx-h100 | placement.tensor_parallel=16 | placement | 16 x 1; 8",
      })
  void shouldNameBothNumbersThatDoNotFit(
      final String name, final String override, final String keyPath, final String shown) {
    final List<Finding> findings =
        lint(name, override).stream().filter(f -> f.keyPath().equals(keyPath)).toList();
    assertEquals(
        1,
        findings.stream().filter(f -> holds(f, shown)).count(),
        () -> lint(name, override).toString());
  }

  private static boolean holds(final Finding finding, final String shown) {
    return Stream.of(shown.split("; ")).allMatch(finding.message()::contains);
  }

  @ParameterizedTest
  @CsvSource({"7, 1000000, 0.36", "4, 1000000, 0.2726", "40, 1000000, 3.2267"})
  void shouldBoundSramByThePublishedCell(
      final double node, final double bytes, final double squareMillimetres) {
    assertEquals(squareMillimetres, SramArea.least(bytes, node), 0.001);
    assertTrue(SramArea.least(2 * bytes, node) > SramArea.least(bytes, node));
  }
}
