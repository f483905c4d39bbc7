package org.inferchip.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.ChipTotals;
import org.inferchip.arch.FarMemory;
import org.inferchip.arch.Offload;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.derive.Floors;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Leaves;
import org.inferchip.units.Dimension;
import org.inferchip.units.Quantity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arch show}: a composed description as a tree, with what it adds up to. */
@Command(
    name = "show",
    description = "Shows a chip, system or stack composed of its parts, with totals and sources.",
    footer = "  inferchip arch show h100-sxm --set memory.stacks=6")
final class ArchShowCommand extends BaseCommand {
  @Parameters(paramLabel = "NAME", description = "Name or path of a chip, system or stack.")
  private String name;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "chip, system or stack, where a name is more than one of them.")
  private String kind;

  @Mixin private OverrideOptions set;

  @Override
  protected int run() {
    final ArchKinds.Read read =
        ArchKinds.read(Descriptions.here(), name, Optional.ofNullable(kind), set.overrides());
    final Described<?> described = read.described();
    final Map<String, String> leaves = Leaves.of(described.tree());
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", read.kind().name());
    json.put("name", leaves.get("name"));
    json.put("estimate_share", described.sources().estimateShare());
    final List<Object> texts = new ArrayList<>();
    texts.add(leaves.get("name") + ": " + leaves.get("description"));
    texts.add(DescriptionTree.text(described));
    final Optional<Chip> chip = chip(described.value());
    if (chip.isPresent()) {
      json.put("totals", ChipTotals.of(chip.get()));
      json.put("floors_w", Floors.of(chip.get()));
      texts.add(ChipSummary.of(chip.get()));
    }
    if (described.value() instanceof final SystemDescription system) {
      streaming(system).ifPresent(texts::add);
    }
    texts.add(DescriptionTree.sources(described));
    json.put("values", leaves);
    json.put("sources", described.sources().claims());
    json.put("files", described.files());
    result(json, texts.toArray());
    return ExitCode.DONE;
  }

  /** Where the weights of models are that are kept behind the chips' own memory. */
  private static Optional<String> streaming(final SystemDescription system) {
    final Optional<Offload> offload =
        system.placement().offload().filter(kept -> kept.weightShare() > 0);
    return offload.flatMap(
        kept ->
            FarMemory.of(system)
                .map(
                    far ->
                        String.format(
                            Locale.ROOT,
                            "Weights: %.3g %% of each layer's come from %s in every step, at %s of"
                                + " %s stated%s.",
                            100 * kept.weightShare(),
                            far.name(),
                            show(far.rate()),
                            show(far.peak()),
                            kept.spills() ? ", where they do not fit on the chips" : "")));
  }

  private static String show(final double rate) {
    return new Quantity(rate, Dimension.BYTES_PER_SECOND).rounded(4);
  }

  private static Optional<Chip> chip(final Object value) {
    if (value instanceof SystemDescription system) {
      return Optional.of(system.chip());
    }
    return value instanceof Chip chip ? Optional.of(chip) : Optional.empty();
  }
}
