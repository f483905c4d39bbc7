package org.inferchip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports of config.json files against the shipped descriptions, which were checked elsewhere. */
class HuggingFaceImportTest {
  private static final Models MODELS = new Models(new Descriptions(new Catalog(Path.of("../.."))));

  @TempDir Path folder;

  /** The keys of the published files that matter; quotes are written as {@code '}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "llama-3.1-8b | 'model_type':'llama','hidden_size':4096,'intermediate_size':14336,"
            + "'num_hidden_layers':32,'num_attention_heads':32,'num_key_value_heads':8,"
            + "'vocab_size':128256,'max_position_embeddings':131072,'hidden_act':'silu',"
            + "'attention_bias':false,'mlp_bias':false,'tie_word_embeddings':false",
        "smollm2-135m | 'model_type':'llama','hidden_size':576,'intermediate_size':1536,"
            + "'num_hidden_layers':30,'num_attention_heads':9,'num_key_value_heads':3,"
            + "'vocab_size':49152,'max_position_embeddings':8192,'hidden_act':'silu',"
            + "'tie_word_embeddings':true",
        "granite-3.0-8b | 'model_type':'granite','hidden_size':4096,'intermediate_size':12800,"
            + "'num_hidden_layers':40,'num_attention_heads':32,'num_key_value_heads':8,"
            + "'vocab_size':49155,'max_position_embeddings':4096,'hidden_act':'silu',"
            + "'tie_word_embeddings':true,'attention_multiplier':0.0078125",
        "mistral-7b | 'model_type':'mistral','hidden_size':4096,'intermediate_size':14336,"
            + "'num_hidden_layers':32,'num_attention_heads':32,'num_key_value_heads':8,"
            + "'vocab_size':32000,'max_position_embeddings':32768,'hidden_act':'silu',"
            + "'sliding_window':4096",
        "mixtral-8x7b | 'model_type':'mixtral','hidden_size':4096,'intermediate_size':14336,"
            + "'num_hidden_layers':32,'num_attention_heads':32,'num_key_value_heads':8,"
            + "'vocab_size':32000,'max_position_embeddings':32768,'hidden_act':'silu',"
            + "'num_local_experts':8,'num_experts_per_tok':2,'sliding_window':null",
        "phi-4 | 'model_type':'phi3','hidden_size':5120,'intermediate_size':17920,"
            + "'num_hidden_layers':40,'num_attention_heads':40,'num_key_value_heads':10,"
            + "'vocab_size':100352,'max_position_embeddings':16384,'hidden_act':'silu',"
            + "'sliding_window':null,'tie_word_embeddings':false",
        "qwen2.5-7b | 'model_type':'qwen2','hidden_size':3584,'intermediate_size':18944,"
            + "'num_hidden_layers':28,'num_attention_heads':28,'num_key_value_heads':4,"
            + "'vocab_size':152064,'max_position_embeddings':131072,'hidden_act':'silu',"
            + "'use_sliding_window':false,'sliding_window':131072,'max_window_layers':28",
        "qwen3-8b | 'model_type':'qwen3','hidden_size':4096,'intermediate_size':12288,"
            + "'num_hidden_layers':36,'num_attention_heads':32,'num_key_value_heads':8,"
            + "'head_dim':128,'vocab_size':151936,'max_position_embeddings':40960,"
            + "'hidden_act':'silu','attention_bias':false,'use_sliding_window':false",
        "qwen3-30b-a3b | 'model_type':'qwen3_moe','hidden_size':2048,'intermediate_size':6144,"
            + "'num_hidden_layers':48,'num_attention_heads':32,'num_key_value_heads':4,"
            + "'head_dim':128,'vocab_size':151936,'max_position_embeddings':40960,"
            + "'hidden_act':'silu','num_experts':128,'num_experts_per_tok':8,"
            + "'moe_intermediate_size':768,'decoder_sparse_step':1,'mlp_only_layers':[]",
        "deepseek-v3 | 'model_type':'deepseek_v3','hidden_size':7168,'intermediate_size':18432,"
            + "'num_hidden_layers':61,'num_attention_heads':128,'num_key_value_heads':128,"
            + "'vocab_size':129280,'max_position_embeddings':163840,'hidden_act':'silu',"
            + "'q_lora_rank':1536,'kv_lora_rank':512,'qk_nope_head_dim':128,"
            + "'qk_rope_head_dim':64,'v_head_dim':128,'n_routed_experts':256,"
            + "'n_group':8,'topk_group':4,"
            + "'n_shared_experts':1,'num_experts_per_tok':8,'moe_intermediate_size':2048,"
            + "'first_k_dense_replace':3,'moe_layer_freq':1,'scoring_func':'sigmoid',"
            + "'topk_method':'noaux_tc','num_nextn_predict_layers':1",
        "gpt-oss-20b | 'model_type':'gpt_oss','hidden_size':2880,'intermediate_size':2880,"
            + "'num_hidden_layers':24,'num_attention_heads':64,'num_key_value_heads':8,"
            + "'head_dim':64,'vocab_size':201088,'max_position_embeddings':131072,"
            + "'hidden_act':'silu','attention_bias':true,'sliding_window':128,"
            + "'layer_types':['sliding_attention','full_attention','sliding_attention',"
            + "'full_attention'],'num_local_experts':32,'num_experts_per_tok':4,"
            + "'quantization_config':{'quant_method':'mxfp4'}",
        "gemma-2-9b | 'model_type':'gemma2','hidden_size':3584,'intermediate_size':14336,"
            + "'num_hidden_layers':42,'num_attention_heads':16,'num_key_value_heads':8,"
            + "'head_dim':256,'vocab_size':256000,'max_position_embeddings':8192,"
            + "'hidden_act':'gelu_pytorch_tanh','sliding_window':4096,"
            + "'attn_logit_softcapping':50.0,'final_logit_softcapping':30.0",
        "gemma-3-12b | 'model_type':'gemma3','vision_config':{},'text_config':{"
            + "'model_type':'gemma3_text','hidden_size':3840,'intermediate_size':15360,"
            + "'num_hidden_layers':48,'num_attention_heads':16,'num_key_value_heads':8,"
            + "'sliding_window':1024}",
        "opt-125m | 'model_type':'opt','hidden_size':768,'ffn_dim':3072,'num_hidden_layers':12,"
            + "'num_attention_heads':12,'vocab_size':50272,'max_position_embeddings':2048,"
            + "'activation_function':'relu','do_layer_norm_before':true,"
            + "'word_embed_proj_dim':768",
        "bert-base | 'model_type':'bert','hidden_size':768,'intermediate_size':3072,"
            + "'num_hidden_layers':12,'num_attention_heads':12,'vocab_size':30522,"
            + "'max_position_embeddings':512,'hidden_act':'gelu','type_vocab_size':2,"
            + "'position_embedding_type':'absolute'",
        "tinystories-33m | 'model_type':'gpt_neo','hidden_size':768,'intermediate_size':null,"
            + "'num_layers':4,'num_heads':16,'vocab_size':50257,"
            + "'max_position_embeddings':2048,'activation_function':'gelu_new',"
            + "'attention_types':[[['global','local'],2]],'window_size':256",
      })
  void shouldImportTheShippedModels(final String name, final String keys) throws IOException {
    final Model imported =
        HuggingFaceImport.read(write("{" + keys.replace('\'', '"') + "}"), name, "").model();
    // No configuration says how popular experts are.
    assertEquals(
        comparable(MODELS.read(name).model())
            .toString()
            .replace("popularity=Optional[1.0]", "popularity=Optional.empty"),
        comparable(imported).toString());
  }

  /** GPT-2 small has 124,439,808 parameters. */
  @Test
  void shouldImportGpt2() throws IOException {
    final Path file =
        write(
            """
            {"model_type":"gpt2","n_embd":768,"n_layer":12,"n_head":12,"vocab_size":50257,
             "n_positions":1024,"activation_function":"gelu_new"}
            """);
    assertEquals(124_439_808L, HuggingFaceImport.read(file, "", "").model().parameters());
  }

  /** Qwen1.5-MoE-A2.7B has 14,315,784,192 parameters, the shared expert's gate included. */
  @Test
  void shouldImportTheSharedExpertGateOfQwen2Moe() throws IOException {
    final Path file =
        write(
            """
            {"model_type":"qwen2_moe","hidden_size":2048,"intermediate_size":5632,
             "num_hidden_layers":24,"num_attention_heads":16,"num_key_value_heads":16,
             "vocab_size":151936,"max_position_embeddings":8192,"hidden_act":"silu",
             "num_experts":60,"num_experts_per_tok":4,"moe_intermediate_size":1408,
             "shared_expert_intermediate_size":5632,"decoder_sparse_step":1}
            """);
    assertEquals(14_315_784_192L, HuggingFaceImport.read(file, "", "").model().parameters());
  }

  @Test
  void shouldNameEveryMissingKey() throws IOException {
    final Path file =
        write("{\"model_type\":\"llama\",\"hidden_size\":64,\"hidden_act\":\"silu\"}");
    final InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> HuggingFaceImport.read(file, "", ""));
    for (final String key :
        new String[] {
          "num_hidden_layers",
          "num_attention_heads",
          "intermediate_size",
          "vocab_size",
          "max_position_embeddings"
        }) {
      assertTrue(refused.getMessage().contains(key + ": missing"), refused.getMessage());
    }
  }

  /**
   * Gemma 3 4B has 4,300,079,472 parameters with its vision tower (416,866,032) and the projection
   * from it (1152 x 2560 and a norm of 1152).
   */
  @Test
  void shouldNoteWhatAnArchitectureAssumes() throws IOException {
    final Path file =
        write(
            "{\"model_type\":\"gemma3_text\",\"hidden_size\":2560,\"num_hidden_layers\":34,"
                + "\"intermediate_size\":10240,\"sliding_window\":1024}");
    final LoadedModel loaded = HuggingFaceImport.read(file, "g", "");
    assertEquals(5, loaded.notes().size());
    assertEquals(4_300_079_472L - 416_866_032L - 2_950_272L, loaded.model().parameters());
  }

  private Path write(final String text) throws IOException {
    return Files.writeString(folder.resolve("config.json"), text);
  }

  /** A model without what no config.json says. */
  private static Model comparable(final Model model) {
    final String text = ModelYaml.text(model);
    final StringBuilder kept = new StringBuilder();
    for (final String line : text.lines().toList()) {
      if (line.startsWith("sources:")) {
        break;
      }
      final boolean own = line.startsWith("note:") || line.startsWith("id:");
      kept.append(own ? "" : line + "\n");
    }
    kept.append("id: x\nsources: {}\n");
    final Model read = Descriptions.here().readText(Models.KIND, "text", kept.toString()).value();
    assertEquals(Map.of(), read.sources());
    assertEquals(Optional.empty(), read.note());
    return read;
  }
}
