package org.inferchip.calibrate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/**
 * The tables that were named, read once. Naming a folder names every CSV file in it; of these, a
 * table that is of no known kind is no error, but all its rows are skipped with that reason.
 */
final class Reading {
  private record Table(MeasuredFile file, Optional<RowReader> reader) {}

  private final List<Table> tables;
  private final int rows;

  private Reading(final List<Table> tables, final int rows) {
    this.tables = List.copyOf(tables);
    this.rows = rows;
  }

  /**
   * Reads tables.
   *
   * @param paths files, or folders of files
   * @throws InvalidInputException with every file that was named and cannot be read or is of no
   *     known kind, and every folder that has no table
   */
  static Reading of(final List<Path> paths) {
    final Problems problems = new Problems();
    final List<Table> tables = new ArrayList<>();
    for (final Path path : paths) {
      problems.read(() -> tables(path, problems)).ifPresent(tables::addAll);
    }
    problems.throwIfAny();
    return new Reading(tables, tables.stream().mapToInt(one -> one.file().rows().size()).sum());
  }

  private static List<Table> tables(final Path path, final Problems problems) {
    if (!Files.isDirectory(path)) {
      final MeasuredFile table = MeasuredFile.read(path);
      return List.of(new Table(table, Optional.of(RowReaders.of(table))));
    }
    return tablesOf(path).stream()
        .flatMap(file -> problems.read(() -> MeasuredFile.read(file)).stream())
        .map(table -> new Table(table, RowReaders.find(table)))
        .toList();
  }

  private static List<Path> tablesOf(final Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      final List<Path> tables =
          files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
      if (tables.isEmpty()) {
        throw new InvalidInputException(
            Problem.ofFile(folder.toString(), "is a folder without tables")
                .but("no file that ends in .csv", "tables of measurements"));
      }
      return tables;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same tables with some of their rows.
   *
   * @param places of rows: the table's name and the line, {@code name:line}
   */
  Reading only(final Set<String> places) {
    return only(row -> places.contains(row.file() + ":" + row.line()));
  }

  /** The same tables with the rows that are wanted. */
  Reading only(final Predicate<MeasuredRow> wanted) {
    return new Reading(
        tables.stream().map(table -> new Table(table.file().only(wanted), table.reader())).toList(),
        rows);
  }

  /** Rows of all tables, those that are not wanted too. */
  int rows() {
    return rows;
  }

  /** Rows that are not wanted. */
  int unwanted() {
    return rows - tables.stream().mapToInt(table -> table.file().rows().size()).sum();
  }

  /** The columns that any of the tables has. */
  Set<String> columns() {
    return tables.stream()
        .flatMap(table -> table.file().columns().stream())
        .collect(Collectors.toSet());
  }

  /** The tables by name and digest. */
  List<InputFile> files() {
    return tables.stream()
        .map(table -> new InputFile(table.file().name(), table.file().sha256()))
        .toList();
  }

  /**
   * What was measured.
   *
   * @param targets finds descriptions
   * @param skips takes rows that cannot be predicted
   * @param allMetrics whether every metric of a table is wanted; otherwise its main one
   * @throws InvalidInputException with every field that is no measurement
   */
  List<Measurement> measurements(
      final Targets targets, final Skips skips, final boolean allMetrics) {
    final List<Measurement> all = new ArrayList<>();
    for (final Table table : tables) {
      if (table.reader().isEmpty()) {
        skips.add(
            "table " + table.file().shortName() + " is of no kind that can be predicted",
            table.file().rows().size());
        continue;
      }
      final RowReader reader = table.reader().get();
      final List<Measurement> rows = reader.read(table.file(), targets, skips);
      table.file().throwIfAny();
      rows.stream()
          .filter(row -> allMetrics || row.setUp().metric().equals(reader.metric()))
          .forEach(all::add);
    }
    return all;
  }
}
