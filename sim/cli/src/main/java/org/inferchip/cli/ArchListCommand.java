package org.inferchip.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Leaves;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;

/** {@code arch list}: every name, the working directory's own and the packed ones. */
@Command(
    name = "list",
    description = "Lists the chips, systems and stacks that can be named.",
    footer = "  inferchip arch list --json")
final class ArchListCommand extends BaseCommand {
  /**
   * A name.
   *
   * @param kind chip, system or stack
   * @param name to use on the command line
   * @param description one line
   */
  record Line(String kind, String name, String description) {}

  @Override
  protected int run() {
    final Descriptions descriptions = Descriptions.here();
    final Problems problems = new Problems();
    final List<Line> lines = new ArrayList<>();
    for (final Kind<?> kind : ArchKinds.ALL) {
      for (final String name : descriptions.catalog().names(kind.folder(), Catalog.YAML)) {
        try {
          final Map<String, String> leaves =
              Leaves.of(descriptions.read(kind, name, Overrides.none()).tree());
          lines.add(new Line(kind.name(), name, leaves.get("description")));
        } catch (final InvalidInputException e) {
          e.problems().forEach(problems::add);
        }
      }
    }
    problems.throwIfAny();
    final Table table = new Table().left("kind").left("name").left("description");
    lines.forEach(line -> table.row(line.kind(), line.name(), line.description()));
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("descriptions", lines);
    result(json, table);
    return ExitCode.DONE;
  }
}
