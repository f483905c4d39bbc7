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

class CrossbarCommandTest {
  @TempDir Path folder;

  private Cli.Outcome run(final String name, final String expected) throws IOException {
    final Path file = folder.resolve(name);
    Files.writeString(
        file,
        "{\"name\": \"by-hand\", \"W\": [[0.5, -0.25]], \"X\": [[1], [-1]], \"Y\": [["
            + expected
            + "]], \"params\": {\"infinite_on_off\": true, \"odd\": 1}}");
    return Cli.run("crossbar", file.toString(), "--json");
  }

  @Test
  void shouldSayWhetherACaseAgrees() throws IOException {
    final Cli.Outcome good = run("good.json", "0.75");
    assertEquals(ExitCode.DONE, good.exit(), good.err());
    final JsonNode json = new ObjectMapper().readTree(good.out());
    assertTrue(json.get("ok").asBoolean());
    assertEquals(0, json.get("max_abs_error").asDouble());
    assertEquals("odd", json.get("cases").get(0).get("unused").get(0).asText());
    final Cli.Outcome bad = run("bad.json", "0.7500001");
    assertEquals(ExitCode.CHECK_FAILED, bad.exit());
    final JsonNode off = new ObjectMapper().readTree(bad.out());
    assertEquals(1e-7, off.get("max_abs_error").asDouble(), 1e-15);
  }

  @Test
  void shouldNameAFileThatIsNoCase() throws IOException {
    assertEquals(ExitCode.BAD_INPUT, run("text.json", "word").exit());
    final Cli.Outcome none = Cli.run("crossbar", folder.resolve("none.json").toString());
    assertEquals(ExitCode.BAD_INPUT, none.exit());
    final String text = folder.resolve("text.json").toString();
    final Cli.Outcome both = Cli.run("crossbar", text, folder.resolve("none.json").toString());
    assertTrue(both.err().contains("text.json") && both.err().contains("none.json"), both.err());
    assertTrue(none.err().contains("cannot be read"), none.err());
  }
}
