package org.inferchip.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;

/**
 * Finds models: by name, by Hugging Face identifier or its last part (letter case left out), by the
 * path of a model file, or by the path of a {@code config.json}.
 */
public final class Models {
  /** Model files. */
  public static final Kind<Model> KIND =
      new Kind<>("model", "workloads/models", Model.class, List.of());

  /** What instruction-tuned and other variants of a shape are called. */
  private static final String VARIANT = "-(instruct|chat|it|hf|base|preview|thinking)\\b.*$";

  private final Descriptions descriptions;

  /**
   * A finder.
   *
   * @param descriptions reads files
   */
  public Models(final Descriptions descriptions) {
    this.descriptions = descriptions;
  }

  /** A finder in the process's working directory and the packed files. */
  public static Models here() {
    return new Models(Descriptions.here());
  }

  /** Names of all models, sorted. */
  public List<String> names() {
    return descriptions.catalog().names(KIND.folder(), Catalog.YAML);
  }

  /**
   * Reads a model.
   *
   * @throws InvalidInputException with every problem; for an unknown name, with the nearest one
   */
  public LoadedModel read(final String typed) {
    if (typed.toLowerCase(Locale.ROOT).endsWith(".json")) {
      return HuggingFaceImport.read(Path.of(typed), "", "");
    }
    if (isFile(typed)
        || descriptions.catalog().lookUp(typed, KIND.folder(), Catalog.YAML).isPresent()) {
      return load(typed);
    }
    final Map<String, String> aliases = aliases();
    final String name = aliases.get(typed.toLowerCase(Locale.ROOT));
    if (name == null) {
      throw unknown(typed, aliases);
    }
    return load(name);
  }

  private LoadedModel load(final String nameOrPath) {
    final Described<Model> described = descriptions.read(KIND, nameOrPath, Overrides.none());
    ModelRules.check(described);
    return new LoadedModel(
        described.value(), described.files(), described.sources().estimateShare(), List.of());
  }

  private static boolean isFile(final String typed) {
    final String lower = typed.toLowerCase(Locale.ROOT);
    return lower.endsWith(".yaml") || lower.endsWith(".yml");
  }

  private static boolean isFolder(final String typed) {
    return !typed.isEmpty() && typed.indexOf('\0') < 0 && Files.isDirectory(Path.of(typed));
  }

  /** Names by everything that stands for them, in lower case. */
  private Map<String, String> aliases() {
    final Map<String, String> aliases = new LinkedHashMap<>();
    for (final String name : names()) {
      aliases.put(name.toLowerCase(Locale.ROOT), name);
      idOf(name)
          .map(id -> id.toLowerCase(Locale.ROOT))
          .ifPresent(
              id -> {
                aliases.putIfAbsent(id, name);
                aliases.putIfAbsent(id.substring(id.lastIndexOf('/') + 1), name);
              });
    }
    return aliases;
  }

  /** The identifier in a model's file; empty where the file is broken, which is not asked here. */
  private Optional<String> idOf(final String name) {
    try {
      return Optional.of(descriptions.read(KIND, name, Overrides.none()).value().id());
    } catch (final InvalidInputException broken) {
      return Optional.empty();
    }
  }

  private static InvalidInputException unknown(
      final String typed, final Map<String, String> aliases) {
    if (isFolder(typed)) {
      return new InvalidInputException(
          Problem.ofFile(typed, "is a folder").but("a folder", "a model file or a config.json"));
    }
    final String lower = typed.toLowerCase(Locale.ROOT).replaceFirst(VARIANT, "");
    final String last = lower.substring(lower.lastIndexOf('/') + 1);
    final List<String> keys = new ArrayList<>(aliases.keySet());
    final String near =
        Optional.ofNullable(aliases.get(last))
            .orElseGet(() -> aliases.getOrDefault(Nearest.of(last, keys), ""));
    return new InvalidInputException(
        Problem.ofFile(typed.isEmpty() ? "\"\"" : typed, "there is no model of that name")
            .but(
                typed.isEmpty() ? "an empty name" : typed,
                "a name that `model list` shows, a Hugging Face id of one, or a path")
            .near(near));
  }
}
