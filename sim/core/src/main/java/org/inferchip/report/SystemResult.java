package org.inferchip.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.LoadPoint;
import org.inferchip.explore.uncertainty.Uncertainty;
import org.inferchip.report.chart.Gantt;
import org.inferchip.serving.PowerSample;
import org.inferchip.serving.RequestRecord;
import org.inferchip.serving.StepSample;
import org.inferchip.simulation.OperatorTotal;

/**
 * The result of one system as its files hold it. Tables, charts and the page are made of this
 * alone, so that they are the same from a run and from the files that it left.
 *
 * <p>Values are named by the JSON's keys, with a slash between levels ({@code ttft_ms/p50}); only
 * those that {@link ResultShape} asks of every file can be had.
 */
public final class SystemResult {
  private final ObjectNode json;
  private final List<RequestRecord> requests;
  private final List<StepSample> samples;
  private final List<PowerSample> power;
  private final List<Gantt.Stay> layer;

  /**
   * A result.
   *
   * @param json as in {@code result.json}, of the right shape
   * @param requests every request; the time of second tokens is not known
   * @param samples steps, for charts over time
   * @param power watts over time; empty where a result was written without
   * @param layer what the units of a core do in a layer; empty where that was not watched
   */
  SystemResult(
      final ObjectNode json,
      final List<RequestRecord> requests,
      final List<StepSample> samples,
      final List<PowerSample> power,
      final List<Gantt.Stay> layer) {
    this.json = json;
    this.requests = List.copyOf(requests);
    this.samples = List.copyOf(samples);
    this.power = List.copyOf(power);
    this.layer = List.copyOf(layer);
  }

  /** The result of an evaluation. */
  public static SystemResult of(final Evaluation evaluation, final long seed) {
    return new SystemResult(
        Json.tree(ResultJson.of(evaluation, seed)),
        evaluation.run().records(),
        evaluation.run().samples(),
        evaluation.run().energy().overTime(),
        List.of());
  }

  /**
   * The results of evaluations, with how far they can be trusted.
   *
   * @param drawn the same systems
   */
  public static List<SystemResult> of(
      final List<Evaluation> evaluations, final Uncertainty drawn, final long seed) {
    final List<SystemResult> results = new ArrayList<>();
    for (int i = 0; i < evaluations.size(); i++) {
      final Map<String, Object> json = ResultJson.of(evaluations.get(i), seed);
      json.putAll(UncertaintyJson.of(drawn, i));
      results.add(
          new SystemResult(
              Json.tree(json),
              evaluations.get(i).run().records(),
              evaluations.get(i).run().samples(),
              evaluations.get(i).run().energy().overTime(),
              List.of()));
    }
    return results;
  }

  /** This result with what the system did at several loads of the same trace. */
  public SystemResult withLoads(final List<LoadPoint> points) {
    final ObjectNode more = json();
    more.set(
        LoadCurves.KEY,
        Json.tree(Map.of(LoadCurves.KEY, LoadCurves.json(points))).get(LoadCurves.KEY));
    return new SystemResult(more, requests, samples, power, layer);
  }

  /** This result with what the units of a core do in a layer of a typical step. */
  public SystemResult withLayer(final List<Gantt.Stay> stays) {
    return new SystemResult(json, requests, samples, power, stays);
  }

  /** This result under another name. */
  SystemResult named(final String name) {
    return new SystemResult(json.deepCopy().put("name", name), requests, samples, power, layer);
  }

  /** A copy of the JSON form. */
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** The system's name. */
  public String name() {
    return text("name");
  }

  List<RequestRecord> requests() {
    return requests;
  }

  List<StepSample> samples() {
    return samples;
  }

  List<PowerSample> power() {
    return power;
  }

  List<Gantt.Stay> layer() {
    return layer;
  }

  /** A text that every result has. */
  String text(final String path) {
    return at(ResultShape.TEXTS, path).textValue();
  }

  /** A number that every result has; NaN where it says that there is none. */
  double number(final String path) {
    return orNan(at(ResultShape.NUMBERS, path));
  }

  /** A number that a result may have; NaN where it has not. */
  double optional(final String path) {
    return orNan(json.at("/" + path));
  }

  /** A count that a result may have; 0 where it has not. */
  long whole(final String path) {
    return json.at("/" + path).longValue();
  }

  /** Numbers by their names that a result may have; empty where it has not. */
  Map<String, Double> optionalNumbers(final String path) {
    final Map<String, Double> numbers = new LinkedHashMap<>();
    json.at("/" + path)
        .fields()
        .forEachRemaining(e -> numbers.put(e.getKey(), orNan(e.getValue())));
    return numbers;
  }

  /** A count that every result has. */
  long count(final String path) {
    return at(ResultShape.NUMBERS, path).longValue();
  }

  /** A truth value that every result has. */
  boolean flag(final String path) {
    return at(ResultShape.FLAGS, path).booleanValue();
  }

  /** Texts that every result has. */
  List<String> texts(final String path) {
    final List<String> texts = new ArrayList<>();
    at(ResultShape.TEXT_LISTS, path).forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  /** Joules of the chips by component, without their sum. */
  Map<String, Double> energy() {
    final Map<String, Double> parts = new LinkedHashMap<>();
    json.get("energy_j").properties().forEach(e -> parts.put(e.getKey(), e.getValue().asDouble()));
    parts.remove("total");
    return parts;
  }

  List<OperatorTotal> operators() {
    final List<OperatorTotal> totals = new ArrayList<>();
    for (final JsonNode one : json.get("operators")) {
      totals.add(
          new OperatorTotal(
              one.get("name").textValue(),
              one.get("calls").asDouble(),
              one.get("time_s").asDouble(),
              one.get("launch_s").asDouble(),
              one.get("bound_s").asDouble(),
              one.get("energy_j").asDouble(),
              one.get("macs").asDouble(),
              one.get("memory_bytes").asDouble()));
    }
    return totals;
  }

  /** The seed of loads and samples; empty for results without one. */
  String seed() {
    return json.path("seed").asText();
  }

  /** Documents that the description's numbers rest on; empty for results without them. */
  List<Cited> sources() {
    final List<Cited> all = new ArrayList<>();
    for (final JsonNode one : json.path("sources")) {
      all.add(
          new Cited(
              one.path("what").asText(), one.path("mark").asText(), one.path("numbers").asInt()));
    }
    return all;
  }

  /**
   * A document that numbers rest on.
   *
   * @param what the document
   * @param mark how far it can be trusted
   * @param numbers how many rest on it
   */
  record Cited(String what, String mark, int numbers) {}

  public List<InputFile> inputs() {
    final List<InputFile> files = new ArrayList<>();
    for (final JsonNode one : json.get("inputs")) {
      files.add(new InputFile(one.get("file").textValue(), one.get("sha256").textValue()));
    }
    return files;
  }

  /** Laws that the run broke, and findings of the executed arithmetic. */
  public List<String> violations() {
    final List<String> all = texts("violations");
    all.addAll(texts("verified/findings"));
    return all;
  }

  private JsonNode at(final List<String> known, final String path) {
    if (!known.contains(path)) {
      throw new IllegalArgumentException("not asked of every result: " + path);
    }
    return json.at("/" + path);
  }

  static double orNan(final JsonNode value) {
    return value.isNumber() ? value.doubleValue() : Double.NaN;
  }
}
