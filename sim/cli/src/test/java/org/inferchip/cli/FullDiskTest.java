package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens on a file system that is really full: a small one in memory, mounted where only the
 * child process sees it, which systems allow that let users have name spaces of their own.
 */
class FullDiskTest {
  private static final String SWEEP =
      """
      name: small
      description: A sweep of a test
      systems: [attention-asic]
      models: [llama-3.2-1b]
      work: {kind: steps, batch: 4, context: 256, output: 32}
      vary:
        - {kind: grid, path: memory.bandwidth, from: 1 TB/s, to: 8 TB/s, count: 40}
      objectives: {tpot_ms: min, tokens_per_joule: max}
      """;

  private static final String OPERATOR =
      "op gemm --system attention-asic --format bf16 --n 2048 --k 2048";

  @TempDir private Path folder;

  /** What a script said, by the words that it wrote before each line. */
  private String shell(final String script) throws Exception {
    Files.writeString(folder.resolve("small.yaml"), SWEEP);
    Files.createDirectory(folder.resolve("disk"));
    final String program = String.join(" ", ChildProgram.words());
    final Path file = Files.writeString(folder.resolve("script"), "set -u\n" + script);
    return run("unshare", "--map-root-user", "--mount", "bash", file.toString(), program).trim();
  }

  private String run(final String... words) throws IOException, InterruptedException {
    final ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile());
    final Process process = builder.start();
    final String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private static void assumeMounts() throws InterruptedException {
    int code = -1;
    try {
      final String mount = "mount -t tmpfs -o size=64k none /mnt";
      code =
          new ProcessBuilder("unshare", "--map-root-user", "--mount", "sh", "-c", mount)
              .start()
              .waitFor();
    } catch (final IOException e) {
      // No such program: as where it is not allowed.
    }
    assumeTrue(code == 0, "this system lets nobody mount a file system of his own");
  }

  private static List<String> lines(final String said, final String word) {
    return Arrays.stream(said.split("\n"))
        .filter(line -> line.startsWith(word + ": "))
        .map(line -> line.substring(word.length() + 2))
        .collect(Collectors.toList());
  }

  @Test
  void shouldKeepTheFinishedPointsOfASweepAndGoOnWhenThereIsRoom() throws Exception {
    assumeMounts();
    final String said =
        shell(
            """
            mount -t tmpfs -o size=100k none disk
            sweep() { $1 sweep small.yaml --store disk/s.db --threads 2 "${@:2}"; }
            sweep "$1" 2>&1 | sed 's/^/full: /'; echo "code: ${PIPESTATUS[0]}"
            ls disk | sed 's/^/left: /'
            sweep "$1" --resume 2>&1 | sed 's/^/again: /'; echo "code: ${PIPESTATUS[0]}"
            ls disk | sed 's/^/left: /'
            mount -o remount,size=10m disk
            sweep "$1" --resume --json | grep -E '"(done|simulated_now)"' | sed 's/^/room: /'
            echo "code: ${PIPESTATUS[0]}"
            ls disk | sed 's/^/end: /'
            """);
    assertEquals(List.of("2", "2", "0"), lines(said, "code"), said);
    for (final String word : List.of("full", "again")) {
      assertTrue(String.join("\n", lines(said, word)).contains("the disk is full"), said);
    }
    assertEquals(List.of("s.db", "s.db-wal", "s.db", "s.db-wal"), lines(said, "left"), said);
    assertEquals(List.of("s.db"), lines(said, "end"), said);
    final List<Integer> counts =
        lines(said, "room").stream()
            .map(line -> line.replaceAll("\\D", ""))
            .map(Integer::valueOf)
            .toList();
    assertEquals(40, counts.get(0), said);
    assertTrue(counts.get(1) > 0 && counts.get(1) < 38, said);
  }

  @Test
  void shouldLeaveAnEarlierResultAsItWas() throws Exception {
    assumeMounts();
    final String said =
        shell(
            """
            mount -t tmpfs -o size=3m none disk
            $1 %s --m 512 --out disk/r -q >/dev/null; echo "code: $?"
            (cd disk; find . -type f | sort | xargs sha256sum) >before
            dd if=/dev/zero of=disk/filler bs=4k 2>/dev/null
            $1 %s --m 1024 --out disk/r 2>&1 | sed 's/^/full: /'; echo "code: ${PIPESTATUS[0]}"
            rm disk/filler
            (cd disk; find . -type f | sort | xargs sha256sum) | diff before - && echo "same: yes"
            $1 %s --m 1024 --out disk/r -q >/dev/null; echo "code: $?"
            """
                .formatted(OPERATOR, OPERATOR, OPERATOR));
    assertEquals(List.of("0", "2", "0"), lines(said, "code"), said);
    assertTrue(String.join("\n", lines(said, "full")).contains("No space left on device"), said);
    assertEquals(List.of("yes"), lines(said, "same"), said);
  }

  @Test
  void shouldSayThatStandardOutputIsFull() throws Exception {
    final Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "this system has no /dev/full");
    final Process process =
        new ProcessBuilder(ChildProgram.words("arch", "list"))
            .redirectOutput(full.toFile())
            .start();
    final String said = new String(process.getErrorStream().readAllBytes());
    assertEquals(ExitCode.BAD_INPUT, process.waitFor(), said);
    assertTrue(said.contains("standard output cannot be written"), said);
  }
}
