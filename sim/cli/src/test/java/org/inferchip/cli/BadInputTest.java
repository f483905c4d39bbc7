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
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input ends with exit code 2 and a message that names the place; nothing is written. */
class BadInputTest {
  @TempDir private Path folder;

  /** Every table of bad inputs. */
  static Stream<BadInput> rows() {
    return Stream.of(
            BadCommandLines.rows(),
            BadDescriptions.rows(),
            BadVerifications.rows(),
            BadSimulations.rows())
        .flatMap(rows -> rows);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldNameThePlaceAndWriteNothing(final BadInput input) throws IOException {
    input.makeFiles(folder);
    final List<String> before = tree();

    final Cli.Outcome outcome = Cli.run(input.line(folder));

    assertEquals(ExitCode.BAD_INPUT, outcome.exit(), outcome.err());
    assertEquals("", outcome.out());
    for (final String word : input.words(folder)) {
      assertTrue(outcome.err().contains(word), "no \"" + word + "\" in:\n" + outcome.err());
    }
    assertFalse(outcome.err().contains("\tat "), outcome.err());
    assertEquals(before, tree());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldPrintTheProblemsAsOneJsonObject(final BadInput input) throws IOException {
    input.makeFiles(folder);
    final String[] line = input.line(folder);
    final String[] withJson =
        Stream.concat(Stream.of(line), Stream.of("--json")).toArray(String[]::new);

    final Cli.Outcome outcome = Cli.run(withJson);

    assertEquals(ExitCode.BAD_INPUT, outcome.exit(), outcome.err());
    final JsonNode json = new ObjectMapper().readTree(outcome.out());
    assertEquals("bad input", json.get("error").asText());
    assertFalse(json.get("problems").isEmpty());
  }

  private List<String> tree() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toString).sorted().toList();
    }
  }
}
