package org.inferchip.arch.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * A file that {@link Catalog} found: on disk, or packed in the program.
 *
 * @param name its file name without the extension
 * @param display its name in messages
 * @param path on disk; empty for a packed one
 * @param packed path inside the program; empty for one on disk
 */
public record Resource(String name, String display, Optional<Path> path, Optional<String> packed) {

  static Resource onDisk(final Path path) {
    return new Resource(
        stem(path.getFileName().toString()), shown(path), Optional.of(path), Optional.empty());
  }

  /** Relative to the working directory if below it: a result names no folder of the machine. */
  private static String shown(final Path path) {
    final Path here = Path.of("").toAbsolutePath();
    final Path full = path.toAbsolutePath().normalize();
    return full.startsWith(here) ? here.relativize(full).toString() : path.toString();
  }

  static Resource inProgram(final String path) {
    return new Resource(
        stem(path.substring(path.lastIndexOf('/') + 1)),
        "packed:" + path,
        Optional.empty(),
        Optional.of(path));
  }

  private static String stem(final String fileName) {
    final int dot = fileName.lastIndexOf('.');
    return dot <= 0 ? fileName : fileName.substring(0, dot);
  }

  /**
   * Opens it.
   *
   * @throws IOException if it cannot be read
   */
  public InputStream open() throws IOException {
    if (path.isPresent()) {
      return Files.newInputStream(path.get());
    }
    final InputStream stream =
        Resource.class.getClassLoader().getResourceAsStream(packed.orElseThrow());
    if (stream == null) {
      throw new NoSuchFileException(display);
    }
    return stream;
  }

  /**
   * Its bytes.
   *
   * @throws InvalidInputException if it cannot be read
   */
  public byte[] bytes() {
    if (path.isPresent() && Files.isDirectory(path.get())) {
      throw new InvalidInputException(
          Problem.ofFile(display, "is a folder").but("a folder", "a file"));
    }
    try (InputStream in = open()) {
      return in.readAllBytes();
    } catch (final NoSuchFileException e) {
      throw new InvalidInputException(Problem.ofFile(display, "there is no such file"));
    } catch (final IOException e) {
      throw new InvalidInputException(Problem.ofFile(display, "cannot be read: " + e.getMessage()));
    }
  }

  /** Tells files apart, however they were spelled. */
  String identity() {
    return path.map(p -> p.toAbsolutePath().normalize().toString()).orElse(display);
  }
}
