package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {
  private static final String SWEEP =
      """
      name: small
      description: A sweep of a test
      systems: [attention-asic]
      models: [llama-3.2-1b]
      work: {kind: steps, batch: 4, context: 256, output: 32}
      vary:
        - {kind: grid, path: memory.bandwidth, from: 1 TB/s, to: 8 TB/s, count: %d}
        - {kind: list, path: memory.capacity, values: [1 GB, 32 GB]}
      objectives: {tpot_ms: min, tokens_per_joule: max}
      """;

  @TempDir private Path folder;
  private Path sweep;

  @BeforeEach
  void write() throws IOException {
    sweep = Files.writeString(folder.resolve("small.yaml"), SWEEP.formatted(4));
  }

  private JsonNode json(final String... more) throws IOException {
    final List<String> words =
        new ArrayList<>(List.of("sweep", sweep.toString(), "--json", "--threads", "2"));
    words.addAll(List.of(more));
    final Cli.Outcome outcome = Cli.run(words.toArray(String[]::new));
    assertEquals(ExitCode.DONE, outcome.exit(), outcome.err());
    return new ObjectMapper().readTree(outcome.out());
  }

  @Test
  void shouldCountPointsAndShowTheFront() throws IOException {
    final JsonNode json = json();
    assertEquals(8, json.get("points").intValue());
    assertEquals(4, json.get("done").intValue());
    assertEquals(4, json.get("failed").intValue());
    assertEquals(0, json.get("pruned").intValue());
    assertTrue(json.get("failed_by_reason").toString().contains("does not fit"));
    assertFalse(json.get("pareto").isEmpty());
    assertEquals(7, json.get("pareto").get(0).get("point").intValue()); // the fastest memory
  }

  @Test
  void shouldGoOnWhereItWasAndFilter() throws IOException {
    final String store = folder.resolve("s.db").toString();
    json("--store", store);
    final String out = folder.resolve("out").toString();
    final JsonNode again =
        json(
            "--store",
            store,
            "--resume",
            "--out",
            out,
            "--where",
            "memory_bandwidth_b_per_s < 4 TB/s && chips == 1");
    assertEquals(0, again.get("simulated_now").intValue());
    assertEquals(2, again.get("chosen").intValue());
    final List<String> lines = Files.readAllLines(Path.of(out, "points.csv"));
    assertEquals(3, lines.size());
    assertTrue(
        lines
            .get(0)
            .startsWith("point,status,reason,feasible,system,model,memory_bandwidth_b_per_s"),
        lines.get(0));
  }

  @Test
  void shouldRefuseAStoreOfAnotherSweep() throws IOException {
    final String store = folder.resolve("s.db").toString();
    json("--store", store);
    Files.writeString(sweep, SWEEP.formatted(5));
    final Cli.Outcome outcome = Cli.run("sweep", sweep.toString(), "--store", store, "--resume");
    assertEquals(ExitCode.BAD_INPUT, outcome.exit());
    assertTrue(outcome.err().contains("the store is of another sweep"), outcome.err());
  }

  /** Every row of every table, by its key; as SQLite itself reads them. */
  private static List<String> content(final Path store) throws SQLException {
    final List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = connection.createStatement()) {
      for (final String table : List.of("meta", "point")) {
        try (ResultSet found = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1")) {
          while (found.next()) {
            final StringBuilder row = new StringBuilder(table);
            for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
              row.append('|').append(found.getString(i));
            }
            rows.add(row.toString());
          }
        }
      }
    }
    return rows;
  }

  private Process start(final Path store) throws IOException {
    return new ProcessBuilder(
            ChildProgram.words(
                "sweep",
                sweep.toString(),
                "--store",
                store.toString(),
                "--resume",
                "--threads",
                "2"))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log.txt").toFile())
        .start();
  }

  private int points(final Path store) {
    try {
      return (int) content(store).stream().filter(row -> row.startsWith("point|")).count();
    } catch (final SQLException e) {
      return 0; // killed before the tables were made
    }
  }

  @Test
  @Tag("long")
  void shouldLoseNothingWhenItIsKilled() throws Exception {
    Files.writeString(sweep, SWEEP.formatted(150));
    final Path whole = folder.resolve("whole.db");
    final long begun = System.nanoTime();
    assertEquals(0, start(whole).waitFor());
    final long millis = (System.nanoTime() - begun) / 1_000_000;
    final Random random = new Random(1);
    final Path killed = folder.resolve("killed.db");
    int kills = 0;
    int before = 0;
    while (kills < 20) {
      final Process process = start(killed);
      // Two thirds of the time that is left at the pace of the whole, so that 20 kills find work.
      final long most = Math.max(50, 2 * millis / 3);
      if (process.waitFor(random.nextLong(most), TimeUnit.MILLISECONDS)) {
        assertEquals(0, process.exitValue());
        Files.delete(killed); // done before 20 kills: the next begins anew
        before = 0;
        continue;
      }
      process.destroyForcibly().waitFor(); // SIGKILL
      kills++;
      final int kept = points(killed);
      assertTrue(kept >= before, kept + " points after " + before);
      before = kept;
    }
    assertEquals(0, start(killed).waitFor());
    assertEquals(content(whole), content(killed));
  }
}
