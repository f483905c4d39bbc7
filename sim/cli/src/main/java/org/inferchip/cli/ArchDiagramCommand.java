package org.inferchip.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.report.Picture;
import org.inferchip.report.ResultFolder;
import org.inferchip.report.diagram.ChipDiagram;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code arch diagram}: the block diagram of a chip as SVG and PNG. */
@Command(
    name = "diagram",
    description = {
      "Draws the block diagram of a chip, with capacities and bandwidths, as SVG and PNG.",
      "Without --out, to reports/diagrams/NAME."
    },
    footer = "  inferchip arch diagram h100-sxm --out reports/diagrams/h100-sxm")
final class ArchDiagramCommand extends BaseCommand {
  @Parameters(paramLabel = "CHIP", description = "Name or path of a chip.")
  private String name;

  @Mixin private OverrideOptions set;

  private Chip chip;

  @Override
  protected void check(final Problems problems) {
    chip = Descriptions.here().read(Kind.CHIP, name, set.overrides()).value();
  }

  @Override
  protected Optional<Path> folder() {
    return common().out().or(() -> Optional.of(Path.of("reports", "diagrams", chip.name())));
  }

  @Override
  protected int run() {
    final Picture picture = ChipDiagram.of(chip);
    withFolder(target -> write(target, picture));
    return ExitCode.DONE;
  }

  private void write(final ResultFolder target, final Picture picture) {
    target.write(chip.name() + ".svg", picture.svg());
    target.write(chip.name() + ".png", picture.png());
    final List<String> files = target.files();
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", chip.name());
    json.put("folder", folder().orElseThrow().toString());
    json.put("files", files);
    json.put("width", picture.width());
    json.put("height", picture.height());
    result(json, String.join("\n", files));
  }
}
