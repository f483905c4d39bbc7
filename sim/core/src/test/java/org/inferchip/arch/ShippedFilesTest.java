package org.inferchip.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.units.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The descriptions that are packed into the program, against the fact table of chips. */
class ShippedFilesTest {
  private static final Descriptions PACKED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));

  static Stream<String> chips() {
    return names(Kind.CHIP);
  }

  static Stream<String> stacks() {
    return names(Kind.STACK);
  }

  static Stream<String> systems() {
    return names(Kind.SYSTEM);
  }

  private static Stream<String> names(final Kind<?> kind) {
    return PACKED.catalog().names(kind.folder(), Catalog.YAML).stream();
  }

  @Test
  void shouldShipTheChipsStacksAndSystemsOfTheDesign() {
    assertTrue(
        chips()
            .toList()
            .containsAll(
                List.of(
                    "a100-sxm-80g",
                    "b200-sxm",
                    "b300-sxm",
                    "gb200",
                    "gb300",
                    "groq-lpu",
                    "h100-sxm",
                    "h200-sxm",
                    "a40",
                    "a6000",
                    "intel-b60",
                    "jetson-orin",
                    "jetson-thor",
                    "l40s",
                    "mi210",
                    "mi300x",
                    "rtx-3090",
                    "rtx-4090",
                    "rtx-pro-6000",
                    "tpu-v6e",
                    "tpu-v5e")));
    assertTrue(stacks().toList().containsAll(List.of("static", "vllm")));
    assertTrue(systems().toList().containsAll(List.of("dgx-h100", "groq-lpu-pod")));
  }

  @ParameterizedTest
  @MethodSource("chips")
  void shouldReadEveryChipAndMakeASystemOfOne(final String name) {
    assertEquals(name, PACKED.chip(name).value().name());
    final SystemDescription one = PACKED.system(name, Optional.empty(), Overrides.none()).value();
    assertEquals(1, one.count());
    assertEquals(name, one.chip().name());
    assertEquals(one.chip().host().isPresent(), one.stack().hostInTheLoop());
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void shouldReadEveryStack(final String name) {
    assertEquals(name, PACKED.stack(name).value().name());
  }

  @ParameterizedTest
  @MethodSource("systems")
  void shouldReadEverySystem(final String name) {
    final Described<SystemDescription> system =
        PACKED.system(name, Optional.empty(), Overrides.none());
    assertEquals(name, system.value().name());
    assertTrue(system.files().size() > 2);
  }

  @ParameterizedTest
  @CsvSource({
    // name, clock GHz, cores, bf16 or fp16 TFLOP/s, capacity, GB/s, W, mm2
    "a100-sxm-80g, 1.41, 108, 312, 80 GiB, 2039, 400, 826",
    "h100-sxm, 1.83, 132, 989, 80 GiB, 3350, 700, 814",
    "h200-sxm, 1.83, 132, 989, 141 GiB, 4800, 700, 814",
    "b200-sxm, 1.85, 148, 2250, 180 GiB, 7700, 1000, 800",
    "tpu-v5e, 1.5, 1, 197, 16 GB, 819, 200, 325",
    "groq-lpu, 0.9, 1, 188, 0 GB, 0, 300, 725",
    "gb200, 2.008, 152, 2500, 185 GiB, 8000, 1200, 800",
    "mi210, 1.7, 104, 181, 64 GiB, 1638, 300, 724",
    "mi300x, 2.1, 304, 1307, 192 GiB, 5300, 750, 115",
    "mi355x, 2.4, 256, 2516, 288 GiB, 8000, 1400, 110",
    "tpu-v6e, 1.75, 1, 918, 32 GB, 1638, 300, 700",
    "jetson-orin, 1.3, 16, 42.5, 64 GiB, 204.8, 60, 455",
    "l40s, 2.49, 142, 362.05, 45 GiB, 864, 350, 609",
    "intel-b60, 2.4, 20, 98.3, 24 GiB, 456, 200, 272",
  })
  void shouldHoldTheFactTable(
      final String name,
      final double gigahertz,
      final int cores,
      final double teraflops,
      final String capacity,
      final double gigabytesPerSecond,
      final double watts,
      final double area) {
    final Chip chip = PACKED.chip(name).value();
    assertEquals(gigahertz * 1e9, chip.clock());
    assertEquals(cores, chip.cores().get(0).count());
    final Format half = chip.peak().containsKey(Format.BF16) ? Format.BF16 : Format.FP16;
    assertEquals(teraflops * 1e12, chip.peak().get(half));
    assertEquals(
        Quantity.parse(capacity, Dimension.BYTES).value(),
        chip.memory().map(ExternalMemory::capacity).orElse(0.0));
    assertEquals(
        gigabytesPerSecond * 1e9, chip.memory().map(ExternalMemory::bandwidth).orElse(0.0));
    assertEquals(watts, chip.power().tdp());
    assertEquals(area, chip.dies().get(0).area());
  }

  @ParameterizedTest
  @CsvSource({"rtx-4090, 165.2, 660.6", "rtx-3090, 71, 284", "rtx-5090, 209.5, 838"})
  void shouldRunFp16AtAQuarterOfInt8OnGeForceCardsThatSumInFp32(
      final String name, final double half, final double integers) {
    final Chip chip = PACKED.chip(name).value();
    assertEquals(half * 1e12, chip.peak().get(Format.BF16));
    assertEquals(integers * 1e12, chip.peak().get(Format.INT8));
    assertEquals(half / integers, 0.25, 0.001);
  }

  @Test
  void shouldTieTheGpusOfARackIntoOneDomain() {
    for (final String rack : List.of("gb200-nvl72", "gb300-nvl72")) {
      final SystemDescription system =
          PACKED.system(rack, Optional.empty(), Overrides.none()).value();
      assertEquals(72, system.count());
      assertEquals(72, system.chip().scaleUp().orElseThrow().reach());
    }
  }

  @ParameterizedTest
  @MethodSource("chips")
  void shouldReachTheStatedPeaksFromTheirCoresWithinTwoPercent(final String name) {
    final Chip chip = PACKED.chip(name).value();
    for (final var stated : chip.peak().entrySet()) {
      double sum = 0;
      for (final CoreGroup cores : chip.cores()) {
        final MatrixUnit unit = cores.matrix();
        sum +=
            2.0
                * chip.clock()
                * cores.count()
                * unit.arrays()
                * unit.macsPerCycle().getOrDefault(stated.getKey(), 0);
      }
      assertEquals(1, sum / stated.getValue(), 0.02, name + " " + stated.getKey());
    }
  }

  @ParameterizedTest
  @MethodSource("chips")
  void shouldNameASourceForEveryNumber(final String name) {
    final Described<SystemDescription> system =
        PACKED.system(name, Optional.empty(), Overrides.none());
    assertEquals(List.of(), system.sources().uncovered());
    assertEquals(List.of(), system.sources().dangling());
  }

  @ParameterizedTest
  @MethodSource("systems")
  void shouldNameASourceForEveryNumberOfSystems(final String name) {
    final Described<SystemDescription> system =
        PACKED.system(name, Optional.empty(), Overrides.none());
    assertEquals(List.of(), system.sources().uncovered());
    assertEquals(List.of(), system.sources().dangling());
  }

  @Test
  void shouldPickAnotherStackAndSetKeyPathsOfTheChip() {
    final SystemDescription system =
        PACKED
            .system(
                "h100-sxm",
                Optional.of("static"),
                Overrides.parse(
                    List.of("memory.bandwidth=4 TB/s", "chip.cores[0].count=144", "count=2")))
            .value();
    assertEquals("static", system.stack().name());
    assertEquals(4e12, system.chip().memory().orElseThrow().bandwidth());
    assertEquals(144, system.chip().cores().get(0).count());
    assertEquals(2, system.count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chip: h200-sxm | 151.397597184 | h200-sxm",
        "chip: {extends: h200-sxm, name: fat, memory: {capacity: 288 GB}} | 288 | fat",
        "chip: {memory: {capacity: 96 GB}} | 96 | h100-sxm",
      })
  void shouldReplaceOrChangeTheChipOfAnInheritedSystem(
      final String change, final double gigabytes, final String name, @TempDir final Path folder)
      throws IOException {
    final Path file = folder.resolve("box.yaml");
    Files.writeString(file, "extends: dgx-h100\n" + change + "\n");
    final Described<SystemDescription> system =
        PACKED.system(file.toString(), Optional.empty(), Overrides.none());
    final Chip chip = system.value().chip();
    assertEquals(gigabytes * 1e9, chip.memory().orElseThrow().capacity());
    assertEquals(name, chip.name());
    assertEquals(8, system.value().count());
    assertEquals(List.of(), system.sources().dangling());
  }

  @Test
  void shouldNotTakeChoicesOfAKernelThatMakesNone() {
    final Overrides change =
        Overrides.parse(
            List.of(
                "elementwise.softmax={launch: 1 us, passes: 1,"
                    + " choices: {most: 8, of: 128, beyond: 2 us}}"));
    final List<Problem> problems =
        assertThrows(InvalidInputException.class, () -> PACKED.read(Kind.STACK, "trtllm", change))
            .problems();
    assertTrue(problems.get(0).toString().contains("top-k alone has choices"), problems.toString());
  }
}
