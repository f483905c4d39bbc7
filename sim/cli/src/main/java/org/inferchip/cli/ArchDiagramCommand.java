package org.inferchip.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.report.Picture;
import org.inferchip.report.ResultFolder;
import org.inferchip.report.diagram.ChipDiagram;
import org.inferchip.report.diagram.DieDiagram;
import org.inferchip.report.diagram.PackageDiagram;
import org.inferchip.report.diagram.SystemDiagram;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code arch diagram}: block diagrams of a chip or a system as SVG and PNG. */
@Command(
    name = "diagram",
    description = {
      "Draws a chip or a system as block diagrams with capacities and bandwidths (SVG and PNG).",
      "Of a chip also its package where it has several dies, and its die where the network on it",
      "is described. Without --out, to reports/diagrams/NAME."
    },
    footer = "  inferchip arch diagram h100-sxm --out reports/diagrams/h100-sxm")
final class ArchDiagramCommand extends BaseCommand {
  @Parameters(paramLabel = "NAME", description = "Name or path of a chip or system.")
  private String name;

  @Mixin private OverrideOptions set;

  private final Map<String, Picture> pictures = new LinkedHashMap<>();
  private String called;

  @Override
  protected void check(final Problems problems) {
    final Descriptions here = Descriptions.here();
    if (here.kindOf(name, List.of(Kind.CHIP, Kind.SYSTEM)) == Kind.SYSTEM) {
      final SystemDescription system = here.read(Kind.SYSTEM, name, set.overrides()).value();
      called = system.name();
      pictures.put(called, SystemDiagram.of(system));
      return;
    }
    final Chip chip = here.read(Kind.CHIP, name, set.overrides()).value();
    called = chip.name();
    pictures.put(called, ChipDiagram.of(chip));
    if (PackageDiagram.suits(chip)) {
      pictures.put(called + "-package", PackageDiagram.of(chip));
    }
    if (chip.network().isPresent()) {
      pictures.put(called + "-die", DieDiagram.of(chip));
    }
  }

  @Override
  protected Optional<Path> folder() {
    return common().out().or(() -> Optional.of(Path.of("reports", "diagrams", called)));
  }

  @Override
  protected int run() {
    withFolder(this::write);
    return ExitCode.DONE;
  }

  private void write(final ResultFolder target) {
    pictures.forEach(
        (file, picture) -> {
          target.write(file + ".svg", picture.svg());
          target.write(file + ".png", picture.png());
        });
    final List<String> files = target.files();
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", called);
    json.put("folder", folder().orElseThrow().toString());
    json.put("files", files);
    json.put("width", pictures.get(called).width());
    json.put("height", pictures.get(called).height());
    result(json, String.join("\n", files));
  }
}
