package org.inferchip.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.inferchip.trace.CsvLines;
import org.inferchip.trace.SourceText;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/**
 * A table of measured rows. Its kind is known by the columns of its header: see {@link RowReaders}.
 *
 * @param name file name
 * @param sha256 digest of its bytes
 * @param columns of the header, in its order
 * @param rows in the order of the file
 * @param problems of fields, found as they are read
 */
record MeasuredFile(
    String name, String sha256, List<String> columns, List<MeasuredRow> rows, Problems problems) {
  /**
   * Reads a table.
   *
   * @throws InvalidInputException if a row has another number of fields than the header, or only
   *     that it is no table of a kind that is known where it has such rows
   */
  static MeasuredFile read(final Path path) {
    final SourceText source = SourceText.read(path);
    final Problems problems = new Problems();
    final Map<String, Integer> columns = header(source, problems);
    problems.throwIfAny();
    final List<MeasuredRow> rows = new ArrayList<>();
    for (int i = 1; i < source.lines().size(); i++) {
      final String line = source.lines().get(i);
      if (!line.isBlank()) {
        final List<String> fields = CsvLines.split(line);
        if (fields == null || fields.size() != columns.size()) {
          problems.add(
              Problem.atLine(source.name(), i + 1, "wrong number of fields, or an open quote")
                  .but(
                      fields == null ? line : Integer.toString(fields.size()),
                      columns.size() + " fields, as in the header"));
        } else {
          rows.add(new MeasuredRow(source.name(), i + 1, columns, fields, problems));
        }
      }
    }
    final MeasuredFile file =
        new MeasuredFile(
            source.name(),
            source.sha256(),
            List.copyOf(columns.keySet()),
            List.copyOf(rows),
            problems);
    if (!problems.isEmpty()) {
      RowReaders.of(file); // what is no table says so once, not of each line
    }
    problems.throwIfAny();
    return file;
  }

  /** The same table with some of its rows. */
  MeasuredFile only(final Predicate<MeasuredRow> wanted) {
    return new MeasuredFile(name, sha256, columns, rows.stream().filter(wanted).toList(), problems);
  }

  /** The file's name without its folder. */
  String shortName() {
    return Path.of(name).getFileName().toString();
  }

  /**
   * Ends the reading of fields.
   *
   * @throws InvalidInputException with every field that was no number
   */
  void throwIfAny() {
    problems.throwIfAny();
  }

  private static Map<String, Integer> header(final SourceText source, final Problems problems) {
    final Map<String, Integer> columns = new LinkedHashMap<>();
    final List<String> names = CsvLines.split(source.lines().get(0));
    for (int i = 0; names != null && i < names.size(); i++) {
      if (columns.put(names.get(i).strip(), i) != null) {
        problems.add(
            Problem.atLine(source.name(), 1, "the header names a column twice")
                .but(names.get(i), "each name once"));
      }
    }
    return columns;
  }
}
