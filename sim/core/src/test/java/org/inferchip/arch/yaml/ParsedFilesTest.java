package org.inferchip.arch.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.inferchip.units.Problems;
import org.junit.jupiter.api.Test;

/** Files that are read more than once, changed or not, good or bad. */
final class ParsedFilesTest {
  private final ParsedFiles parsed = new ParsedFiles();

  private Optional<YamlNode> read(final String text, final Problems problems) {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parsed.read(InputFile.of("part.yaml", bytes), bytes, problems);
  }

  @Test
  void shouldParseAFileAgainOnlyWhereItHasChanged() {
    final Problems problems = new Problems();
    final Optional<YamlNode> first = read("count: 1\n", problems);
    assertSame(first.orElseThrow(), read("count: 1\n", problems).orElseThrow());
    assertNotEquals(first, read("count: 2\n", problems));
    assertEquals(0, problems.count());
  }

  @Test
  void shouldReportTheProblemsOfAFileEachTimeItIsRead() {
    for (int time = 0; time < 2; time++) {
      final Problems problems = new Problems();
      read("count: 1\ncount: 2\n", problems);
      assertEquals(1, problems.count());
    }
  }
}
