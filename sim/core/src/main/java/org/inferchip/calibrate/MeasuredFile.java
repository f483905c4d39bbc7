package org.inferchip.calibrate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inferchip.trace.CsvLines;
import org.inferchip.trace.SourceText;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/**
 * A table of measured rows. Its kind is known by the columns of its header.
 *
 * @param name file name
 * @param kind what its rows are
 * @param rows in the order of the file
 * @param problems of fields, found as they are read
 */
record MeasuredFile(String name, Kind kind, List<MeasuredRow> rows, Problems problems) {

  /** Kinds of tables, by the columns that they must have. */
  enum Kind {
    /** Matrix products. */
    GEMM("device", "dtype", "m", "n", "k", "latency_us", "framework"),
    /** Load stages of a serving engine. */
    SERVING(
        "model",
        "gpu",
        "tp",
        "precision",
        "max_num_batched_tokens",
        "max_num_seqs",
        "total_kv_blocks",
        "stage",
        "rate_rps",
        "duration_s",
        "arrival",
        "system_prompt_tokens",
        "question_tokens",
        "output_tokens",
        "n_system_prompts",
        "users_per_prompt",
        "prompt_len_mean",
        "output_len_mean",
        "e2e_mean_ms",
        "ttft_mean_ms",
        "tpot_mean_ms");

    private final List<String> columns;

    Kind(final String... columns) {
      this.columns = List.of(columns);
    }
  }

  /**
   * Reads a table.
   *
   * @throws InvalidInputException if it is of no known kind, or a row has another number of fields
   *     than the header
   */
  static MeasuredFile read(final Path path) {
    final SourceText source = SourceText.read(path);
    final Problems problems = new Problems();
    final Map<String, Integer> columns = header(source, problems);
    problems.throwIfAny();
    final Kind kind = kind(source.name(), columns.keySet());
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
    problems.throwIfAny();
    return new MeasuredFile(source.name(), kind, List.copyOf(rows), problems);
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

  private static Kind kind(final String file, final Set<String> columns) {
    final List<String> missing = new ArrayList<>();
    for (final Kind kind : Kind.values()) {
      final List<String> lacks = kind.columns.stream().filter(c -> !columns.contains(c)).toList();
      if (lacks.isEmpty()) {
        return kind;
      }
      missing.add(kind + " (lacks " + String.join(", ", lacks) + ")");
    }
    throw new InvalidInputException(
        Problem.atLine(file, 1, "is no table of measurements that can be predicted")
            .but("columns " + String.join(", ", columns), "one of " + String.join("; ", missing)));
  }
}
