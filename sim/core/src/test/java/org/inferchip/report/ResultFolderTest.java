package org.inferchip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {
  @TempDir private Path folder;

  @Test
  void shouldAppearOnlyWhenPublished() throws IOException {
    final Path target = folder.resolve("a/b");
    try (ResultFolder result = ResultFolder.at(target)) {
      result.write("charts/x.txt", "x\n");
      result.write("result.json", "{}\n");
      assertFalse(Files.exists(target));

      assertEquals(List.of("charts/x.txt", "result.json"), result.publish());
    }
    assertEquals("x\n", Files.readString(target.resolve("charts/x.txt")));
    assertEquals(List.of("b"), names(folder.resolve("a")));
  }

  @Test
  void shouldLeaveNothingWhenTheRunFails() throws IOException {
    assertThrows(
        IllegalStateException.class,
        () -> {
          try (ResultFolder result = ResultFolder.at(folder.resolve("out"))) {
            result.write("half.json", "{");
            throw new IllegalStateException("killed");
          }
        });
    assertEquals(List.of(), names(folder));
  }

  @Test
  void shouldReplaceAnEarlierResultAndKeepOtherFiles() throws IOException {
    final Path target = folder.resolve("out");
    write(target, "old.csv");
    Files.writeString(target.resolve("notes.md"), "mine\n");

    write(target, "new.csv");

    assertEquals("mine\n", Files.readString(target.resolve("notes.md")));
    assertTrue(Files.exists(target.resolve("new.csv")));
    assertFalse(Files.exists(target.resolve("old.csv")));
    assertEquals(List.of("out"), names(folder));
  }

  @Test
  void shouldRefuseAFileInPlaceOfTheFolder() throws IOException {
    final Path file = Files.writeString(folder.resolve("file"), "");
    assertThrows(InvalidInputException.class, () -> ResultFolder.at(file));
    assertThrows(InvalidInputException.class, () -> ResultFolder.at(file.resolve("below")));
    assertThrows(InvalidInputException.class, () -> ResultFolder.at(Path.of("/")));
  }

  @Test
  void shouldRefuseFilesOutsideTheFolder() {
    try (ResultFolder result = ResultFolder.at(folder.resolve("out"))) {
      assertThrows(IllegalArgumentException.class, () -> result.file("../escaped"));
      assertThrows(IllegalArgumentException.class, () -> result.file("."));
    }
  }

  private static void write(final Path target, final String name) {
    try (ResultFolder result = ResultFolder.at(target)) {
      result.write(name, "1\n");
      result.publish();
    }
  }

  private static List<String> names(final Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
