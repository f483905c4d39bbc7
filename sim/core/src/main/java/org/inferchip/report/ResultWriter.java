package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the files of a result: {@code result.json}, the tables as CSV, the charts, {@code
 * index.html} and the command that makes it all again. With several systems, each has a folder of
 * its own with its tables, and the JSON, the charts and the page compare them.
 */
public final class ResultWriter {
  static final String JSON = "result.json";
  static final String COMMAND = "command.txt";
  static final String REQUESTS = "requests.csv";
  static final String STEPS = "steps.csv";
  static final String POWER = "power.csv";
  static final String OPERATORS = "operators.csv";
  static final String LAYER = "layer.csv";
  static final String PAGE = "index.html";

  private final ResultFolder folder;

  /** A writer into a folder. */
  public ResultWriter(final ResultFolder folder) {
    this.folder = folder;
  }

  /** Writes everything. */
  public void write(final Result result) {
    for (final SystemResult system : result.systems()) {
      final String prefix = result.folderOf(system);
      folder.write(prefix + REQUESTS, ResultCsv.requests(system.requests()));
      folder.write(prefix + STEPS, ResultCsv.steps(system.samples()));
      folder.write(prefix + POWER, ResultCsv.power(system.power()));
      folder.write(prefix + OPERATORS, ResultCsv.operators(system.operators()));
      if (!system.layer().isEmpty()) {
        folder.write(prefix + LAYER, LayerGantt.csv(system.layer()));
      }
    }
    folder.write(
        JSON,
        Json.text(
            result.compared() ? comparison(result.systems()) : result.systems().get(0).json()));
    folder.write(COMMAND, result.command() + "\n");
    final ChartFiles charts = new ChartFiles(folder);
    final List<ChartFigure> figures = new ArrayList<>();
    new ResultCharts(result.systems())
        .all()
        .forEach((name, chart) -> figures.add(charts.write(name, chart)));
    folder.write(PAGE, new Page(result).html(figures));
  }

  /** The JSON form of a comparison. */
  public static Map<String, Object> comparison(final List<SystemResult> systems) {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", ResultJson.SCHEMA);
    json.put("systems", systems.stream().map(SystemResult::json).toList());
    json.put("ranking", new Comparison(systems).ranking());
    Trust.of(systems).ifPresent(trust -> json.put("ranking_probability", trust.rankings()));
    return json;
  }
}
