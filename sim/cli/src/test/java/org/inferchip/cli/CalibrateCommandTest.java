package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateCommandTest {
  @TempDir Path folder;

  /** Small products on eight sites: a launch floor of some 6 us, and little else. */
  private Path rows() throws IOException {
    final StringBuilder text = new StringBuilder("device,dtype,m,n,k,latency_us,framework\n");
    for (int i = 0; i < 8; i++) {
      text.append("h100_sxm,bfloat16,16,").append(512 + 64 * i).append(",512,");
      text.append(8.1 + 0.01 * i).append(",vllm\n");
    }
    final Path path = folder.resolve("rows.csv");
    Files.writeString(path, text);
    return path;
  }

  @Test
  void shouldWriteAnOverlayThatStandsForASystem() throws IOException {
    final Path overlay = folder.resolve("fitted.yaml");
    final String data = rows().toString();
    final Cli.Outcome outcome =
        Cli.run(
            "calibrate",
            "--data",
            data,
            "--system",
            "h100-sxm",
            "--out",
            overlay.toString(),
            "--json");
    assertEquals(ExitCode.DONE, outcome.exit(), outcome.err());
    final JsonNode json = new ObjectMapper().readTree(outcome.out());
    final JsonNode parameter = json.at("/parameters/0");
    for (final String key : List.of("path", "value", "low", "high")) {
      assertTrue(parameter.get(key).isTextual(), key);
    }
    assertTrue(json.get("after").asDouble() < json.get("before").asDouble(), outcome.out());
    assertFalse(json.get("refused").isEmpty(), "eight tiny products identify everything");
    assertTrue(outcome.err().contains("refused: "), outcome.err());
    final Cli.Outcome again =
        Cli.run("validate", "--data", data, "--systems", overlay.toString(), "--json");
    assertEquals(ExitCode.DONE, again.exit(), again.err());
    assertTrue(new ObjectMapper().readTree(again.out()).at("/groups/0/mape").asDouble() < 5);
    final Cli.Outcome op =
        Cli.run(
            "op",
            "gemm",
            "--system",
            overlay.toString(),
            "--format",
            "bf16",
            "--m",
            "16",
            "--n",
            "512",
            "--k",
            "512",
            "--json");
    assertEquals(ExitCode.DONE, op.exit(), op.err());
  }

  @Test
  void shouldRefuseBadInput() throws IOException {
    final String data = rows().toString();
    assertEquals(ExitCode.BAD_INPUT, Cli.run("calibrate", "--data", data).exit());
    assertEquals(
        ExitCode.BAD_INPUT,
        Cli.run("calibrate", "--data", data, "--system", "h100-sxm", "--out", "x.csv").exit());
    assertEquals(
        ExitCode.BAD_INPUT,
        Cli.run("calibrate", "--data", data, "--system", "h200-sxm").exit(),
        "there is no row of this system");
    assertEquals(
        ExitCode.BAD_INPUT,
        Cli.run("calibrate", "--data", data, "--system", "h100-sxm", "--where", "colour=red")
            .exit());
  }

  @Test
  void shouldSayInHelpThatAFileIsWritten() {
    final String help = Cli.run("calibrate", "-h").out();
    assertTrue(help.contains("--out=FILE.yaml"), help);
    assertFalse(help.contains("--out=DIR"), help);
  }
}
