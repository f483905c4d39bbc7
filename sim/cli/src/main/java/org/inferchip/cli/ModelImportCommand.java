package org.inferchip.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inferchip.model.HuggingFaceImport;
import org.inferchip.model.LoadedModel;
import org.inferchip.model.Model;
import org.inferchip.model.ModelYaml;
import org.inferchip.numerics.Format;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code model import}. */
@Command(
    name = "import",
    description = {
      "Turns a Hugging Face config.json into a model file, on standard output or under --out.",
      "A config.json may also be named wherever a model is wanted."
    },
    footer = "  inferchip model import config.json --name my-model --out imported")
final class ModelImportCommand extends BaseCommand {
  @Parameters(paramLabel = "CONFIG.json", description = "The config.json.")
  private Path config;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The model's name (default: the name of the file's folder).")
  private String name;

  @Option(names = "--id", paramLabel = "ID", description = "Its Hugging Face id.")
  private String id;

  @Override
  protected void check(final Problems problems) {
    if (name != null && !name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      problems.add(
          new Problem(
              CommandLineProblems.PLACE,
              0,
              0,
              "--name",
              "not a name",
              name.isEmpty() ? "\"\"" : name,
              "letters, digits, dots, hyphens",
              ""));
    }
  }

  @Override
  protected int run() {
    withFolder(
        folder -> {
          final LoadedModel loaded =
              HuggingFaceImport.read(config, name == null ? "" : name, id == null ? "" : id);
          final Model model = loaded.model();
          final String text = ModelYaml.text(model);
          if (folder != null) {
            folder.write(model.name() + ".yaml", text);
          }
          final Map<String, Object> json = new LinkedHashMap<>();
          json.put("name", model.name());
          json.put("id", model.id());
          json.put("parameters", model.parameters());
          json.put("active_parameters", model.activeParameters());
          json.put("kv_bytes_per_token", model.kvBytesPerToken(Format.BF16));
          json.put("notes", loaded.notes());
          json.put("yaml", text);
          result(json, text);
          loaded.notes().forEach(note -> message("note: " + note));
        });
    return ExitCode.DONE;
  }
}
