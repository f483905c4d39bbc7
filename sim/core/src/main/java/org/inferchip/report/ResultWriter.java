package org.inferchip.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.explore.Evaluation;

/**
 * Writes the files of a result: {@code result.json}, the tables as CSV, the charts as PNG and
 * {@code index.html}. With several systems, each has a folder of its own with its JSON and tables,
 * and the charts and the page compare them.
 */
public final class ResultWriter {
  private static final int PAGE_WIDTH = 900;
  private static final int PAGE_HEIGHT = 520;

  private final ResultFolder folder;
  private final long seed;
  private final String command;

  /**
   * A writer.
   *
   * @param seed of the run
   * @param command that makes the result again
   */
  public ResultWriter(final ResultFolder folder, final long seed, final String command) {
    this.folder = folder;
    this.seed = seed;
    this.command = command;
  }

  /** Writes the result of one system. */
  public void write(final Evaluation evaluation) {
    tables("", evaluation);
    folder.write("result.json", Json.text(ResultJson.of(evaluation, seed)));
    page(List.of(evaluation));
  }

  /** Writes systems side by side. */
  public void compare(final List<Evaluation> evaluations) {
    for (final Evaluation evaluation : evaluations) {
      tables(evaluation.name() + "/", evaluation);
    }
    folder.write("result.json", Json.text(comparison(evaluations, seed)));
    page(evaluations);
  }

  /** The JSON form of a comparison. */
  public static Map<String, Object> comparison(
      final List<Evaluation> evaluations, final long seed) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", ResultJson.SCHEMA);
    json.put("systems", evaluations.stream().map(e -> ResultJson.of(e, seed)).toList());
    json.put("ranking", new Comparison(evaluations).ranking());
    return json;
  }

  private void tables(final String prefix, final Evaluation evaluation) {
    folder.write(prefix + "requests.csv", ResultCsv.requests(evaluation));
    folder.write(prefix + "operators.csv", ResultCsv.operators(evaluation.operators()));
  }

  private void page(final List<Evaluation> evaluations) {
    final Map<String, String> images = new LinkedHashMap<>();
    new ResultCharts(evaluations)
        .all()
        .forEach(
            (name, chart) -> {
              images.put(name, Images.write(folder, name, chart, PAGE_WIDTH, PAGE_HEIGHT));
            });
    folder.write("index.html", new Page(evaluations, command).html(images));
  }
}
