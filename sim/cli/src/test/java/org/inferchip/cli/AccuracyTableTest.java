package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** README's accuracy tables and the script that regenerates them. */
class AccuracyTableTest {
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"README.md,accuracy", "README.md,tiers", "sim/docs/accuracy.md,accuracy"})
  void shouldFindItsMarkers(final String page, final String marker) throws IOException {
    final String text = Files.readString(ROOT.resolve(page));
    final int begin = text.indexOf("\n<!-- " + marker + ": begin -->\n");
    final int end = text.indexOf("\n<!-- " + marker + ": end -->\n");
    assertTrue(0 < begin && begin < end, marker);
  }

  @Test
  void shouldSayHowItIsCalled() throws Exception {
    final Path script = ROOT.resolve("sim/bin/accuracy-table");
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash to run the script with");
    final Process process =
        new ProcessBuilder("/bin/bash", script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), said);
    assertTrue(said.contains("usage: accuracy-table FOLDER"), said);
  }
}
