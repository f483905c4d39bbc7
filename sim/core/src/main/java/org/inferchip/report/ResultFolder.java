package org.inferchip.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * A folder of result files that appears whole or not at all.
 *
 * <p>Files are written to a hidden sibling folder, which {@link #publish} renames to the target; a
 * run that is killed before leaves the target as it was. Where the target holds an earlier result,
 * the files that the earlier result wrote (it lists them in {@value #MANIFEST}) are replaced and
 * all other files are kept. The folder is made when the run starts, so that an output that cannot
 * be written is an {@link InvalidInputException} before any work, not after it. Not thread-safe.
 */
public final class ResultFolder implements AutoCloseable {
  static final String MANIFEST = ".inferchip-files";

  private final Path target;
  private final Path staging;
  private boolean published;

  private ResultFolder(final Path target, final Path staging) {
    this.target = target;
    this.staging = staging;
  }

  /**
   * Prepares a result folder.
   *
   * @param folder where the result shall stand; missing parents are made
   * @throws InvalidInputException if it is a file or cannot be written
   */
  public static ResultFolder at(final Path folder) {
    final Path target = folder.toAbsolutePath().normalize();
    final Path parent = target.getParent();
    if (parent == null) {
      throw refusal(folder, "a result cannot replace the root of a file system");
    }
    if (Files.exists(target) && !Files.isDirectory(target)) {
      throw refusal(folder, "the output folder is a file");
    }
    try {
      Files.createDirectories(parent);
      if (Files.isDirectory(target) && !Files.isWritable(target)) {
        throw refusal(folder, "the output folder cannot be written");
      }
      final Path real = Files.exists(target) ? target.toRealPath() : target;
      return new ResultFolder(
          real, Files.createTempDirectory(real.getParent(), "." + real.getFileName() + "-"));
    } catch (final IOException e) {
      throw refusal(folder, "the output folder cannot be made (" + reason(e) + ")");
    }
  }

  /**
   * Where to write a file of this result.
   *
   * @param name its name, or a path below the folder
   */
  Path file(final String name) {
    final Path path = staging.resolve(name).normalize();
    if (!path.startsWith(staging) || path.equals(staging)) {
      throw new IllegalArgumentException("not a file of the result: " + name);
    }
    try {
      Files.createDirectories(path.getParent());
    } catch (final IOException e) {
      throw unwritten(name, e);
    }
    return path;
  }

  /** Whether a file of this result was written. */
  public boolean has(final String name) {
    return Files.exists(staging.resolve(name));
  }

  /** The files of this result so far, as sorted paths below the folder. */
  public List<String> files() {
    try {
      return relativeFiles(staging);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a text file in UTF-8. */
  public void write(final String name, final String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file as it is.
   *
   * @throws InvalidInputException if there is no room for it
   */
  public void write(final String name, final byte[] bytes) {
    try {
      Files.write(file(name), bytes);
    } catch (final IOException e) {
      throw unwritten(name, e);
    }
  }

  /**
   * Puts the result in its place.
   *
   * @return the files written, as sorted paths relative to the folder
   */
  public List<String> publish() {
    try {
      final List<String> written = relativeFiles(staging);
      Files.writeString(staging.resolve(MANIFEST), String.join("\n", written) + "\n");
      Files.setPosixFilePermissions(
          staging, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
      if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        replaceTarget(written);
      } else {
        Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
      }
      published = true;
      return written;
    } catch (final IOException e) {
      throw refusal(target, "the result cannot be put in place (" + reason(e) + ")");
    }
  }

  /** Discards the files if they were not published. */
  @Override
  public void close() {
    if (!published) {
      try {
        deleteTree(staging);
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void replaceTarget(final List<String> written) throws IOException {
    final TreeSet<String> ours = new TreeSet<>(written);
    ours.add(MANIFEST);
    final Path manifest = target.resolve(MANIFEST);
    if (Files.isRegularFile(manifest)) {
      ours.addAll(Files.readAllLines(manifest));
    }
    final List<String> kept = new ArrayList<>(relativeFiles(target));
    kept.removeAll(ours);
    for (final String name : kept) {
      final Path copy = file(name);
      Files.copy(target.resolve(name), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    final Path earlier = Files.createTempDirectory(target.getParent(), "." + target.getFileName());
    Files.move(target, earlier, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (final IOException e) {
      Files.move(earlier, target, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    deleteTree(earlier);
  }

  private static List<String> relativeFiles(final Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      final List<String> names = new ArrayList<>();
      files
          .filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .forEach(path -> names.add(folder.relativize(path).toString().replace('\\', '/')));
      Collections.sort(names);
      return names;
    }
  }

  private static void deleteTree(final Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (final Path child : children) {
          deleteTree(child);
        }
      }
    }
    Files.deleteIfExists(path);
  }

  private static String reason(final IOException e) {
    if (e instanceof final FileAlreadyExistsException file) {
      return file.getFile() + " is a file";
    }
    if (e instanceof final AccessDeniedException denied) {
      return "no right to write " + denied.getFile();
    }
    if (e instanceof final NoSuchFileException none) {
      return "nothing can be made in " + Path.of(none.getFile()).getParent();
    }
    return e.getMessage();
  }

  /** What is said of a file that could not be written, most often because the disk is full. */
  InvalidInputException unwritten(final String name, final IOException e) {
    return refusal(
        target.resolve(name), "a file of the result cannot be written (" + reason(e) + ")");
  }

  private static InvalidInputException refusal(final Path folder, final String message) {
    return new InvalidInputException(Problem.ofFile(folder.toString(), message));
  }
}
