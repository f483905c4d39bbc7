package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  private static final String ROWS =
      "device,dtype,m,n,k,latency_us,power_w,power_limit_w,framework,version,kernel\n"
          + "h100_sxm,bfloat16,64,4096,4096,18,,,vllm,v,k\n"
          + "abacus,bfloat16,512,4096,4096,95,,,vllm,v,k\n";

  @TempDir Path folder;

  private Cli.Outcome validate(final String text, final String... more) throws IOException {
    final Path data = folder.resolve("rows.csv");
    Files.writeString(data, text);
    final String[] args = new String[more.length + 3];
    System.arraycopy(new String[] {"validate", "--data", data.toString()}, 0, args, 0, 3);
    System.arraycopy(more, 0, args, 3, more.length);
    return Cli.run(args);
  }

  @Test
  void shouldPrintTheKeysOfTheContract() throws IOException {
    final Cli.Outcome outcome = validate(ROWS, "--json", "--by", "device,size");
    assertEquals(ExitCode.DONE, outcome.exit(), outcome.err());
    final JsonNode json = new ObjectMapper().readTree(outcome.out());
    assertEquals(2, json.get("rows").asInt());
    assertEquals(1, json.at("/skipped/0/count").asInt());
    assertEquals("device abacus has no description", json.at("/skipped/0/reason").asText());
    final JsonNode group = json.at("/groups/0");
    assertEquals("h100_sxm/10-100us", group.get("key").asText());
    for (final String key : List.of("n", "mape", "median", "p90", "bias", "roofline_mape")) {
      assertTrue(group.get(key).isNumber(), key);
    }
    // One row has no other site to be calibrated on.
    assertTrue(group.get("calibrated_roofline_mape").isNull());
  }

  @Test
  void shouldWriteEveryPrediction() throws IOException {
    final Path out = folder.resolve("result");
    assertEquals(0, validate(ROWS, "--out", out.toString(), "-q").exit());
    final List<String> lines = Files.readAllLines(out.resolve("predictions.csv"));
    assertEquals(2, lines.size());
    final String page = Files.readString(out.resolve("index.html"));
    assertTrue(page.contains("Predicted against measured") && page.contains("data:image/svg+xml"));
    assertTrue(page.contains("device abacus has no description"), "skipped rows are not shown");
    assertTrue(lines.get(1).startsWith("\"rows.csv\",2,\"h100-sxm\","), lines.get(1));
  }

  @Test
  void shouldPredictRowsOfAChipOfTheUsersOwnByItsName() throws IOException {
    final Path chip = folder.resolve("mine.yaml");
    Files.writeString(chip, "extends: h100-sxm\nname: mine\n");
    final String rows = "device,dtype,m,n,k,latency_us,framework\n";
    final String row = ",bfloat16,512,4096,4096,39.0,lab\n";

    final Cli.Outcome outcome =
        validate(rows + "mine" + row + "h100-sxm" + row, "--systems", chip.toString(), "--json");

    final JsonNode json = new ObjectMapper().readTree(outcome.out());
    assertEquals("mine/bfloat16", json.at("/groups/0/key").asText(), outcome.out());
    assertEquals(1, json.at("/groups/0/n").asInt());
    assertEquals(
        "device h100-sxm is not among the systems asked for",
        json.at("/skipped/0/reason").asText());
  }

  @Test
  void shouldPrintMarkdown() throws IOException {
    final Cli.Outcome outcome = validate(ROWS, "--format", "md");
    assertTrue(outcome.out().startsWith("| group | n | MAPE |"), outcome.out());
    assertTrue(outcome.out().contains("| h100_sxm/bfloat16 | 1 | "), outcome.out());
    assertTrue(outcome.out().contains("| device abacus has no description | 1 |"), outcome.out());
  }

  @Test
  void shouldScoreTiersOnSitesThatNothingWasFittedTo() throws IOException {
    final StringBuilder text = new StringBuilder("device,dtype,m,n,k,latency_us,framework\n");
    for (int i = 0; i < 8; i++) {
      text.append("h100_sxm,bfloat16,16,").append(512 + 64 * i).append(",512,");
      text.append(8.1 + 0.01 * i).append(",vllm\n");
    }
    text.append("h100_sxm,fp8,16,512,512,9,vllm\n");
    final Cli.Outcome outcome = validate(text.toString(), "--tiers", "--by", "format", "--json");
    assertEquals(ExitCode.DONE, outcome.exit(), outcome.err());
    final JsonNode json = new ObjectMapper().readTree(outcome.out());
    assertEquals(9, json.get("rows").asInt());
    assertEquals(
        "not calibrated: too few sites to fit to one half and score on the other",
        json.at("/skipped/0/reason").asText());
    assertEquals(1, json.get("groups").size());
    final JsonNode tiers = json.at("/groups/0/tiers");
    // There is no other device to transfer from.
    assertEquals(3, tiers.size());
    assertEquals("datasheet", tiers.at("/0/key").asText());
    assertEquals("described", tiers.at("/1/key").asText());
    assertEquals("calibrated", tiers.at("/2/key").asText());
    for (final JsonNode tier : tiers) {
      assertEquals(4, tier.get("n").asInt());
    }
    assertTrue(tiers.at("/2/mape").asDouble() < 3, "a launch floor of some 7 us explains them");
    assertTrue(tiers.at("/0/mape").asDouble() > 10, "2.4 us are typical");
  }

  @Test
  void shouldReportTiersOfServingApart() throws IOException {
    final String loads =
        "backend,model_path,system,mode,isl,osl,gemm_quant_mode,batch_size,tp_size,pp_size,"
            + "attention_dp_size,moe_ep_size,silicon_ttft_ms,silicon_tpot_ms\n"
            + "trtllm,meta-llama/Llama-3.1-8B-Instruct,b200_sxm,agg,64,4,,1,1,1,1,1,20,3\n"
            + "trtllm,meta-llama/Llama-3.1-8B-Instruct,h100_sxm,agg,64,4,,1,1,1,1,1,20,7\n";
    final Path out = folder.resolve("result");

    final Cli.Outcome outcome =
        validate(loads, "--tiers", "--by", "device", "--out", out.toString(), "-q");

    assertEquals(ExitCode.DONE, outcome.exit(), outcome.err());
    assertTrue(outcome.out().startsWith("serving: median / mean error [%]"), outcome.out());
    final JsonNode json = new ObjectMapper().readTree(out.resolve("result.json").toFile());
    assertEquals(0, json.get("groups").size());
    assertEquals("b200_sxm", json.at("/served/0/key").asText());
    assertEquals("transferred", json.at("/served/0/tiers/1/key").asText());
    final List<String> lines = Files.readAllLines(out.resolve("tiers.csv"));
    assertTrue(lines.get(0).startsWith("tier,file,line,chip,stack,"), lines.get(0));
    assertEquals(1 + 2 * 3, lines.size(), "a row of each device in each of three tiers");
    final String page = Files.readString(out.resolve("index.html"));
    assertTrue(page.contains("<h2>Serving</h2>") && !page.contains("<h2>Operators</h2>"));
  }

  @Test
  void shouldRefuseBadInput() throws IOException {
    assertEquals(ExitCode.BAD_INPUT, validate(ROWS, "--by", "colour").exit());
    assertEquals(ExitCode.BAD_INPUT, validate(ROWS, "--systems", "h100-sxx").exit());
    assertEquals(ExitCode.BAD_INPUT, validate("a,b\n1,2\n").exit());
    assertEquals(ExitCode.BAD_INPUT, Cli.run("validate").exit());
    final Path empty = Files.createDirectory(folder.resolve("empty"));
    assertEquals(ExitCode.BAD_INPUT, Cli.run("validate", "--data", empty.toString()).exit());
    assertEquals(ExitCode.BAD_INPUT, validate(ROWS, "--format", "pdf").exit());
  }
}
