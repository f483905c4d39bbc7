package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchCommandTest {
  @TempDir Path folder;

  private static JsonNode json(final String... args) throws IOException {
    final Cli.Outcome outcome = Cli.run(args);
    assertEquals(0, outcome.exit(), outcome.err());
    return new ObjectMapper().readTree(outcome.out());
  }

  @Test
  void shouldListEveryShippedDescription() throws IOException {
    final Map<String, String> kinds = new TreeMap<>();
    json("arch", "list", "--json")
        .get("descriptions")
        .forEach(line -> kinds.put(line.get("name").asText(), line.get("kind").asText()));
    assertEquals("chip", kinds.get("h100-sxm"));
    assertEquals("system", kinds.get("groq-lpu-pod"));
    assertEquals("stack", kinds.get("vllm"));
  }

  @Test
  void shouldShowAChipWithItsTotalsAndOverrides() throws IOException {
    final JsonNode shown =
        json("arch", "show", "h100-sxm", "--set", "memory.bandwidth=4 TB/s", "--json");
    assertEquals("chip", shown.get("kind").asText());
    assertEquals("4 TB/s", shown.get("values").get("memory.bandwidth").asText());
    // 132 cores x 2048 multiply-accumulates x 2 x 1.83 GHz.
    assertEquals(989429760000000.0, shown.get("totals").get("peak").get("BF16").asDouble());
    assertEquals("ESTIMATE", shown.get("sources").get("memory.bandwidth").get("mark").asText());
    final String text = Cli.run("arch", "show", "h100-sxm").out();
    assertTrue(text.contains("989.4 TOP/s"), text);
    assertTrue(text.contains("fitted gemm-mechanisms"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"groq-lpu-pod", "vllm", "tpu-v5e"})
  void shouldShowEveryKind(final String name) {
    final Cli.Outcome outcome = Cli.run("arch", "show", name);
    assertEquals(0, outcome.exit(), outcome.err());
    assertTrue(outcome.out().startsWith(name + ": "), outcome.out());
  }

  @Test
  void shouldFindTheKindOfAFileByItsContent() throws IOException {
    final Path chip = Files.writeString(folder.resolve("my.yaml"), "extends: h100-sxm\n");
    assertEquals("chip", json("arch", "show", chip.toString(), "--json").get("kind").asText());
    final Path system =
        Files.writeString(folder.resolve("box.yaml"), "extends: dgx-h100\ncount: 4\n");
    assertEquals("system", json("arch", "show", system.toString(), "--json").get("kind").asText());
  }

  @Test
  void shouldWarnOfNumbersThatDoNotFitAndFailOnlyIfStrict() throws IOException {
    final JsonNode warnings =
        json("arch", "lint", "h100-sxm", "--set", "cores[0].count=120", "--json").get("warnings");
    assertTrue(warnings.size() >= 6, warnings.toString());
    assertEquals(1, Cli.run("arch", "lint", "--strict", "h100-sxm", "--set", "clock=3 GHz").exit());
    assertEquals(0, Cli.run("arch", "lint", "--strict").exit());
  }

  @Test
  void shouldPrintASchemaForEachKind() throws IOException {
    assertEquals("Inferchip chip", json("arch", "schema", "chip", "--json").get("title").asText());
    assertEquals("Inferchip stack", json("arch", "schema", "stack").get("title").asText());
  }

  @Test
  void shouldShowWhatTwoDescriptionsDifferIn() throws IOException {
    final JsonNode differences =
        json("arch", "diff", "h100-sxm", "h200-sxm", "--json").get("differences");
    final Map<String, String> second = new TreeMap<>();
    differences.forEach(d -> second.put(d.get("key_path").asText(), d.get("b").asText()));
    assertEquals("4800 GB/s", second.get("memory.bandwidth"));
    assertTrue(!second.containsKey("power.tdp"));
    assertTrue(Cli.run("arch", "diff", "vllm", "vllm").out().contains("the same"));
  }

  @Test
  void shouldDrawAChipIntoAFolder() throws IOException {
    final Path out = folder.resolve("drawn");
    final JsonNode drawn = json("arch", "diagram", "tpu-v5e", "--out", out.toString(), "--json");
    assertEquals("tpu-v5e", drawn.get("name").asText());
    assertTrue(Files.readString(out.resolve("tpu-v5e.svg")).contains("819 GB/s"));
    assertTrue(Files.size(out.resolve("tpu-v5e.png")) > 10_000);
  }

  @Test
  void shouldShowWhatAChipCostsStepByStep() throws IOException {
    final Path out = folder.resolve("cost");
    final JsonNode shown = json("arch", "cost", "dgx-h100", "--out", out.toString(), "--json");
    final JsonNode steps = shown.get("waterfall_usd");
    // Public: $3,320 to make one; at $28,000 the margin is 88 %.
    assertEquals(3320, shown.get("made_usd").asDouble(), 0.25 * 3320);
    assertEquals(0.88, steps.get("margin").asDouble() / 28_000, 0.02);
    double sum = 0;
    for (final JsonNode dollars : steps) {
      sum += dollars.asDouble();
    }
    assertEquals(shown.get("price_usd").asDouble(), sum, 1e-6);
    assertEquals(8 * 28_000, shown.get("purchase_usd").get("chips").asDouble(), 1e-6);
    assertTrue(Files.readString(out.resolve("charts/cost-made.csv")).contains("made,sum,"));
    assertTrue(Files.readString(out.resolve("charts/cost-price.svg")).contains("Price of"));
  }

  @Test
  void shouldSayFromWhichVolumeAChipPays() throws IOException {
    final JsonNode shown =
        json("arch", "cost", "attention-asic", "--against", "h100-sxm", "--json");
    final double development = shown.get("development_usd").get("total").asDouble();
    final double packages = shown.get("break_even").get("packages").asDouble();
    final double made = shown.get("made_usd").asDouble();
    assertEquals(28_000, made + development / packages, 1e-6);
    final JsonNode never = json("arch", "cost", "attention-asic", "--against", "rk3588", "--json");
    assertTrue(never.get("break_even").get("packages").isNull());
  }
}
