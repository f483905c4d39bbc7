package org.inferchip.calibrate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/** The kinds of table that can be predicted, and which of them a table is. */
final class RowReaders {
  private static final List<RowReader> ALL =
      List.of(
          new GemmRows(),
          AttentionRows.decode(),
          AttentionRows.prefill(),
          new CollectiveRows(),
          new HostTimedRows(),
          new EdgeRows(),
          new MeshRows(),
          new PublishedRows(),
          new ExpertRows(),
          new EngineOperatorRows(),
          new ServingRows(),
          new EndToEndRows(),
          new TraceRunRows());

  /** Kinds that a message about an unknown table names. */
  private static final int NEAREST = 3;

  private RowReaders() {}

  /** The reader of a table: of those whose columns it has, the one that asks for most. */
  static Optional<RowReader> find(final MeasuredFile file) {
    return ALL.stream()
        .filter(one -> lacks(one, file).isEmpty())
        .max(Comparator.comparingInt(one -> one.columns().size()));
  }

  /**
   * As {@link #find}.
   *
   * @throws InvalidInputException if the table is of no kind, with what the nearest kinds lack
   */
  static RowReader of(final MeasuredFile file) {
    return find(file).orElseThrow(() -> unknown(file));
  }

  private static List<String> lacks(final RowReader reader, final MeasuredFile file) {
    return reader.columns().stream().filter(column -> !file.columns().contains(column)).toList();
  }

  private static InvalidInputException unknown(final MeasuredFile file) {
    final List<String> nearest =
        ALL.stream()
            .sorted(Comparator.comparingInt(one -> lacks(one, file).size()))
            .limit(NEAREST)
            .map(one -> one.kind() + " (lacks " + String.join(", ", lacks(one, file)) + ")")
            .toList();
    return new InvalidInputException(
        Problem.atLine(file.name(), 1, "is no table of measurements that can be predicted")
            .but(
                "columns " + String.join(", ", file.columns()),
                "one of " + String.join("; ", nearest)));
  }
}
