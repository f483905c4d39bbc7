package org.inferchip.explore.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final Columns COLUMNS =
      new Columns(List.of(Column.text("system"), Column.integer("chips"), Column.millis("t_ms")));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("store.db");
  }

  private Store open(final boolean resume) {
    return Store.open(Optional.of(file), resume, COLUMNS, Map.of("inputs", "abc"));
  }

  private static Row row(final int point) {
    final List<Object> values = new ArrayList<>(List.of("h100-sxm, old", (long) point));
    values.add(point % 3 == 0 ? null : 1.0 / point);
    return new Row(point, Row.Status.DONE, point % 2 == 0 ? "" : "because", true, values);
  }

  private void fill(final int rows) {
    try (Store store = open(true)) {
      for (int i = 0; i < rows; i++) {
        store.add(row(i));
      }
    }
  }

  private String refused(final boolean resume) {
    return assertThrows(InvalidInputException.class, () -> open(resume).close()).getMessage();
  }

  private static void assertSays(final String message, final String... said) {
    for (final String one : said) {
      assertTrue(message.contains(one), message);
    }
  }

  @Test
  void shouldKeepRowsExactlyInOneFile() {
    fill(20);
    try (Store store = open(true)) {
      assertEquals(
          java.util.stream.IntStream.range(0, 20).mapToObj(StoreTest::row).toList(), store.rows());
    }
    assertEquals(List.of("store.db"), List.of(folder.toFile().list()));
  }

  @Test
  void shouldNotGoOnUnasked() {
    fill(1);
    assertSays(refused(false), "there is a store already", "--resume");
  }

  @Test
  void shouldRefuseTheStoreOfAnotherSweep() {
    fill(1);
    final InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> Store.open(Optional.of(file), true, COLUMNS, Map.of("inputs", "xyz")).close());
    assertSays(e.getMessage(), "of another sweep", "found abc", "expected xyz");
  }

  @Test
  void shouldRefuseAnotherDatabase() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE people (name TEXT)");
    }
    assertSays(refused(true), "is no store of a sweep", "people");
  }

  @Test
  void shouldRefuseASecondProcess() {
    try (Store store = open(true)) {
      store.add(row(0));
      assertSays(refused(true), "in use by another process");
    }
  }

  @Test
  void shouldRefuseWhatIsNoDatabaseAndLeaveItAsItIs() throws IOException {
    final byte[] bytes = "not a database, but longer than a header of one ".repeat(40).getBytes();
    Files.write(file, bytes);
    assertSays(refused(true), "is damaged");
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void shouldRefuseACutFileAndLeaveItAsItIs() throws IOException {
    fill(400);
    final byte[] whole = Files.readAllBytes(file);
    final byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 5000);
    Files.write(file, cut);
    assertSays(refused(true), "is damaged");
    assertArrayEquals(cut, Files.readAllBytes(file));
  }

  @Test
  void shouldFindAValueThatIsNotTheOneThatWasKept() throws Exception {
    fill(9);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("UPDATE point SET t_ms = 0.26 WHERE point = 4");
    }
    final InvalidInputException e =
        assertThrows(
            InvalidInputException.class,
            () -> {
              try (Store store = open(true)) {
                store.rows();
              }
            });
    assertSays(e.getMessage(), "is damaged", "point 4");
  }

  @Test
  void shouldRefuseAReadOnlyFile() throws IOException {
    fill(2);
    final byte[] before = Files.readAllBytes(file);
    assertTrue(file.toFile().setReadOnly());
    assertSays(refused(true), "is read-only");
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void shouldRefuseFoldersAndMissingFolders() {
    file = folder;
    assertSays(refused(true), "the store is a folder");
    file = folder.resolve("no").resolve("store.db");
    assertSays(refused(true), "the folder of the store is not there");
  }

  @Test
  void shouldKeepWhatWasDoneWhenTheDiskIsFull() {
    int kept = 0;
    try (Store store = open(true)) {
      store.limitPages(8);
      try {
        while (kept < 10_000) {
          store.add(row(kept));
          kept++;
        }
      } catch (final InvalidInputException e) {
        assertSays(e.getMessage(), "the disk is full", "--resume");
      }
    }
    assertTrue(kept > 10 && kept < 10_000, "kept " + kept);
    try (Store store = open(true)) {
      assertEquals(kept, store.rows().size());
      store.add(row(kept)); // there is room again
      assertEquals(kept + 1, store.rows().size());
    }
  }

  @Test
  void shouldNeedNoSharedMemoryFileToGoOn() throws IOException {
    fill(3);
    try (Store store = open(true)) {
      store.add(row(3));
      final Path log = folder.resolve("store.db-wal");
      Files.copy(file, folder.resolve("killed.db")); // what a kill would leave
      Files.copy(log, folder.resolve("killed.db-wal"));
    }
    file = folder.resolve("killed.db");
    try (Store store = open(true)) {
      assertEquals(4, store.rows().size());
      assertEquals(
          List.of("killed.db", "killed.db-wal", "store.db"),
          java.util.Arrays.stream(folder.toFile().list()).sorted().toList());
    }
  }

  /** Adds rows to the store of its argument until they cannot be kept, and says how many were. */
  static final class Filler {
    private Filler() {}

    /** The program of a child process. */
    public static void main(final String[] arguments) {
      int kept = 0;
      try (Store store = Store.open(Optional.of(Path.of(arguments[0])), true, COLUMNS, Map.of())) {
        while (kept < 10_000) {
          store.add(new Row(kept, Row.Status.FAILED, "x".repeat(20_000), true, row(1).values()));
          kept++;
        }
      } catch (final InvalidInputException e) {
        System.out.println(kept + " " + e.getMessage());
      }
    }
  }

  @Test
  void shouldKeepWhatWasDoneWhereFilesMayNotGrow() throws Exception {
    final Process child =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -f 3000; exec \"$@\"",
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Filler.class.getName(),
                file.toString())
            .start();
    final String said = new String(child.getInputStream().readAllBytes());
    assertEquals(0, child.waitFor(), said);
    assertSays(said, "points that were finished are kept", "--resume");
    final int kept = Integer.parseInt(said.substring(0, said.indexOf(' ')));
    assertTrue(kept > 10 && kept < 10_000, said);
    try (Store store = Store.open(Optional.of(file), true, COLUMNS, Map.of())) {
      assertEquals(kept, store.rows().size());
    }
  }

  @Test
  void shouldGoOnAfterAFileThatWasBegunOnly() throws IOException {
    try (RandomAccessFile empty = new RandomAccessFile(file.toFile(), "rw")) {
      empty.setLength(0);
    }
    fill(3);
    try (Store store = open(true)) {
      assertEquals(3, store.rows().size());
    }
  }
}
