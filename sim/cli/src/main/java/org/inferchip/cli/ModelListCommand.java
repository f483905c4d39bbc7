package org.inferchip.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inferchip.model.Model;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import picocli.CommandLine.Command;

/** {@code model list}. */
@Command(
    name = "list",
    description = "Lists the models that can be named.",
    footer = "  inferchip model list --json")
final class ModelListCommand extends BaseCommand {
  /** A line of the list. */
  private record Row(
      String name, String id, long parameters, long activeParameters, long kvBytesPerToken) {}

  @Override
  protected int run() {
    final Models models = Models.here();
    final List<Row> rows = new ArrayList<>();
    final Table table =
        new Table()
            .left("name")
            .left("attention")
            .right("layers")
            .right("parameters", "10^9")
            .right("active", "10^9")
            .right("cache bf16", "B/token")
            .left("Hugging Face id");
    for (final String name : models.names()) {
      final Model model = models.read(name).model();
      final long cache = model.kvBytesPerToken(Format.BF16);
      rows.add(new Row(name, model.id(), model.parameters(), model.activeParameters(), cache));
      table.row(
          name,
          model.attentionKind(),
          model.numHiddenLayers(),
          model.parameters() / ModelShowCommand.BILLION,
          model.activeParameters() / ModelShowCommand.BILLION,
          cache,
          model.id());
    }
    result(Map.of("models", rows), table);
    return ExitCode.DONE;
  }
}
