package org.inferchip;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The data folder beside the checkout: {@code ../shared} relative to the repository's root, or the
 * system property {@code inferchip.shared}. It is no part of the repository; a test that needs it
 * is skipped where it is absent.
 */
public final class SharedData {
  private SharedData() {}

  /** A file below the data folder; skips the calling test where it is absent. */
  public static Path file(final String relative) {
    final String given = System.getProperty("inferchip.shared");
    Path folder = given == null ? null : Path.of(given);
    for (Path up = Path.of("").toAbsolutePath();
        folder == null && up != null;
        up = up.getParent()) {
      if (Files.isDirectory(up.resolve("arch-configs"))
          || Files.isDirectory(up.resolve(".git"))
          || Files.isRegularFile(up.resolve(".git"))) {
        folder = up.resolveSibling("shared");
      }
    }
    final Path file = folder == null ? Path.of(relative) : folder.resolve(relative);
    Assumptions.assumeTrue(Files.exists(file), "the data folder has no " + relative + ": " + file);
    return file;
  }
}
