package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseCommandTest {
  @TempDir private Path folder;

  @Test
  void shouldPrintTableToStandardOutputAndMessagesToStandardError() {
    final Cli.Outcome outcome = sample("--colour", "red", "--weight", "2.5");

    assertEquals(0, outcome.exit());
    assertEquals("colour  weight [kg]\n------  -----------\nRED             2.5\n", outcome.out());
    assertEquals("working\n", outcome.err());
  }

  @Test
  void shouldPrintOneJsonObjectAlone() {
    final Cli.Outcome outcome = sample("--colour", "red", "--json", "-q");

    assertEquals("{\n  \"weight\" : 1.0\n}\n", outcome.out());
    assertEquals("", outcome.err());
  }

  @Test
  void shouldPassOnThatACheckFailed() {
    assertEquals(1, sample("--colour", "green").exit());
  }

  @Test
  void shouldNameEveryProblemOfACommandLineAtOnce() {
    final Cli.Outcome outcome = sample("--wieght", "3", "--seed", "x", "--threads", "1.5");

    assertEquals(2, outcome.exit());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().contains("unknown option"), outcome.err());
    assertTrue(outcome.err().contains("did you mean --weight?"), outcome.err());
    assertTrue(outcome.err().contains("--seed: not a valid value; found x"), outcome.err());
    assertTrue(outcome.err().contains("--threads: not a valid value; found 1.5"), outcome.err());
    assertTrue(outcome.err().contains("--colour: is missing"), outcome.err());
  }

  @Test
  void shouldProposeTheNearestCommandAndConstant() {
    final List<Object> commands = List.of(new SampleCommand());
    assertTrue(Cli.run(commands, "smaple").err().contains("did you mean sample?"));
    assertTrue(sample("--colour", "gren").err().contains("did you mean green?"));
  }

  @Test
  void shouldGiveProblemsAsTheOneJsonObject() throws Exception {
    final Cli.Outcome outcome = sample("--colour", "red", "--weight", "-1", "--json");

    assertEquals(2, outcome.exit());
    final JsonNode json = new ObjectMapper().readTree(outcome.out());
    assertEquals("bad input", json.get("error").asText());
    assertEquals("--weight", json.get("problems").get(0).get("key_path").asText());
  }

  @Test
  void shouldRefuseNumbersThatAreNotFinite() {
    for (final String number : List.of("NaN", "Infinity", "1e999", "0x1p3", "1d")) {
      assertEquals(2, sample("--colour", "red", "--weight", number).exit(), number);
    }
  }

  @Test
  void shouldCallAMissingFileBadInput() {
    final Cli.Outcome outcome = sample("--colour", "red", "--read", folder + "/none.yaml");

    assertEquals(2, outcome.exit());
    assertTrue(outcome.err().contains("none.yaml: there is no such file"), outcome.err());
  }

  @Test
  void shouldReportADefectWithoutAStackTrace() {
    final Cli.Outcome outcome = sample("--colour", "red", "--fail");

    assertEquals(3, outcome.exit());
    assertTrue(outcome.err().contains("a wheel came off"), outcome.err());
    assertTrue(outcome.err().contains("Please report it"), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
  }

  @Test
  void shouldCallALawBrokenByTheSimulationAFailedCheck() throws Exception {
    final Path out = folder.resolve("none");
    final Cli.Outcome outcome =
        sample("--colour", "red", "--break-law", "--json", "--out", out.toString());

    assertEquals(1, outcome.exit());
    assertTrue(outcome.err().contains("law violated: a wheel turned faster"), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
    assertEquals("law violated", new ObjectMapper().readTree(outcome.out()).get("error").asText());
    assertFalse(Files.exists(out));
  }

  @Test
  void shouldWriteTheResultFolder() {
    final Path out = folder.resolve("a/b");
    assertEquals(0, sample("--colour", "red", "--out", out.toString()).exit());
    assertTrue(Files.isRegularFile(out.resolve("result.json")));
  }

  @Test
  void shouldNameEachProblemOnce() {
    final Cli.Outcome outcome = sample("--wieght", "3", "--seed", "x");
    assertEquals(3, outcome.err().lines().count(), outcome.err());
  }

  @Test
  void shouldShowAnExampleInHelp() {
    final Cli.Outcome outcome = sample("--help");

    assertEquals(0, outcome.exit());
    assertTrue(outcome.out().contains("Example:"), outcome.out());
    assertTrue(outcome.out().contains("inferchip sample --colour red"), outcome.out());
  }

  private static Cli.Outcome sample(final String... args) {
    final List<String> line = new ArrayList<>(List.of("sample"));
    line.addAll(List.of(args));
    return Cli.run(List.of(new SampleCommand()), line.toArray(String[]::new));
  }
}
