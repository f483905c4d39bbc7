package org.inferchip.trace;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Resource;

/** Finds traces by name (in {@code workloads/traces}) or path and reads them. */
public final class Traces {
  private static final String FOLDER = "workloads/traces";
  private static final List<String> EXTENSIONS = List.of(".jsonl", ".csv", ".json");

  private final Catalog catalog;

  /**
   * A finder.
   *
   * @param catalog where names are looked up
   */
  public Traces(final Catalog catalog) {
    this.catalog = catalog;
  }

  /** A finder in the process's working directory and the packed files. */
  public static Traces here() {
    return new Traces(Catalog.here());
  }

  /** Names of the shipped and local traces, sorted. */
  public List<String> names() {
    return catalog.names(FOLDER, EXTENSIONS);
  }

  /**
   * Reads a trace.
   *
   * @throws org.inferchip.units.InvalidInputException with every problem; for an unknown name, with
   *     the nearest one
   */
  public Trace read(final String nameOrPath, final ReadOptions options) {
    if (isFile(nameOrPath)) {
      return TraceReader.read(Path.of(nameOrPath), options);
    }
    final Resource file = catalog.find(nameOrPath, "trace", FOLDER, EXTENSIONS);
    return TraceReader.read(file.display(), file.bytes(), options);
  }

  /** A file of any name, in the working directory too, is a path. */
  private static boolean isFile(final String typed) {
    try {
      return !typed.isEmpty() && Files.exists(Path.of(typed));
    } catch (final InvalidPathException e) {
      return false;
    }
  }
}
