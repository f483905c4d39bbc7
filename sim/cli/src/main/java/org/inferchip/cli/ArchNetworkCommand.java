package org.inferchip.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.OnChipNetwork;
import org.inferchip.arch.ScaleUp;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.engine.NetworkLoad;
import org.inferchip.report.NetworkWriter;
import org.inferchip.units.Dimension;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arch network}: latency against load of the links between chips or on a die. */
@Command(
    name = "network",
    description = {
      "Tries uniform random traffic on the links between chips, or between the routers of a die.",
      "Prints latency against load, and the saturation point beside the bound of the narrowest cut",
      "(of some of the chips, and where links go one way: of the busiest link). With --out, charts",
      "too."
    },
    footer = "  inferchip arch network tpu-v5e-8 --topology mesh-2d")
final class ArchNetworkCommand extends BaseCommand {
  private static final int DIGITS = 3;
  private static final double MICROS = 1e6;

  @Parameters(paramLabel = "SYSTEM", description = "Name or path of a system or chip.")
  private String name;

  @Option(
      names = "--topology",
      paramLabel = "NAME",
      description = "Join the chip's links to another grid: line, ring, mesh-2d, torus-2d, ...")
  private String topology;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Chips that take part; absent: the system's, or all that the links reach.")
  private Integer nodes;

  @Option(
      names = "--message",
      paramLabel = "BYTES",
      defaultValue = "4096",
      description = "Bytes of a message (default ${DEFAULT-VALUE}).")
  private long messageBytes;

  @Option(
      names = "--die",
      description = "The network on the chip's die, instead of the links between chips.")
  private boolean die;

  @Mixin private OverrideOptions set;

  @Override
  protected int run() {
    final SystemDescription system =
        Descriptions.here().system(name, Optional.empty(), set.overrides()).value();
    if (die) {
      show(onDie(system.chip()), "router");
    } else {
      show(betweenChips(system), "chip");
    }
    return ExitCode.DONE;
  }

  /** A curve and what it is of. */
  private record Named(String title, String topology, NetworkLoad.Curve curve) {}

  private Named onDie(final Chip chip) {
    final OnChipNetwork network =
        chip.network().orElseThrow(() -> bad("SYSTEM", name, "a chip with a network on its die"));
    if (topology != null || nodes != null || messageBytes < 1) {
      throw bad("--die", "--topology or --nodes", "a message of a byte or more, nothing else");
    }
    return new Named(
        network.columns()
            + " x "
            + network.rows()
            + " routers of "
            + name
            + ", "
            + key(network.topology())
            + (network.oneWay().orElse(false) ? " whose links go one way" : ""),
        key(network.topology()),
        NetworkLoad.onDie(chip, messageBytes, common().seed()));
  }

  private Named betweenChips(final SystemDescription system) {
    final ScaleUp own =
        system.chip().scaleUp().orElseThrow(() -> bad("SYSTEM", name, "a chip with links"));
    final int count = nodes != null ? nodes : system.count() > 1 ? system.count() : own.reach();
    final ScaleUp links = topology == null ? own : own.joined(shape(), count);
    if (count < 2 || count > links.reach() || messageBytes < 1) {
      throw bad("--nodes", Integer.toString(count), "2 to " + links.reach() + " chips");
    }
    return new Named(
        count + " chips of " + name + ", " + links.kind() + " " + key(links.topology()),
        key(links.topology()),
        NetworkLoad.of(system.chip().with(links), count, messageBytes, common().seed()));
  }

  private void show(final Named named, final String node) {
    withFolder(
        folder -> {
          if (folder != null) {
            NetworkWriter.write(folder, named.title(), node, named.curve());
          }
        });
    result(json(named), table(named.curve()), words(named, node));
  }

  private ScaleUp.Topology shape() {
    for (final ScaleUp.Topology one : ScaleUp.Topology.values()) {
      if (one.dimensions() > 0 && key(one).equals(topology)) {
        return one;
      }
    }
    throw bad("--topology", topology, "line, ring, mesh-2d, mesh-3d, torus-2d or torus-3d");
  }

  private static String key(final ScaleUp.Topology one) {
    return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static InvalidInputException bad(
      final String where, final String found, final String expected) {
    return new InvalidInputException(Checks.at(where, "no such network", found, expected));
  }

  private static Table table(final NetworkLoad.Curve curve) {
    final Table table =
        new Table()
            .right("load")
            .right("offered")
            .right("delivered")
            .right("mean [us]")
            .right("p99 [us]")
            .right("busiest link");
    for (final NetworkLoad.Point point : curve.points()) {
      table.row(
          percent(point.offered() / curve.bound()),
          show(point.offered()),
          show(point.delivered()),
          micros(point.meanSeconds()),
          micros(point.p99Seconds()),
          percent(point.hottest()));
    }
    return table;
  }

  private Map<String, Object> json(final Named named) {
    final NetworkLoad.Curve curve = named.curve();
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("topology", named.topology());
    json.put("nodes", curve.nodes());
    json.put("message_bytes", curve.messageBytes());
    json.put("bound_bytes_per_s", curve.bound());
    json.put("saturation_bytes_per_s", curve.saturation());
    json.put("saturation_of_bound", curve.saturation() / curve.bound());
    json.put("empty_latency_us", curve.emptySeconds() * MICROS);
    json.put("points", curve.points());
    return json;
  }

  private static String words(final Named named, final String node) {
    final NetworkLoad.Curve curve = named.curve();
    return String.format(
        Locale.ROOT,
        "%s: saturates at %s out of each %s, %s of the bound %s; %s us when empty.",
        named.title(),
        show(curve.saturation()),
        node,
        percent(curve.saturation() / curve.bound()),
        show(curve.bound()),
        micros(curve.emptySeconds()));
  }

  private static String show(final double rate) {
    return new Quantity(rate, Dimension.BYTES_PER_SECOND).rounded(DIGITS);
  }

  private static String micros(final double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds * MICROS);
  }

  private static String percent(final double share) {
    return Table.percent(share) + " %";
  }
}
