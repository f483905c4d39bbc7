package org.inferchip.arch.lint;

import static org.inferchip.arch.lint.Findings.show;

import java.util.List;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.ChipTotals;
import org.inferchip.arch.PowerMode;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;

/**
 * Checks what a chip draws: power at the peak against its limit, modes against the chip, energies
 * against the formats of its units.
 */
final class PowerLint {
  /** Memory at its peak, with the floors, may draw so much of the limit (assumption). */
  private static final double POWER_RATIO = 1.4;

  /**
   * Real chips throttle at their peak, cards of low power far: by fitted floors and energies an
   * H100 holds its limit at nine tenths of its clock, a card of 72 W at six tenths. Below half, a
   * number is more likely wrong.
   */
  private static final double LEAST_CLOCK = 0.5;

  private final Chip chip;
  private final ChipTotals totals;
  private final Findings findings;

  PowerLint(final Chip chip, final ChipTotals totals, final Findings findings) {
    this.chip = chip;
    this.totals = totals;
    this.findings = findings;
  }

  void check() {
    power();
    chip.power().modes().orElse(Map.of()).forEach(this::mode);
    energy();
  }

  private void power() {
    final double floors = chip.power().idle() + chip.power().busyFloor();
    if (floors >= chip.power().tdp()) {
      findings.warn(
          "power",
          "idle and busy floor together draw %s, but the limit is %s",
          show(floors, Dimension.WATTS),
          show(chip.power().tdp(), Dimension.WATTS));
    }
    chip.peak()
        .forEach(
            (format, rate) ->
                operations(
                    format.key(), rate * chip.energy().operation().getOrDefault(format, 0.0)));
    final double memory = floors + totals.memoryPower();
    if (memory > POWER_RATIO * chip.power().tdp()) {
      draws("memory", memory);
    }
  }

  /** Modes lower what a chip draws; they do not raise it. A chip in a mode is checked as it is. */
  private void mode(final String name, final PowerMode mode) {
    if (chip.power().mode().isPresent()) {
      return;
    }
    final String path = "power.modes." + name;
    final double idle = mode.idle().orElse(chip.power().idle());
    if (idle >= mode.tdp()) {
      findings.warn(
          path + ".tdp",
          "stated %s, but at rest the chip draws %s",
          show(mode.tdp(), Dimension.WATTS),
          show(idle, Dimension.WATTS));
    }
    mode.clock().ifPresent(clock -> most(path + ".clock", clock, chip.clock(), Dimension.HERTZ));
    mode.memoryBandwidth()
        .ifPresent(
            rate ->
                most(
                    path + ".memory_bandwidth",
                    rate,
                    chip.memory().orElseThrow().bandwidth(),
                    Dimension.BYTES_PER_SECOND));
    final List<Integer> used = mode.cores().orElse(List.of());
    for (int i = 0; i < used.size(); i++) {
      if (used.get(i) > chip.cores().get(i).count()) {
        findings.warn(
            path + ".cores",
            "%s of %s are in use, but there are %s",
            used.get(i),
            chip.cores().get(i).name(),
            chip.cores().get(i).count());
      }
    }
  }

  private void most(
      final String path, final double stated, final double most, final Dimension dimension) {
    if (stated > most) {
      findings.warn(
          path, "stated %s, but the chip has %s", show(stated, dimension), show(most, dimension));
    }
  }

  /** Power falls with the square of the clock; see the energy package's throttle. */
  private void operations(final String format, final double watts) {
    final double room = chip.power().tdp() - chip.power().idle();
    final double core = chip.power().busyFloor() + watts;
    if (room < LEAST_CLOCK * LEAST_CLOCK * core) {
      draws(format + " operations", chip.power().idle() + core);
    }
  }

  private void draws(final String what, final double watts) {
    findings.warn(
        "power.tdp",
        "stated %s, but the floors and %s at the peak draw %s",
        show(chip.power().tdp(), Dimension.WATTS),
        what,
        show(watts, Dimension.WATTS));
  }

  private void energy() {
    for (final Format format : totals.peak().keySet()) {
      if (!chip.energy().operation().containsKey(format.dense())) {
        findings.warn(
            "energy.operation", "the matrix units run %s, but it has no energy", format.key());
      }
    }
  }
}
