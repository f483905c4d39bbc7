package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Traces, models and their commands that cannot be used: exit 2, nothing on standard output, and a
 * message that names the place. In files {@code ;} ends a line; what the message must hold stands
 * behind, {@code ~} between the parts.
 */
class BadWorkloadTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "t.jsonl | {\"timestamp\":0,\"input_length\":1,\"output_length\":1};{\"timestamp\":1,\"in"
            + " | t.jsonl:2: ~ not valid JSON",
        "t.jsonl | {\"timestamp\":NaN,\"input_length\":1,\"output_length\":1} | :1: ~ NaN",
        "t.jsonl | {\"timestamp\":\"x\",\"input_length\":1,\"output_length\":1}"
            + " | :1: timestamp: not a number ~ found x",
        "t.jsonl | {\"timestamp\":-1,\"input_length\":1,\"output_length\":1}"
            + " | :1: timestamp: negative time",
        "t.jsonl | {\"timestamp\":1e99,\"input_length\":1,\"output_length\":1}"
            + " | :1: timestamp: out of range",
        "t.jsonl | {\"timestamp\":1e999999999,\"input_length\":1,\"output_length\":1}"
            + " | :1: timestamp: out of range",
        "t.jsonl | {\"timestamp\":0,\"input_length\":-5,\"output_length\":1}"
            + " | :1: input_length: out of range ~ found -5",
        "t.jsonl | {\"timestamp\":0,\"input_length\":1.5,\"output_length\":1}"
            + " | :1: input_length: not a whole number",
        "t.jsonl | {\"timestamp\":0,\"input_length\":99999999999,\"output_length\":1}"
            + " | :1: input_length: out of range",
        "t.jsonl | {\"timestamp\":0,\"input_length\":1} | :1: output_length: missing",
        "t.jsonl | {\"input_length\":1,\"output_length\":1} | :1: timestamp: missing",
        "t.jsonl | {\"timestamp\":0,\"input_length\":0,\"output_length\":1}"
            + " | no request is left ~ zero_input_tokens",
        "t.jsonl | {\"timestamp\":0,\"input_length\":1,\"output_length\":1,\"hash_ids\":[1,2]}"
            + " | :1: hash_ids: more identifiers",
        "t.jsonl | {\"timestamp\":0,\"input_length\":1,\"output_length\":1,\"hash_ids\":[1.5]}"
            + " | :1: hash_ids[0]: not a block identifier",
        "t.jsonl | {\"timestamp\":0,\"input_length\":1,\"output_length\":1,\"hash_ids\":\"7\"}"
            + " | :1: hash_ids: not a list",
        "t.jsonl | {\"timestamp\":0,\"timestamp\":1,\"input_length\":1,\"output_length\":1}"
            + " | :1: ~ Duplicate field 'timestamp'",
        "t.jsonl | {\"request_id\":\"a\",\"timestamp\":0,\"input_length\":1,\"output_length\":1};"
            + "{\"request_id\":\"a\",\"timestamp\":0,\"input_length\":1,\"output_length\":1}"
            + " | :2: request_id: two requests have one name ~ line 1",
        "t.jsonl | {\"wait_for\":[\"x\"],\"input_length\":1,\"output_length\":1}"
            + " | :1: wait_for: waits for an unknown request ~ found x",
        "t.jsonl | {\"request_id\":\"a\",\"wait_for\":[\"b\"],\"input_length\":1,"
            + "\"output_length\":1};{\"request_id\":\"b\",\"wait_for\":[\"a\"],"
            + "\"input_length\":1,\"output_length\":1} | wait_for: requests wait for each other",
        "t.jsonl | {\"trace_schema\":\"request-trace/9\"};{\"timestamp\":0,\"input_length\":1,"
            + "\"output_length\":1} | :1: trace_schema: not supported ~ request-trace/1",
        "t.jsonl | {\"trace_schema\":\"request-trace/1\"};{\"timestamp\":0,\"input_lenght\":1,"
            + "\"output_length\":1} | :2: input_lenght: unknown field ~ did you mean input_length?",
        "t.jsonl | {\"trace_schema\":\"request-trace/1\"} | no request is left",
        "t.jsonl | [{\"timestamp\":0}] | :1: ~ a JSON array ~ one object a line",
        "t.jsonl | {\"a\":1} | :1: ~ no known format ~ mooncake",
        "t.jsonl | {\"timestamp\":0,\"input_length\":1,\"output_length\":1};7"
            + " | :2: not a JSON object",
        "t.csv | hello,world;1,2 | :1: the format cannot be told ~ azure",
        "t.csv | TIMESTAMP,ContextTokens,GeneratedTokens | no request is left ~ found no row",
        "t.csv | TIMESTAMP,ContextTokens,GeneratedTokens;2023-11-16 18:17:03,1"
            + " | :2: wrong number of fields ~ found 2 ~ 3 fields",
        "t.csv | TIMESTAMP,ContextTokens,GeneratedTokens;2023-13-45 18:17:03,1,1"
            + " | :2: TIMESTAMP: not a date and time",
        "t.csv | TIMESTAMP,ContextTokens,GeneratedTokens;yesterday,1,1"
            + " | :2: TIMESTAMP: not a date and time ~ found yesterday",
        "t.csv | TIMESTAMP,ContextTokens,GeneratedTokens;2023-11-16 18:17:03,nan,1"
            + " | :2: ContextTokens: not a number",
        "t.csv | TIMESTAMP,ContextTokens;2023-11-16 18:17:03,1 | GeneratedTokens: missing",
        "t.csv | num_prefill_tokens,num_decode_tokens;5,5 | only lengths ~ --arrivals",
        "t.csv | arrived_at,num_prefill_tokens,num_decode_tokens,num_total_tokens;0,5,5,11"
            + " | :2: num_total_tokens: is not the sum",
        "t.csv | start_s,rate,cv,family,shape,scale;0,1,1,,, | no reader ~ servegen",
        "t.csv | request_id,request_id,input_length;1,1,1 | request_id: the header names ~ twice",
        "t.csv | timestamp,input_length,output_length;0,\"1,1 | :2: a quote is not closed",
        "t.csv | timestamp,input_length,output_length,n;0,1,1,0 | :2: n: out of range",
        "t.csv | timestamp,input_length,output_length,hash_ids;0,999,1,9-3"
            + " | :2: hash_ids: not a run",
      })
  void shouldRefuseTraces(final String name, final String text, final String parts)
      throws IOException {
    final Path file = Files.writeString(folder.resolve(name), text.replace(';', '\n'));
    refused(parts, "trace", "stats", file.toString());
  }

  @Test
  void shouldRefuseFilesThatAreNoText() throws IOException {
    final String text = "timestamp,input_length,output_length\n0,1,1\n";
    stats("UTF-16", text.getBytes(StandardCharsets.UTF_16));
    stats("UTF-16", text.getBytes(StandardCharsets.UTF_16LE));
    stats(":2: is not UTF-8", "a,b\n\u00e9,1\n".getBytes(StandardCharsets.ISO_8859_1));
    stats("gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0});
    stats(":2: contains a NUL", "a,b\n1,\0".getBytes(StandardCharsets.UTF_8));
    stats("is empty", new byte[0]);
    stats("is empty", "\n \n".getBytes(StandardCharsets.UTF_8));
    refused("is a directory", "trace", "stats", folder.toString());
    refused("there is no such trace file", "trace", "stats", folder + "/none.csv");
    refused(
        "no trace of that name ~ did you mean chat-azure-like?", "trace", "stats", "chat-azure");
    refused("no trace of that name ~ empty", "trace", "stats", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--window 5:5           | --window: not a window",
        "--window 1e3:2         | --window: not a window",
        "--thin 0               | --thin: out of range",
        "--thin 1.5             | --thin: out of range",
        "--scale-rate -1        | --scale-rate: out of range",
        "--rate NaN             | --rate: not a valid value",
        "--arrivals poison:3    | --arrivals: not an arrival process ~ poisson:RATE",
        "--arrivals gamma:3     | --arrivals: not an arrival process",
        "--arrivals poisson:0   | --arrivals: not an arrival process",
        "--max-requests 0       | --max-requests",
        "--draws 5              | --draws",
        "--trace-format azur    | --trace-format: not a valid value ~ did you mean azure?",
        "--trace-format azure   | TIMESTAMP: missing",
        "--clock-resets maybe   | --clock-resets: not a valid value",
        "--rate 1 --scale-rate 2 | cannot stand beside",
        "--spread-ticks         | not quantised",
        "--window 900:901       | no request is left",
      })
  void shouldRefuseTraceOptions(final String options, final String parts) throws IOException {
    final Path file =
        Files.writeString(
            folder.resolve("t.csv"), "timestamp,input_length,output_length\n0,1,1\n5,1,1\n");
    final String[] words = ("trace stats " + file + " " + options.strip()).split(" +");
    refused(parts, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "num_key_value_heads: 5        | num_key_value_heads: does not divide ~ divisor of 32",
        "hidden_size: 0                | hidden_size: is out of range ~ at least 1",
        "num_hidden_layers: 99999999   | num_hidden_layers: is out of range ~ at most 2048",
        "hidden_size: .nan             | hidden_size:",
        "hidden_act: sillu             | hidden_act: ~ did you mean silu?",
        "hiden_size: 4                 | hiden_size: is not a key ~ did you mean hidden_size?",
        "position: learned             | position: needs learned_positions",
        "learned_positions: 9          | learned_positions: stands beside rotary",
        "pooler: true                  | pooler: only an encoder has one",
        "qk_norm: perhaps              | qk_norm:",
        "sliding_window: {window: 4, pattern: []}  | sliding_window: has an empty pattern",
        "sliding_window: {window: 4, pattern: [ful]} | pattern[0] ~ did you mean full?",
        "moe: {num_experts: 4}         | moe.num_experts_per_tok: is missing",
        "extends: llama-3.1-8bb        | ~ did you mean llama-3.1-8b?",
      })
  void shouldRefuseModels(final String line, final String parts) throws IOException {
    final String base = line.startsWith("extends") ? "" : "extends: llama-3.1-8b\n";
    final Path file = Files.writeString(folder.resolve("m.yaml"), base + line.strip() + "\n");
    refused("m.yaml ~ " + parts, "model", "show", file.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                 | :1: is not valid JSON",
        "[1]                               | :1: is not a JSON object",
        "{}                                | model_type: missing ~ llama",
        "{\"model_type\":\"mamba\"}        | model_type: an architecture that cannot be imported",
        "{\"model_type\":\"lama\"}         | did you mean llama?",
        "{\"model_type\":\"llama\",;\"hidden_size\":\"64\"} | :2: hidden_size: is not a whole",
        "{\"model_type\":\"llama\",;\"hidden_act\":\"glu\"} | :2: hidden_act: an activation",
        "{\"model_type\":\"bert\",;\"is_encoder_decoder\":true} | :2: is_encoder_decoder: is not",
        "{\"model_type\":\"opt\",;\"do_layer_norm_before\":false} | do_layer_norm_before: is not",
      })
  void shouldRefuseConfigs(final String text, final String parts) throws IOException {
    final Path file = Files.writeString(folder.resolve("config.json"), text.replace(';', '\n'));
    refused("config.json ~ " + parts, "model", "import", file.toString());
    refused("config.json ~ " + parts, "model", "show", file.toString());
  }

  @Test
  void shouldRefuseModelNames() {
    refused("did you mean llama-3.1-8b?", "model", "show", "meta-llama/Llama-3.1-8B-Instruct");
    refused("did you mean mixtral-8x7b?", "model", "show", "mixtral-8x7");
    refused("an empty name", "model", "show", "");
    refused("is a folder", "model", "show", folder.toString());
    refused("no such file", "model", "show", folder + "/config.json");
    refused("there is no such model file", "model", "show", folder + "/none.yaml");
    refused("--cache-format: not a valid value", "model", "show", "phi-4", "--cache-format", "b16");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "requests=0                   | requests: is out of range",
        "requests=many                | requests:",
        "arrivals=poison:1            | arrivals: not an arrival process",
        "correlation=2                | correlation: is out of range",
        "input_tokens.quantiles.p200=5 | input_tokens.quantiles.p200: not a quantile",
        "input_tokens.quantiles.p50=1 | input_tokens.quantiles: falls",
        "input_tokens.quantiles.max=null | does not reach both ends",
        "output_tokens.lognormal={median: 5, sigma: 1, min: 1, max: 9} | has two distributions",
        "inputs=5                     | inputs: is not a key",
        "requests                     | not of the form",
      })
  void shouldRefuseSpecifications(final String set, final String parts) {
    refused(parts, "trace", "synth", "chat-azure-like", "--set", set.strip());
  }

  private void stats(final String parts, final byte[] bytes) throws IOException {
    final Path file = Files.write(folder.resolve("t.csv"), bytes);
    refused("t.csv ~ " + parts, "trace", "stats", file.toString());
  }

  private static void refused(final String parts, final String... words) {
    final Cli.Outcome outcome = Cli.run(words);
    final String said = outcome.err();
    assertEquals(2, outcome.exit(), said + outcome.out());
    assertEquals("", outcome.out());
    for (final String part : parts.strip().split(" *~ *")) {
      assertTrue(said.contains(part), "no \"" + part + "\" in: " + said);
    }
    assertFalse(said.contains("Exception") || said.contains("\tat "), said);
  }
}
