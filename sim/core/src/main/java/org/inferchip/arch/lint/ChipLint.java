package org.inferchip.arch.lint;

import static org.inferchip.arch.lint.Findings.show;

import java.util.List;
import org.inferchip.arch.Chip;
import org.inferchip.arch.ChipTotals;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.MemoryKind;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.SharedMemory;
import org.inferchip.arch.area.AreaParts;
import org.inferchip.units.Dimension;

/**
 * Checks a chip's numbers against each other: stated peaks against its units, bandwidth and
 * capacity against its memory kind, SRAM against its dies, power at the peak against its limit,
 * ports against the shared level.
 */
public final class ChipLint {
  /** How far a stated peak may be from cores x arrays x multiply-accumulates x 2 x clock. */
  private static final double PEAK_TOLERANCE = 0.02;

  /** Share of a die that densely packed SRAM may take before it is worth a word (assumption). */
  private static final double SRAM_SHARE = 0.8;

  /** Described parts may be so much of the stated dies: GeForce's are 1.36, a test chip's 2.2. */
  private static final double PARTS_RATIO = 2.5;

  /** Memory far below its kind's rate is as suspect as memory above it (assumption). */
  private static final double SLOW_MEMORY = 1.0 / 8;

  /** Ports and shared level may differ by multicast and design, but not by this (assumption). */
  private static final double PORT_RATIO = 16;

  private final Chip chip;
  private final ChipTotals totals;
  private final Findings findings = new Findings();

  private ChipLint(final Chip chip) {
    this.chip = chip;
    this.totals = ChipTotals.of(chip);
  }

  /** What does not fit, in the order of the file. */
  public static List<Finding> check(final Chip chip) {
    final ChipLint lint = new ChipLint(chip);
    lint.sram();
    lint.parts();
    lint.arrays();
    lint.ports();
    chip.memory().ifPresent(lint::memory);
    chip.scaleUp().ifPresent(lint::scaleUp);
    new PowerLint(chip, lint.totals, lint.findings).check();
    lint.peaks();
    return lint.findings.list();
  }

  private void sram() {
    final double least = SramArea.least(totals.onChipBytes(), chip.process().node());
    if (least > SRAM_SHARE * totals.dieArea()) {
      findings.warn(
          "dies",
          "%s of SRAM take at least %s, but the dies have %s",
          show(totals.onChipBytes(), Dimension.BYTES),
          show(least, Dimension.SQUARE_MILLIMETRES),
          show(totals.dieArea(), Dimension.SQUARE_MILLIMETRES));
    }
  }

  /** What stands on the dies by the model of their area, which makes lean designs up to 1.4. */
  private void parts() {
    final double parts = AreaParts.of(chip).total();
    if (parts > PARTS_RATIO * totals.dieArea()) {
      findings.warn(
          "dies",
          "stated %s, but the described parts take some %s",
          show(totals.dieArea(), Dimension.SQUARE_MILLIMETRES),
          show(parts, Dimension.SQUARE_MILLIMETRES));
    }
  }

  private void arrays() {
    for (int i = 0; i < chip.cores().size(); i++) {
      final CoreGroup cores = chip.cores().get(i);
      if (cores.matrix() instanceof MatrixUnit.Systolic array
          && !array.macsPerCycle().containsValue(array.rows() * array.columns())) {
        findings.warn(
            "cores[" + i + "].matrix.macs_per_cycle",
            "stated %s, but %d rows of %d columns do %d a cycle in the native format",
            array.macsPerCycle().values(),
            array.rows(),
            array.columns(),
            array.rows() * array.columns());
      }
      if (cores.matrix() instanceof MatrixUnit.Analog array) {
        analog("cores[" + i + "].matrix.macs_per_cycle", array);
      }
    }
  }

  /** The rates that bounds rest on against the times that products take. */
  private void analog(final String path, final MatrixUnit.Analog array) {
    final int columns = array.columns() * array.cell().slices();
    final double period = array.readout().period(array.converters(), columns);
    array
        .macsPerCycle()
        .forEach(
            (format, stated) -> {
              final double products = period * chip.clock() * array.passes(format);
              final double computed = (double) array.rows() * array.columns() / products;
              if (Math.abs(computed - stated) > Math.max(1, PEAK_TOLERANCE * computed)) {
                findings.warn(
                    path + "." + format.key(),
                    "stated %d, but %d x %d weights in a product of %.4g cycles do %.4g",
                    stated,
                    array.rows(),
                    array.columns(),
                    products,
                    computed);
              }
            });
  }

  private void ports() {
    if (chip.shared().isEmpty() && chip.memory().isEmpty()) {
      findings.warn("memory", "there is no shared and no external memory to hold weights");
    }
    chip.shared().map(SharedMemory::bandwidth).ifPresent(this::ports);
  }

  private void ports(final double shared) {
    final double ratio = totals.portRead() / shared;
    if (ratio < 1 / PORT_RATIO || ratio > PORT_RATIO) {
      findings.warn(
          "shared.bandwidth",
          "stated %s, but the ports of all cores read %s",
          show(shared, Dimension.BYTES_PER_SECOND),
          show(totals.portRead(), Dimension.BYTES_PER_SECOND));
    }
  }

  private void memory(final ExternalMemory memory) {
    final MemoryKind kind = MemoryKind.of(memory.kind()).orElse(null);
    if (kind == null) {
      findings.warn("memory.kind", "%s is not known, so it is not checked", memory.kind());
      return;
    }
    final double fastest = memory.stacks() * kind.bytesPerSecond();
    if (memory.bandwidth() > fastest || memory.bandwidth() < fastest * SLOW_MEMORY) {
      findings.warn(
          "memory.bandwidth",
          "stated %s, but %d of %s reach %s",
          show(memory.bandwidth(), Dimension.BYTES_PER_SECOND),
          memory.stacks(),
          memory.kind(),
          show(fastest, Dimension.BYTES_PER_SECOND));
    }
    final double largest = memory.stacks() * kind.bytes();
    if (memory.capacity() > largest) {
      findings.warn(
          "memory.capacity",
          "stated %s, but %d of %s hold %s",
          show(memory.capacity(), Dimension.BYTES),
          memory.stacks(),
          memory.kind(),
          show(largest, Dimension.BYTES));
    }
  }

  private void scaleUp(final ScaleUp links) {
    if (links.topology() == ScaleUp.Topology.FULL_MESH && links.links() < links.reach() - 1) {
      findings.warn(
          "scale_up.links",
          "stated %d, but a full mesh of %d chips takes %d",
          links.links(),
          links.reach(),
          links.reach() - 1);
    }
  }

  private void peaks() {
    chip.peak()
        .forEach(
            (format, stated) -> {
              final double computed = totals.peak().getOrDefault(format, 0.0);
              if (Math.abs(computed / stated - 1) > PEAK_TOLERANCE) {
                findings.warn(
                    "peak." + format.key(),
                    "stated %s, but cores x arrays x multiply-accumulates x 2 x clock is %s",
                    show(stated, Dimension.OPERATIONS_PER_SECOND),
                    show(computed, Dimension.OPERATIONS_PER_SECOND));
              }
            });
  }
}
