package org.inferchip.arch.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;

/**
 * Finds files by name or path: a path that is given, then the working directory's folder of that
 * kind ({@code arch-configs/chips}, {@code workloads/models}, ...), then the copy packed in the
 * program. The one home of this rule, for descriptions and traces alike.
 *
 * <p>What is typed counts as a path if it has a slash or one of the extensions; else as a name.
 */
public final class Catalog {
  /** Extensions of description files. */
  public static final List<String> YAML = List.of(".yaml", ".yml");

  private final Path workingDirectory;

  /**
   * A catalog.
   *
   * @param workingDirectory where relative paths and local folders are looked up
   */
  public Catalog(final Path workingDirectory) {
    this.workingDirectory = workingDirectory;
  }

  /** The catalog of the process's working directory. */
  public static Catalog here() {
    return new Catalog(Path.of(""));
  }

  /**
   * Finds a file.
   *
   * @param typed name or path
   * @param what it is to be, for messages, such as {@code chip}
   * @param folder where files of that kind stand
   * @param extensions that such files may have
   * @throws InvalidInputException if there is none; the message has the nearest name
   */
  public Resource find(
      final String typed, final String what, final String folder, final List<String> extensions) {
    final Resource found = lookUp(typed, folder, extensions).orElse(null);
    if (found != null) {
      return found;
    }
    final boolean path = isPath(typed, extensions);
    final Collection<String> names = names(folder, extensions);
    final String stem = path ? typed.replaceFirst(".*[/\\\\]", "") : typed;
    throw new InvalidInputException(
        Problem.ofFile(
                typed,
                path
                    ? "there is no such " + what + " file"
                    : "there is no " + what + " of that name")
            .but(typed.isEmpty() ? "an empty name" : typed, expected(what, names))
            .near(Nearest.of(stripExtension(stem, extensions), names)));
  }

  /** As {@link #find}, but empty where there is none. */
  public Optional<Resource> lookUp(
      final String typed, final String folder, final List<String> extensions) {
    if (typed.isBlank() || typed.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    final Optional<Resource> direct =
        isPath(typed, extensions) ? existing(workingDirectory, typed) : Optional.empty();
    if (direct.isPresent()) {
      return direct;
    }
    for (final String extension : extensions) {
      final String relative = folder + "/" + stripExtension(typed, extensions) + extension;
      final Optional<Resource> found =
          existing(workingDirectory, relative).or(() -> packed(relative));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * Every name of a kind, sorted: the working directory's and the packed ones.
   *
   * @param folder such as {@code arch-configs/chips}
   * @param extensions of its files
   */
  public List<String> names(final String folder, final List<String> extensions) {
    final TreeSet<String> names = new TreeSet<>();
    addNames(workingDirectory.resolve(folder), extensions, names);
    inProgram(root -> addNames(root.resolve(folder), extensions, names));
    return List.copyOf(names);
  }

  /**
   * Finds a part that a file uses: beside that file, then in the {@code arch-configs} or {@code
   * workloads} folder that it stands in, then in the working directory's, then packed.
   */
  Optional<Resource> part(final String typed, final Resource user) {
    if (user.path().isPresent()) {
      final Path file = user.path().get().toAbsolutePath();
      final Optional<Resource> beside = existing(file.getParent(), typed);
      if (beside.isPresent()) {
        return beside;
      }
      for (Path up = file.getParent(); up != null; up = up.getParent()) {
        final String folder = String.valueOf(up.getFileName());
        if (folder.equals("arch-configs") || folder.equals("workloads")) {
          final Optional<Resource> inRoot = existing(up, typed);
          if (inRoot.isPresent()) {
            return inRoot;
          }
        }
      }
    }
    for (final String root : List.of("arch-configs/", "workloads/")) {
      final Optional<Resource> found =
          existing(workingDirectory, root + typed).or(() -> packed(root + typed));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The part whose path is nearest to what was typed, or empty. */
  String nearestPart(final String typed) {
    final List<String> parts =
        names("arch-configs/parts", YAML).stream().map(name -> "parts/" + name + ".yaml").toList();
    return Nearest.of(typed, parts);
  }

  /** What may be typed: every name where they are few. */
  static String expected(final String what, final Collection<String> names) {
    return names.isEmpty() || names.size() > 12
        ? "the path or name of a " + what
        : "a path or one of " + String.join(", ", names);
  }

  /** Whether what was typed is a path rather than a name. */
  static boolean isPath(final String typed, final List<String> extensions) {
    return typed.contains("/")
        || typed.contains("\\")
        || extensions.stream().anyMatch(typed::endsWith);
  }

  private static String stripExtension(final String name, final List<String> extensions) {
    for (final String extension : extensions) {
      if (name.endsWith(extension)) {
        return name.substring(0, name.length() - extension.length());
      }
    }
    return name;
  }

  private static Optional<Resource> existing(final Path folder, final String relative) {
    try {
      final Path path = folder.resolve(relative);
      return Files.exists(path) ? Optional.of(Resource.onDisk(path)) : Optional.empty();
    } catch (final InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<Resource> packed(final String path) {
    // A folder is a resource, too, but no file: files have an extension.
    final boolean file = path.substring(path.lastIndexOf('/') + 1).contains(".");
    final boolean exists =
        file && !path.contains("..") && Catalog.class.getClassLoader().getResource(path) != null;
    return exists ? Optional.of(Resource.inProgram(path)) : Optional.empty();
  }

  private static void addNames(
      final Path folder, final List<String> extensions, final TreeSet<String> names) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .filter(name -> extensions.stream().anyMatch(name::endsWith))
          .map(name -> stripExtension(name, extensions))
          .forEach(names::add);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What to do with the root folder of the program's own files. */
  private interface RootUse {
    void with(Path root);
  }

  private static void inProgram(final RootUse use) {
    try {
      final Path home =
          Path.of(Catalog.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(home)) {
        use.with(home);
        return;
      }
      try (FileSystem jar = FileSystems.newFileSystem(home)) {
        use.with(jar.getPath("/"));
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    } catch (final URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
