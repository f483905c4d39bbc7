package org.inferchip.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.engine.dram.MemorySelfTest;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code arch memory}: what access patterns get out of a chip's external memory. */
@Command(
    name = "memory",
    description = {
      "Tries access patterns on a chip's external memory, burst by burst.",
      "Prints what each gets, beside the bound that the timing of the devices sets."
    },
    footer = "  inferchip arch memory h100-sxm")
final class ArchMemoryCommand extends BaseCommand {
  private static final int DIGITS = 3;

  @Mixin private ChipArgument argument;

  @Override
  protected int run() {
    final ExternalMemory memory = memory();
    final List<MemorySelfTest> rows = MemorySelfTest.of(memory, common().seed());
    final Table table =
        new Table()
            .left("pattern")
            .right("rate")
            .right("of peak")
            .right("bound")
            .right("of bound")
            .left("set by")
            .right("row hits");
    for (final MemorySelfTest row : rows) {
      table.row(
          row.pattern().words(),
          show(row.rate()),
          percent(row.rate() / memory.bandwidth()),
          show(row.bound()),
          percent(row.rate() / row.bound()),
          row.limiter().words(),
          percent(row.hits()));
    }
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", argument.name());
    json.put("memory", memory.kind());
    json.put("peak_bytes_per_s", memory.bandwidth());
    json.put("stated_efficiency", memory.efficiency());
    json.put("patterns", rows);
    result(
        json,
        table,
        String.format(
            Locale.ROOT,
            "%s, peak %s; tile programs move data at %.0f %% of it (memory.efficiency).",
            memory.kind(),
            show(memory.bandwidth()),
            100 * memory.efficiency()));
    return ExitCode.DONE;
  }

  private ExternalMemory memory() {
    return argument
        .chip()
        .memory()
        .filter(memory -> memory.timing().isPresent())
        .orElseThrow(
            () ->
                argument.without(
                    "memory.timing", "a chip with external memory whose timing is described"));
  }

  private static String show(final double rate) {
    return new Quantity(rate, Dimension.BYTES_PER_SECOND).rounded(DIGITS);
  }

  private static String percent(final double share) {
    return Table.percent(share) + " %";
  }
}
