package org.inferchip.report.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.inferchip.arch.AttentionUnit;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.HostLink;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.SharedMemory;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;

/** What the blocks of a diagram say; the first line of each is its name. */
final class Labels {
  private static final int DIGITS = 3;

  private Labels() {}

  static String show(final double value, final Dimension dimension) {
    return new Quantity(value, dimension).rounded(DIGITS);
  }

  static String rate(final double bytesPerSecond) {
    return show(bytesPerSecond, Dimension.BYTES_PER_SECOND);
  }

  static String words(final ScaleUp.Topology topology) {
    return topology.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static List<String> matrix(final MatrixUnit unit) {
    final List<String> lines = new ArrayList<>();
    lines.add(name(unit));
    if (unit instanceof MatrixUnit.Analog analog) {
      lines.addAll(analog(analog));
      return lines;
    }
    lines.add("multiply-accumulates a cycle" + (unit.arrays() > 1 ? " each:" : ":"));
    lines.add(byFormat(unit.macsPerCycle()));
    lines.add("sums in " + unit.accumulator().key());
    if (unit instanceof MatrixUnit.Mesh mesh) {
      lines.add(
          String.format(Locale.ROOT, "%.3g cycles a hop, ", mesh.hopCycles())
              + show(mesh.link(), Dimension.BYTES_PER_CYCLE)
              + " a link");
    }
    return lines;
  }

  private static List<String> analog(final MatrixUnit.Analog unit) {
    final int cells = unit.cell().bits();
    return List.of(
        (cells > 0 ? cells + "-bit cells" : "continuous cells")
            + (unit.cell().slices() > 1 ? ", " + unit.cell().slices() + " slices a weight" : ""),
        bits(unit.converters().inputBits())
            + " in, "
            + bits(unit.converters().outputBits())
            + " out, a converter for "
            + unit.readout().columnsPerConverter()
            + (unit.readout().columnsPerConverter() == 1 ? " column" : " columns"),
        "a product every "
            + show(unit.readout().period(unit.converters(), unit.columns()), Dimension.SECONDS));
  }

  private static String bits(final int bits) {
    return bits > 0 ? bits + " bits" : "exact";
  }

  private static String name(final MatrixUnit unit) {
    if (unit instanceof MatrixUnit.Systolic array) {
      final String flow = array.dataflow().name().toLowerCase(Locale.ROOT);
      return several(unit, "systolic array", array.rows(), array.columns()) + " (" + flow + ")";
    }
    if (unit instanceof MatrixUnit.DotProduct dot) {
      return several(unit, "dot-product unit", dot.lanes(), dot.width());
    }
    if (unit instanceof MatrixUnit.Mesh mesh) {
      return several(unit, "mesh", mesh.rows(), mesh.columns());
    }
    if (unit instanceof MatrixUnit.Analog analog) {
      return several(unit, "analog array", analog.rows(), analog.columns());
    }
    return unit.arrays() == 1 ? "tensor core" : unit.arrays() + " tensor cores";
  }

  private static String several(
      final MatrixUnit unit, final String name, final int rows, final int columns) {
    final String size = " of " + rows + " × " + columns;
    if (unit.arrays() == 1) {
      return name + size;
    }
    return unit.arrays() + " " + name + (name.endsWith("sh") ? "es" : "s") + size;
  }

  /** Formats of one rate are named together, fastest first. */
  private static String byFormat(final Map<Format, Integer> macs) {
    return macs.values().stream()
        .distinct()
        .sorted(java.util.Comparator.reverseOrder())
        .map(
            rate ->
                String.format(Locale.ROOT, "%,d ", rate)
                    + macs.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(rate))
                        .map(entry -> entry.getKey().key())
                        .collect(Collectors.joining("/")))
        .collect(Collectors.joining(", "));
  }

  static List<String> vector(final CoreGroup cores) {
    return List.of(
        "vector unit",
        String.format(Locale.ROOT, "%,d fp32 lanes", cores.vector().lanes()),
        String.format(Locale.ROOT, "%,d for exp, 1/x, roots", cores.vector().specialLanes()));
  }

  static List<String> attention(final AttentionUnit unit) {
    final String heads =
        unit.headDims().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return List.of(
        unit.count() == 1 ? "attention unit" : unit.count() + " attention units",
        "scores of " + unit.queryRows() + " queries, " + byFormat(unit.scoreMacs()) + " a cycle",
        "values " + byFormat(unit.valueMacs()) + " a cycle; softmax of " + unit.softmaxLanes(),
        "heads of " + heads + "; keys and values " + show(unit.path(), Dimension.BYTES_PER_CYCLE));
  }

  static List<String> local(final CoreGroup cores) {
    return List.of(
        "local memory " + show(cores.local().capacity(), Dimension.BYTES),
        show(cores.local().bandwidth(), Dimension.BYTES_PER_CYCLE) + " to the units",
        "accumulators " + show(cores.local().accumulatorCapacity(), Dimension.BYTES));
  }

  static List<String> shared(final SharedMemory shared) {
    final boolean cache = shared.managed() == SharedMemory.Managed.HARDWARE;
    return List.of(
        (cache ? "shared cache " : "shared SRAM ") + show(shared.capacity(), Dimension.BYTES),
        rate(shared.bandwidth()) + ", latency " + show(shared.latency(), Dimension.SECONDS));
  }

  static List<String> memory(final ExternalMemory memory) {
    return List.of(
        memory.kind() + ": " + show(memory.capacity(), Dimension.BYTES),
        rate(memory.bandwidth())
            + String.format(Locale.ROOT, " (%.0f %% sustained), ", 100 * memory.efficiency())
            + memory.channels()
            + " channels");
  }

  static List<String> links(final ScaleUp links) {
    return List.of(
        links.kind(),
        links.links() + (links.links() == 1 ? " link" : " links"),
        rate(links.bandwidth()) + " each way",
        words(links.topology()) + ", up to " + links.reach() + " chips");
  }

  static List<String> host(final HostLink host) {
    return List.of("host: " + host.kind(), rate(host.bandwidth()) + " each way");
  }

  /** Stated peaks, process and power, for the head of a diagram. */
  static List<String> head(final Chip chip) {
    final String peaks =
        chip.peak().entrySet().stream()
            .map(
                entry ->
                    entry.getKey().key()
                        + " "
                        + show(entry.getValue(), Dimension.OPERATIONS_PER_SECOND))
            .collect(Collectors.joining(", "));
    final String body =
        chip.process().name()
            + ", "
            + chip.dies().stream()
                .map(
                    die ->
                        (die.count() > 1 ? die.count() + " × " : "")
                            + show(die.area(), Dimension.SQUARE_MILLIMETRES)
                            + " "
                            + die.name())
                .collect(Collectors.joining(" + "))
            + ", "
            + show(chip.power().tdp(), Dimension.WATTS);
    return List.of("peak: " + peaks, body);
  }
}
