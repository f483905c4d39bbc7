package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The microbenchmark script: its own tests, and that validate reads the tables that it writes. */
class CalibrationScriptTest {
  private static final Path SCRIPTS = Path.of("..", "calibration").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private record Ended(int code, String said) {}

  @BeforeEach
  void needPython() throws Exception {
    boolean found;
    try {
      found = python("-c", "import sys; sys.exit(sys.version_info < (3, 8))").code() == 0;
    } catch (final IOException e) {
      found = false;
    }
    assumeTrue(found, "there is no python3 (3.8 or later) on PATH to run the script with");
  }

  @Test
  void shouldPassItsOwnTests() throws Exception {
    final Ended tests = python("-m", "unittest", "discover", "-s", SCRIPTS.toString());
    assertEquals(0, tests.code(), tests.said());
  }

  @Test
  void shouldWriteTablesThatValidateReads() throws Exception {
    final Ended run =
        python(
            SCRIPTS.resolve("measure.py").toString(),
            "--dry-run",
            "--quick",
            "--limit",
            "1",
            "--device",
            "h100_sxm",
            "--out",
            folder.toString());
    assertEquals(0, run.code(), run.said());
    for (final String table : List.of("gemm", "attention_decode", "attention_prefill")) {
      final String file = folder.resolve(table + ".csv").toString();
      final Cli.Outcome outcome = Cli.run("validate", "--data", file, "--json", "-q");
      assertEquals(0, outcome.exit(), outcome.err());
      final JsonNode json = new ObjectMapper().readTree(outcome.out());
      assertEquals(1, json.get("rows").asInt(), table);
      assertEquals(0, json.get("skipped").size(), table);
    }
  }

  private static Ended python(final String... arguments) throws Exception {
    final List<String> command = new ArrayList<>(List.of("python3", "-B"));
    command.addAll(List.of(arguments));
    final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(60, TimeUnit.SECONDS);
    return new Ended(process.exitValue(), said);
  }
}
