package org.inferchip.arch.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Source.Mark;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.numerics.Format;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Chips that leave energies and floors to their node, areas and sizes. */
class DerivedChipTest {
  private static final String DERIVED =
      """
      extends: %s
      name: derived
      energy: {operation: null, vector_operation: null, special_operation: null, local: null,
        port: null, shared: null, memory: null, link: null, host: null, from: node}
      power: {idle: null, busy_floor: null, from: area}
      """;

  private static Described<Chip> derived(final String base, final String of, final String by) {
    return Descriptions.here().readText(Kind.CHIP, "test", DERIVED.formatted(base).replace(of, by));
  }

  private static Described<Chip> derived(final String base) {
    return derived(base, "", "");
  }

  private static double picojoules(final Chip chip, final Format format) {
    return chip.energy().operation().get(format) * 1e12;
  }

  @Test
  void shouldComeNearTheFitsOfMeasuredBoards() {
    // Marginal energies and range of the fits: A100 0.8 by its limit, H100 0.65 (0.4 to 0.9).
    assertEquals(0.8, picojoules(derived("a100-sxm-80g").value(), Format.BF16), 0.1);
    final Chip h100 = derived("h100-sxm").value();
    assertEquals(0.65, picojoules(h100, Format.BF16), 0.05);
    assertEquals(0.36, picojoules(h100, Format.FP8_E4M3), 0.06);
    // Operand feed of 7 to 20 pJ/B; memory 55 pJ/B (40 to 67) with 8 of the feed taken off.
    final double feed = 8 * (h100.energy().port() + h100.energy().shared()) * 1e12;
    assertTrue(feed > 7 && feed < 20, "pJ/B " + feed);
    assertEquals(47, 8 * h100.energy().memory() * 1e12, 7);
    assertEquals(0, h100.energy().local());
    final double floor = h100.power().busyFloor() / h100.power().tdp();
    assertTrue(floor > 0.07 && floor < 0.5, "share of the limit " + floor);
  }

  @Test
  void shouldTakePublishedEnergiesAtTheirNodes() {
    // Horowitz 45 nm and Jouppi 7 nm, bare: times 3 over 2 operations.
    assertEquals(1.5 * (1.31 + 0.38), OperationEnergy.vector(7) * 1e12, 1e-9);
    assertEquals(1.5 * (3.7 + 0.9), OperationEnergy.vector(45) * 1e12, 1e-9);
    assertTrue(OperationEnergy.vector(130) > 3 * OperationEnergy.vector(45));
    // pJ for 64 bits: 8 KB, 32 KB, 1 MB.
    final double[][] published = {{8, 7.5, 10}, {32, 8.5, 20}, {1024, 14, 100}};
    for (final double[] row : published) {
      assertEquals(row[1], 64e12 * MemoryEnergy.sram(row[0] * 1024, 1, 7), 0.09 * row[1]);
      assertEquals(row[2], 64e12 * MemoryEnergy.sram(row[0] * 1024, 1, 45), 0.09 * row[2]);
    }
  }

  @Test
  void shouldMarkWhatIsDerivedAndGiveItARange() {
    final Described<Chip> chip = derived("h100-sxm");
    assertEquals(Optional.of(Mark.DERIVED), chip.sources().markOf("energy.operation.bf16"));
    assertEquals(Optional.of(Mark.DERIVED), chip.sources().markOf("power.busy_floor"));
    final var floor = chip.sources().numbers().get("power.busy_floor");
    final var ends = floor.ends(floor.stated().orElseThrow().spread()).orElseThrow();
    assertEquals(0.07 * 700, ends.low(), 1e-9);
    assertEquals(0.5 * 700, ends.high(), 1e-9);
    assertTrue(chip.sources().uncovered().isEmpty(), chip.sources().uncovered().toString());
    assertTrue(chip.sources().dangling().isEmpty(), chip.sources().dangling().toString());
  }

  @Test
  void shouldKeepWhatIsStated() {
    final Described<Chip> chip = derived("h100-sxm", "port: null", "port: 0.9 pJ/bit");
    assertEquals(0.9e-12, chip.value().energy().port(), 1e-24);
    assertTrue(chip.sources().markOf("energy.port").orElseThrow() != Mark.DERIVED);
  }

  @Test
  void shouldFollowValuesThatAreSetOverASystem() {
    final Overrides ask = Overrides.parse(List.of("energy.from=node", "energy.shared=null"));
    final Descriptions here = Descriptions.here();
    final Described<SystemDescription> base = here.system("h100-sxm", Optional.empty(), ask);
    final double before = base.value().chip().energy().shared();
    final Described<SystemDescription> old =
        here.over(base, Overrides.parse(List.of("process.node=28 nm")));
    assertTrue(old.value().chip().energy().shared() > 1.5 * before);
    final Described<SystemDescription> banked =
        here.over(base, Overrides.parse(List.of("shared.banks=6400")));
    assertTrue(banked.value().chip().energy().shared() < 0.8 * before);
    // Stated ones stay.
    assertEquals(base.value().chip().energy().operation(), old.value().chip().energy().operation());
  }

  @Test
  void shouldTellEveryOtherProblem() {
    final InvalidInputException bad =
        assertThrows(
            InvalidInputException.class,
            () ->
                Descriptions.here()
                    .readText(
                        Kind.CHIP,
                        "test",
                        DERIVED.formatted("h100-sxm") + "clock: 3 apples\ncolour: red\n"));
    assertEquals(2, bad.problems().size(), bad.problems().toString());
  }
}
