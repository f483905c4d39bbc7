package org.inferchip.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inferchip.arch.Chip;
import org.inferchip.arch.OnChipNetwork.Readers;
import org.inferchip.engine.ReaderSelfTest;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code arch noc}: what readers get over the network on a die, by where they are. */
@Command(
    name = "noc",
    description = {
      "Lets cores of a chip stream from its external memory over the network on its die.",
      "Prints the bandwidth that they reach by where they are and by reads under way."
    },
    footer = "  inferchip arch noc p150")
final class ArchNocCommand extends BaseCommand {
  private static final int DIGITS = 3;

  @Mixin private ChipArgument argument;

  @Override
  protected int run() {
    final Chip chip = chip();
    final double peak = chip.memory().orElseThrow().bandwidth();
    final List<ReaderSelfTest.Row> rows = ReaderSelfTest.of(chip);
    final Table table =
        new Table()
            .left("readers")
            .right("reads in flight")
            .right("rate")
            .right("of peak")
            .right("mean hops")
            .right("readers on one link");
    for (final ReaderSelfTest.Row row : rows) {
      table.row(
          words(row.readers()),
          Integer.toString(row.inFlight()),
          new Quantity(row.rate(), Dimension.BYTES_PER_SECOND).rounded(DIGITS),
          Table.percent(row.rate() / peak) + " %",
          String.format(Locale.ROOT, "%.1f", row.hops()),
          Integer.toString(row.crowd()));
    }
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", argument.name());
    json.put("peak_bytes_per_s", peak);
    json.put("readers", rows);
    result(
        json,
        table,
        String.format(
            Locale.ROOT,
            "%s: %d memories of %s, links of %s; programs place data %s.",
            argument.name(),
            chip.network().orElseThrow().memories().size(),
            new Quantity(
                    peak / chip.network().orElseThrow().memories().size(),
                    Dimension.BYTES_PER_SECOND)
                .rounded(DIGITS),
            new Quantity(chip.network().orElseThrow().linkRate(chip), Dimension.BYTES_PER_SECOND)
                .rounded(DIGITS),
            chip.network()
                .orElseThrow()
                .readers()
                .map(ArchNocCommand::words)
                .orElse("near, or spread where that crowds links less")));
    return ExitCode.DONE;
  }

  private Chip chip() {
    final Chip chip = argument.chip();
    if (chip.network().isEmpty()) {
      throw argument.without(
          "network", "a chip whose network between cores and memory is described");
    }
    return chip;
  }

  private static String words(final Readers readers) {
    if (readers == null) {
      return "every core, all memories in turn";
    }
    return switch (readers) {
      case NEAR -> "near their memory";
      case IN_ORDER -> "in order of number";
      case FAR -> "far from their memory";
    };
  }
}
