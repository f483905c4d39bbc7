package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code generate} and {@code verify}. */
class VerificationCommandsTest {
  @TempDir private Path folder;

  private JsonNode generate(final String system) throws IOException {
    final Path weights = Files.write(folder.resolve("w.bin"), TinyDecoder.weights());
    final Path tokenizer = Files.write(folder.resolve("t.bin"), TinyDecoder.tokenizer());
    final String line =
        "generate --system "
            + system
            + " --weights "
            + weights
            + " --tokenizer "
            + tokenizer
            + " --prompt a --tokens 16 --json";
    final Cli.Outcome outcome = Cli.run(line.split(" "));
    assertEquals(ExitCode.DONE, outcome.exit(), outcome.err());
    return new ObjectMapper().readTree(outcome.out());
  }

  @Test
  void shouldGenerateTheSameTokensOnEverySystem() throws IOException {
    final JsonNode gpu = generate("h100-sxm");
    final JsonNode lpu = generate("groq-lpu");
    assertEquals(gpu.get("tokens"), lpu.get("tokens"));
    assertEquals(gpu.get("text"), lpu.get("text"));
    assertEquals(261, gpu.get("tokens").get(0).asInt());
    assertEquals(1.0, gpu.get("reference_agreement").asDouble());
    assertTrue(gpu.get("latency_us").asDouble() > gpu.get("first_token_us").asDouble());
    assertTrue(gpu.get("latency_us").asDouble() != lpu.get("latency_us").asDouble());
  }

  @ParameterizedTest
  @ValueSource(strings = {"h100-sxm", "tpu-v5e"})
  void shouldVerifyEveryOperatorOfAStep(final String system) throws IOException {
    final String line =
        "verify --system " + system + " --model stories15m --tokens 5 --context 40 --json";
    final Cli.Outcome outcome = Cli.run(line.split(" "));
    assertEquals(ExitCode.DONE, outcome.exit(), outcome.err() + outcome.out());
    final JsonNode json = new ObjectMapper().readTree(outcome.out());
    assertTrue(json.get("ok").asBoolean());
    assertTrue(json.get("operators").size() >= 14);
    for (final JsonNode operator : json.get("operators")) {
      assertTrue(operator.get("ok").asBoolean(), operator.toString());
      assertTrue(operator.get("elements").asLong() > 0, operator.toString());
      assertTrue(
          operator.get("relative_error").asDouble() <= operator.get("bound").asDouble(),
          operator.toString());
    }
  }

  /** Formats that chips compute in or that weights are stored in, with their usual losses. */
  @ParameterizedTest
  @CsvSource({
    "b200-sxm, nvfp4, 0.09, 0.2",
    "mi355x, mxfp4, 0.1, 0.25",
    "mi355x, mxfp8, 0.02, 0.06",
    "jetson-orin, int4, 0.1, 0.3",
    "h100-sxm, int8, 0.005, 0.03",
    "h100-sxm, bf16_2of4, 0.3, 0.5",
    "tpu-v5e, bf16_2of4, 0.3, 0.5",
    "apple-m4, q4_0, 0.05, 0.12",
    "apple-m4, q8_0, 0.003, 0.01",
  })
  void shouldComputeInNarrowFormatsAndTellTheirLoss(
      final String system, final String format, final double least, final double most)
      throws IOException {
    final String line =
        "verify --system "
            + system
            + " --model stories15m --tokens 5 --context 40 --json --format "
            + format;
    final Cli.Outcome outcome = Cli.run(line.split(" "));
    assertEquals(ExitCode.DONE, outcome.exit(), outcome.err() + outcome.out());
    for (final JsonNode operator : new ObjectMapper().readTree(outcome.out()).get("operators")) {
      if (operator.get("name").asText().equals("gate_up_proj")) {
        final double loss = operator.get("format_error").asDouble();
        assertTrue(loss > least && loss < most, operator.toString());
      }
    }
  }
}
