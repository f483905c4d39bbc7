package org.inferchip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.inferchip.SharedData;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.numerics.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped models against counts that were made elsewhere from the published configs. */
class ShippedModelTest {
  private static final Models MODELS = new Models(new Descriptions(new Catalog(Path.of("../.."))));

  static Stream<JsonNode> published() throws IOException {
    final JsonNode root = new YAMLMapper().readTree(SharedData.file("facts/models.yaml").toFile());
    final List<JsonNode> models = new ArrayList<>();
    root.get("models").forEach(models::add);
    return models.stream();
  }

  @Test
  void shouldShipThePublishedOnesAndThoseOfMeasuredRuns() {
    assertTrue(MODELS.names().size() >= 33 + 3);
    // Stated by the model hub for each checkpoint.
    assertEquals(33_743_970_304L, MODELS.read("codellama-34b").model().parameters());
    assertEquals(12_247_782_400L, MODELS.read("mistral-nemo-12b").model().parameters());
    assertEquals(34_388_917_248L, MODELS.read("yi-34b").model().parameters());
  }

  /** Counts that the model hub states for checkpoints of published figures. */
  @ParameterizedTest
  @CsvSource({
    "llama-3.2-1b, 1235814400",
    "llama-3.2-3b, 3212749824",
    "llama-2-13b, 13015864320",
    "tinyllama-1.1b, 1100048384",
    "qwen2.5-0.5b, 494032768",
    "qwen2.5-1.5b, 1543714304",
    "qwen2.5-3b, 3085938688",
    "qwen2.5-14b, 14770033664",
    "qwen2.5-32b, 32763876352",
    "qwen3-4b, 4022468096",
    "qwen3-14b, 14768307200",
    "internlm2-1.8b, 1889110016",
    "gemma-2-2b, 2614341888",
    "phi-3-mini, 3821079552",
    "phi-4-mini, 3836021760",
    "ministral-8b, 8019808256",
    "mistral-small-24b, 23572403200"
  })
  void shouldCountParametersAsTheHubStates(final String name, final long parameters) {
    assertEquals(parameters, MODELS.read(name).model().parameters());
  }

  @ParameterizedTest
  @MethodSource("published")
  void shouldCountParametersAndCacheAsPublished(final JsonNode fact) {
    final LoadedModel loaded = MODELS.read(fact.get("id").asText());
    final Model model = loaded.model();
    assertEquals(fact.get("id").asText(), model.id());
    assertEquals(fact.get("params_from_fields").asLong(), model.parameters());
    assertEquals(
        fact.path("params_active_from_fields").asLong(model.parameters()),
        model.activeParameters());
    assertEquals(fact.get("kv_bytes_per_token_bf16").asLong(), model.kvBytesPerToken(Format.BF16));
    assertEquals(fact.path("params_mtp_module").asLong(0), model.multiTokenPredictionParameters());
    assertEquals(0, loaded.estimateShare());
  }

  @ParameterizedTest
  @MethodSource("published")
  void shouldBeNamedAsItsFileAndReadBackFromItsOwnText(final JsonNode fact) {
    final Model model = MODELS.read(fact.get("id").asText()).model();
    assertEquals(model, MODELS.read(model.name()).model());
    assertEquals(
        model, Descriptions.here().readText(Models.KIND, "text", ModelYaml.text(model)).value());
  }

  /** Publishers' counts of active parameters leave the input embedding out. */
  @Test
  void shouldCountActiveParametersWithoutTheEmbedding() {
    assertEquals(12_748_853_248L, active("mixtral-8x7b"));
    assertEquals(3_041_867_776L, active("qwen3-30b-a3b"));
    assertEquals(21_568_433_664L, active("qwen3-235b-a22b"));
    assertEquals(36_625_618_432L, active("deepseek-v3"));
    assertEquals(3_608_307_264L, active("gpt-oss-20b"));
    assertEquals(5_132_849_472L, active("gpt-oss-120b"));
  }

  private static long active(final String name) {
    return MODELS.read(name).model().activeParametersWithoutEmbedding();
  }

  @Test
  void shouldStopTheCacheOfLocalLayersAtTheirWindow() {
    final Model model = MODELS.read("gpt-oss-120b").model();
    // 18 local layers of window 128 and 18 full ones; 8 heads x 64 x 2 x 2 bytes a token.
    assertEquals(18 * (128 + 4096) * 2048L, model.kvBytes(Format.BF16, 4096));
    assertEquals(100 * model.kvBytesPerToken(Format.BF16), model.kvBytes(Format.BF16, 100));
    assertEquals(2, model.layers().stream().map(Layer::shape).distinct().count());
  }

  @Test
  void shouldMakeTheLayersOfMixedModels() {
    final Model model = MODELS.read("deepseek-v3").model();
    final List<Layer> layers = model.layers();
    assertEquals(3, layers.stream().filter(layer -> !layer.shape().moe()).count());
    final LayerShape moe = layers.get(60).shape();
    assertEquals(256, moe.matrix("expert_down_proj").copies());
    assertEquals(8, moe.matrix("expert_down_proj").copiesPerToken());
    assertEquals(576, moe.matrix("kv_a_proj").outputs());
    assertEquals(
        List.of(
            "q_a_proj",
            "q_b_proj",
            "kv_a_proj",
            "kv_b_proj",
            "o_proj",
            "router",
            "expert_gate_up_proj",
            "expert_down_proj",
            "shared_expert_gate_up_proj",
            "shared_expert_down_proj"),
        moe.matrices().stream().map(WeightMatrix::name).toList());
    assertEquals("MLA", model.attentionKind());
  }

  @Test
  void shouldKeepNoCacheInEncoders() {
    final Model bert = MODELS.read("bert-base").model();
    assertTrue(bert.head().isEmpty());
    assertEquals(0, bert.kvBytes(Format.BF16, 512));
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-3.1-8b", "Llama-3.1-8B", "meta-llama/Llama-3.1-8B"})
  void shouldFindModelsByNameAndIdentifier(final String typed) {
    assertEquals("llama-3.1-8b", MODELS.read(typed).model().name());
  }
}
