package org.inferchip.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.inferchip.arch.Source;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;

/**
 * Makes a model of a Hugging Face {@code config.json}. An architecture that is not known here, a
 * missing key that decides a shape, and a value that cannot be described are errors. A key that
 * config files of an architecture leave out by habit takes the default of its Transformers class,
 * with a note.
 */
public final class HuggingFaceImport {
  private static final Map<String, BiConsumer<ConfigJson, ModelDraft>> FAMILIES = families();

  private HuggingFaceImport() {}

  private static Map<String, BiConsumer<ConfigJson, ModelDraft>> families() {
    final Map<String, BiConsumer<ConfigJson, ModelDraft>> families = new TreeMap<>();
    families.put("llama", LlamaFamilies::llama);
    families.put("granite", LlamaFamilies::granite);
    families.put("mistral", LlamaFamilies::mistral);
    families.put("mixtral", LlamaFamilies::mixtral);
    families.put("phi3", LlamaFamilies::phi3);
    families.put("qwen2", LlamaFamilies::qwen2);
    families.put("qwen2_moe", LlamaFamilies::qwen2Moe);
    families.put("qwen3", LlamaFamilies::qwen3);
    families.put("qwen3_moe", LlamaFamilies::qwen3Moe);
    families.put("deepseek_v3", LlamaFamilies::deepseekV3);
    families.put("gpt_oss", LlamaFamilies::gptOss);
    families.put("gemma2", LlamaFamilies::gemma2);
    families.put("gemma3_text", LlamaFamilies::gemma3);
    families.put("opt", GptFamilies::opt);
    families.put("bert", GptFamilies::bert);
    families.put("gpt_neo", GptFamilies::gptNeo);
    families.put("gpt2", GptFamilies::gpt2);
    return families;
  }

  /**
   * Imports a file.
   *
   * @param path a config.json
   * @param name the model's name; empty: the file's folder
   * @param id its identifier; empty: as the file says, else the name
   * @throws org.inferchip.units.InvalidInputException with every problem
   */
  public static LoadedModel read(final Path path, final String name, final String id) {
    final ConfigJson top = ConfigJson.read(path);
    ConfigJson config = top;
    final ModelDraft draft = new ModelDraft();
    if (top.node("text_config").isObject()) {
      config = top.below("text_config");
      draft.textTowerOnly = top.has("vision_config");
      if (draft.textTowerOnly) {
        top.notes().add("vision_config is left out: the model is the text tower");
      }
    }
    final BiConsumer<ConfigJson, ModelDraft> family = family(top, config);
    top.only("is_encoder_decoder", "false");
    if (family != null) {
      family.accept(config, draft);
    }
    if (top.has("quantization_config") && family != null && !"gpt_oss".equals(type(config))) {
      top.notes().add("quantization_config is left out: formats are the system's");
    }
    draft.name = name.isEmpty() ? folder(path) : name;
    draft.id = !id.isEmpty() ? id : top.text("_name_or_path", draft.name);
    top.problems().throwIfAny();
    final Source source = new Source("config.json", Source.Mark.CHECKED, List.of("all"));
    final Model model = draft.build(Map.of("import", source));
    ModelYaml.checkByReading(model, path.toString());
    return new LoadedModel(model, List.of(top.input()), 0, top.notes());
  }

  private static BiConsumer<ConfigJson, ModelDraft> family(
      final ConfigJson top, final ConfigJson config) {
    final String type = type(config);
    final BiConsumer<ConfigJson, ModelDraft> family = FAMILIES.get(type);
    if (family == null) {
      final Problem problem =
          new Problem(
              top.input().file(),
              0,
              0,
              "model_type",
              type.isEmpty() ? "missing" : "an architecture that cannot be imported",
              type,
              String.join(", ", FAMILIES.keySet()),
              type.isEmpty() ? "" : Nearest.of(type, FAMILIES.keySet()));
      top.problems().add(problem);
    }
    return family;
  }

  private static String type(final ConfigJson config) {
    final String type = config.text("model_type", "");
    return "gemma3".equals(type) ? "gemma3_text" : type;
  }

  private static String folder(final Path path) {
    final Path parent = path.toAbsolutePath().normalize().getParent();
    final String name =
        parent == null || parent.getFileName() == null ? "" : parent.getFileName().toString();
    final String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
    return plain.isBlank() ? "imported" : plain;
  }

  /** Reads {@code layer_types}, one name for each layer. */
  static List<Span> spans(final ConfigJson config, final String key) {
    final List<Span> spans = new java.util.ArrayList<>();
    for (final JsonNode type : config.node(key)) {
      final String text = type.asText();
      if (text.equals("sliding_attention") || text.equals("local")) {
        spans.add(Span.LOCAL);
      } else if (text.equals("full_attention") || text.equals("global")) {
        spans.add(Span.FULL);
      } else {
        config.problem(key, "a kind of attention that is not modelled", text, "sliding or full");
      }
    }
    return shortest(spans);
  }

  /** The shortest list that, repeated, begins with this one. */
  private static List<Span> shortest(final List<Span> spans) {
    for (int period = 1; period < spans.size(); period++) {
      boolean repeats = true;
      for (int i = period; i < spans.size() && repeats; i++) {
        repeats = spans.get(i) == spans.get(i - period);
      }
      if (repeats) {
        return List.copyOf(spans.subList(0, period));
      }
    }
    return List.copyOf(spans);
  }
}
