package org.inferchip.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.inferchip.report.chart.Gantt;
import org.inferchip.serving.PowerSample;
import org.inferchip.serving.Rejection;
import org.inferchip.serving.RequestRecord;
import org.inferchip.serving.StepSample;
import org.inferchip.trace.CsvLines;
import org.inferchip.trace.SourceText;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/** Reads the tables that {@link ResultCsv} wrote; every row that it did not write is a problem. */
final class ResultTable {
  /** A row's fields; one that cannot be read is an {@link IllegalArgumentException}. */
  private record Row(List<String> header, List<String> fields) {
    String text(final String column) {
      return fields.get(header.indexOf(column));
    }

    int count(final String column) {
      return (int) number(column, "\\d{1,9}", "a whole number");
    }

    long total(final String column) {
      return number(column, "\\d{1,18}", "a whole number");
    }

    double decimal(final String column) {
      final String text = text(column);
      if (!text.matches("-?\\d{1,15}(\\.\\d+)?([eE]-?\\d{1,3})?")) {
        throw new IllegalArgumentException(column + ": a number");
      }
      return Double.parseDouble(text);
    }

    /** Picoseconds of a time in microseconds with six decimals. */
    long picos(final String column) {
      return text(column).isEmpty()
          ? RequestRecord.NEVER
          : number(column, "\\d{1,12}\\.\\d{6}", "microseconds with six decimals");
    }

    boolean truth(final String column) {
      if (!text(column).matches("true|false")) {
        throw new IllegalArgumentException(column + ": true or false");
      }
      return text(column).equals("true");
    }

    <T extends Enum<T>> T constant(final String column, final Class<T> type) {
      try {
        return Enum.valueOf(type, text(column).toUpperCase(Locale.ROOT));
      } catch (final IllegalArgumentException e) {
        throw new IllegalArgumentException(column + ": the name of an outcome", e);
      }
    }

    private long number(final String column, final String pattern, final String what) {
      if (!text(column).matches(pattern)) {
        throw new IllegalArgumentException(column + ": " + what);
      }
      return Long.parseLong(text(column).replace(".", ""));
    }
  }

  private ResultTable() {}

  /** Requests; what the table does not hold, the time of second tokens, is never. */
  static List<RequestRecord> requests(final Path path, final Problems problems) {
    return rows(
        path,
        ResultCsv.REQUESTS,
        problems,
        row ->
            new RequestRecord(
                row.text("request_id"),
                row.text("slo_class"),
                row.count("input_tokens"),
                row.count("cached_tokens"),
                row.count("output_tokens"),
                row.picos("arrival_us"),
                row.picos("scheduled_us"),
                row.picos("first_token_us"),
                RequestRecord.NEVER,
                row.picos("last_token_us"),
                row.count("preemptions"),
                row.constant("outcome", RequestRecord.Outcome.class),
                row.text("rejection").isEmpty()
                    ? Optional.empty()
                    : Optional.of(row.constant("rejection", Rejection.class)),
                row.truth("met_objectives")));
  }

  /** Watts over time. */
  static List<PowerSample> power(final Path path, final Problems problems) {
    return rows(
        path,
        ResultCsv.POWER,
        problems,
        row ->
            new PowerSample(
                row.picos("from_us"),
                row.picos("to_us"),
                row.decimal("chips_w"),
                row.decimal("mean_1s_w")));
  }

  /** Steps. */
  static List<StepSample> steps(final Path path, final Problems problems) {
    return rows(
        path,
        ResultCsv.STEPS,
        problems,
        row ->
            new StepSample(
                row.picos("time_us"),
                row.count("running"),
                row.count("waiting"),
                row.count("kv_blocks"),
                row.count("step_requests"),
                row.count("step_tokens"),
                row.total("output_tokens"),
                row.total("prefill_tokens"),
                0));
  }

  /** The stays of a layer's units. */
  static List<Gantt.Stay> layer(final Path path, final Problems problems) {
    return rows(
        path,
        LayerGantt.HEADER,
        problems,
        row ->
            new Gantt.Stay(
                row.text("lane"),
                row.text("operator"),
                row.decimal("start_us"),
                row.decimal("end_us")));
  }

  private static <T> List<T> rows(
      final Path path, final String header, final Problems problems, final Function<Row, T> read) {
    final SourceText source = SourceText.read(path);
    final List<String> lines = source.lines();
    final List<T> rows = new ArrayList<>();
    if (!lines.get(0).equals(header)) {
      problems.add(
          Problem.atLine(source.name(), 1, "is no such table of a result")
              .but(lines.get(0), header));
      return rows;
    }
    final List<String> columns = List.of(header.split(","));
    final StringBuilder text = new StringBuilder();
    for (int i = 1; i < lines.size(); i++) {
      text.append(lines.get(i));
      final List<String> fields = CsvLines.split(text.toString());
      if (fields == null && i < lines.size() - 1) {
        text.append('\n'); // a name over several lines
        continue;
      }
      try {
        rows.add(read.apply(new Row(columns, complete(fields, columns))));
      } catch (final IllegalArgumentException e) {
        problems.add(
            Problem.atLine(source.name(), i + 1, "the row is damaged")
                .but(lines.get(i), e.getMessage()));
      }
      text.setLength(0);
    }
    return rows;
  }

  private static List<String> complete(final List<String> fields, final List<String> columns) {
    if (fields == null || fields.size() != columns.size()) {
      throw new IllegalArgumentException(columns.size() + " fields, every quote closed");
    }
    return fields;
  }
}
