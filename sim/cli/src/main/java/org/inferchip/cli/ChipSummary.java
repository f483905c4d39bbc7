package org.inferchip.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.ChipTotals;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.OnChipNetwork;
import org.inferchip.arch.PowerMode;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.SharedMemory;
import org.inferchip.arch.derive.Floors;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;

/** What a chip adds up to, beside what is stated: peaks, bandwidths, capacities, area, power. */
final class ChipSummary {
  private static final int DIGITS = 4;

  private ChipSummary() {}

  static Table of(final Chip chip) {
    final ChipTotals totals = ChipTotals.of(chip);
    final Table table = new Table().left("total").right("of its parts").right("stated");
    totals.peak().forEach((format, rate) -> peak(table, chip, format, rate));
    table.row("vector", show(totals.vectorRate(), Dimension.OPERATIONS_PER_SECOND), null);
    table.row("ports into cores", show(totals.portRead(), Dimension.BYTES_PER_SECOND), null);
    chip.shared().ifPresent(shared -> shared(table, shared));
    chip.memory().ifPresent(memory -> memory(table, memory));
    chip.network().ifPresent(network -> network(table, chip, network));
    chip.scaleUp().ifPresent(links -> links(table, links));
    table.row("memory in cores", show(totals.localBytes(), Dimension.BYTES), null);
    table.row("accumulators", show(totals.accumulatorBytes(), Dimension.BYTES), null);
    table.row("all on chip", show(totals.onChipBytes(), Dimension.BYTES), null);
    table.row("dies", show(totals.dieArea(), Dimension.SQUARE_MILLIMETRES), null);
    floors(table, chip);
    return table;
  }

  /** The parts are those of {@link Floors}: a split of the stated sums. */
  private static void floors(final Table table, final Chip chip) {
    final Floors floors = Floors.of(chip);
    watts(table, "idle power", chip.power().idle());
    watts(table, "- leakage", floors.leakage());
    watts(table, "- memory at rest", floors.standby());
    watts(table, "- rest", floors.otherIdle());
    watts(table, "busy floor", chip.power().busyFloor());
    watts(table, "- clock tree", floors.clockTree());
    watts(table, "- rest", floors.otherBusy());
    table.row(
        "power: floors, limit",
        show(chip.power().idle() + chip.power().busyFloor(), Dimension.WATTS),
        show(chip.power().tdp(), Dimension.WATTS));
    chip.power().modes().orElse(Map.of()).forEach((name, mode) -> mode(table, chip, name, mode));
  }

  private static void mode(
      final Table table, final Chip chip, final String name, final PowerMode mode) {
    final boolean chosen = chip.power().mode().filter(name::equals).isPresent();
    final List<String> changes = new ArrayList<>();
    mode.cores().ifPresent(cores -> changes.add(cores + " cores"));
    mode.clock().ifPresent(clock -> changes.add(show(clock, Dimension.HERTZ)));
    mode.memoryBandwidth().ifPresent(rate -> changes.add(show(rate, Dimension.BYTES_PER_SECOND)));
    table.row(
        "mode " + name + (chosen ? " (chosen)" : ""),
        String.join(", ", changes),
        show(mode.tdp(), Dimension.WATTS));
  }

  private static void watts(final Table table, final String name, final double watts) {
    table.row(name, show(watts, Dimension.WATTS), null);
  }

  private static void peak(
      final Table table, final Chip chip, final Format format, final double rate) {
    final Double stated = chip.peak().get(format);
    table.row(
        "peak " + format.key(),
        show(rate, Dimension.OPERATIONS_PER_SECOND),
        stated == null ? null : show(stated, Dimension.OPERATIONS_PER_SECOND));
  }

  private static void shared(final Table table, final SharedMemory shared) {
    table.row("shared memory", null, show(shared.capacity(), Dimension.BYTES));
    table.row("shared bandwidth", null, show(shared.bandwidth(), Dimension.BYTES_PER_SECOND));
  }

  private static void memory(final Table table, final ExternalMemory memory) {
    table.row("external memory", null, show(memory.capacity(), Dimension.BYTES));
    table.row("external bandwidth", null, show(memory.bandwidth(), Dimension.BYTES_PER_SECOND));
  }

  private static void network(final Table table, final Chip chip, final OnChipNetwork network) {
    final int ways = network.topology().wraps() && !network.oneWay().orElse(false) ? 2 : 1;
    final int across = Math.min(network.columns(), network.rows());
    table.row("network on the die, a link", null, rate(network.linkRate(chip)));
    table.row("- across its middle", rate(ways * across * network.linkRate(chip)), null);
    table.row(
        "- memories' links",
        rate(network.memories().size() * network.linkRate(chip)),
        rate(chip.memory().orElseThrow().bandwidth()));
  }

  private static String rate(final double bytesPerSecond) {
    return show(bytesPerSecond, Dimension.BYTES_PER_SECOND);
  }

  private static void links(final Table table, final ScaleUp links) {
    table.row("links to other chips", null, show(links.bandwidth(), Dimension.BYTES_PER_SECOND));
  }

  private static String show(final double value, final Dimension dimension) {
    return new Quantity(value, dimension).rounded(DIGITS);
  }
}
