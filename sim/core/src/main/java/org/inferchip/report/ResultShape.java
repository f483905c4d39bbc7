package org.inferchip.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.inferchip.arch.yaml.JsonSource;
import org.inferchip.units.Problems;

/**
 * What of {@code result.json} a report is drawn from: the keys that must be there and their kinds.
 * Other keys may stand beside them.
 */
final class ResultShape {
  /** Numbers of 0 or more; those of {@link #NO_SAMPLES} may be null. */
  static final List<String> NUMBERS =
      words(
          "placement/chips placement/tensor_parallel placement/pipeline_parallel requests completed"
              + " rejected unfinished input_tokens output_tokens duration_s output_tokens_per_s"
              + " ttft_ms/p50 ttft_ms/p99 tpot_ms/p50 tpot_ms/p99 itl_ms/p99 e2e_ms/p50 e2e_ms/p99"
              + " goodput_rps occupancy/busy_share power_w/chip power_w/system power_w/facility"
              + " energy_j/total tokens_per_joule usd_per_hour usd_per_hour_parts/capital"
              + " usd_per_hour_parts/maintenance usd_per_hour_parts/electricity utilisation"
              + " tokens_per_usd usd_per_million_tokens/input usd_per_million_tokens/output"
              + " verified/operators verified/tiles verified/max_relative_error"
              + " interpolation/steps_checked interpolation/mean_error interpolation/largest_error"
              + " host_s estimate_share roofline/op_per_s roofline/byte_per_s");

  static final List<String> TEXTS =
      words(
          "name model stack trace policy placement/weights roofline/chip"
              + " build/version build/revision");

  static final List<String> FLAGS = List.of("roofline/external_memory");

  static final List<String> TEXT_LISTS = words("warnings violations verified/findings assumptions");

  /** Percentiles and prices that do not exist where nothing completed. */
  private static final List<String> NO_SAMPLES =
      words("ttft_ms tpot_ms itl_ms e2e_ms usd_per_million_tokens");

  private static final List<String> OPERATOR_NUMBERS =
      words("calls time_s launch_s bound_s energy_j macs memory_bytes");

  private final JsonSource source;
  private final Problems problems;

  ResultShape(final JsonSource source, final Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  /**
   * Adds what is wrong with a system's result.
   *
   * @param pointer JSON pointer of the object in its file; empty for the whole
   */
  void check(final String pointer) {
    NUMBERS.forEach(path -> number(pointer, path));
    TEXTS.forEach(path -> expect(pointer, path, JsonNode::isTextual, "a text"));
    FLAGS.forEach(path -> expect(pointer, path, JsonNode::isBoolean, "true or false"));
    TEXT_LISTS.forEach(
        path ->
            list(pointer, path)
                .forEach(item -> expect(pointer, item, JsonNode::isTextual, "a text")));
    optionalNumber(pointer, "usd_per_hour_parts", "site");
    optionalNumber(pointer, "rented", "usd_per_hour");
    optionalNumber(pointer, "rented", "tokens_per_usd");
    drawn(pointer);
    source
        .node()
        .at(pointer + "/energy_j")
        .fieldNames()
        .forEachRemaining(part -> number(pointer, "energy_j/" + part));
    if (source.node().at(pointer).has(LoadCurves.KEY)) {
      list(pointer, LoadCurves.KEY)
          .forEach(
              item ->
                  LoadCurves.NUMBERS.forEach(
                      key ->
                          expect(
                              pointer,
                              item + "/" + key,
                              node -> node.isNumber() || key.contains("_ms_") && node.isNull(),
                              "a number")));
    }
    list(pointer, "operators")
        .forEach(
            item -> {
              expect(pointer, item + "/name", JsonNode::isTextual, "a text");
              OPERATOR_NUMBERS.forEach(key -> number(pointer, item + "/" + key));
            });
    if (source.node().at(pointer).has("sources")) {
      list(pointer, "sources")
          .forEach(
              item -> {
                expect(pointer, item + "/what", JsonNode::isTextual, "a text");
                expect(pointer, item + "/mark", JsonNode::isTextual, "a text");
                number(pointer, item + "/numbers");
              });
    }
    list(pointer, "inputs")
        .forEach(
            item ->
                Stream.of("/file", "/sha256")
                    .forEach(key -> expect(pointer, item + key, JsonNode::isTextual, "a text")));
  }

  /** What stands beside a result that was drawn. */
  private void drawn(final String pointer) {
    final JsonNode system = source.node().at(pointer);
    if (!system.has("intervals")) {
      return;
    }
    system
        .get("intervals")
        .fieldNames()
        .forEachRemaining(key -> interval(pointer, "intervals/" + key));
    list(pointer, "tornado")
        .forEach(
            item -> {
              expect(pointer, item + "/metric", JsonNode::isTextual, "a text");
              number(pointer, item + "/stated");
              number(pointer, item + "/others");
              list(pointer, item + "/bars").forEach(bar -> bar(pointer, bar));
            });
    list(pointer, "beats")
        .forEach(
            item -> {
              expect(pointer, item + "/metric", JsonNode::isTextual, "a text");
              expect(pointer, item + "/system", JsonNode::isTextual, "a text");
              number(pointer, item + "/share");
              interval(pointer, item + "/factor");
            });
    list(pointer, "turns")
        .forEach(
            item ->
                words("metric system parameter of stated at")
                    .forEach(
                        key -> expect(pointer, item + "/" + key, JsonNode::isTextual, "a text")));
    expect(pointer, "ranks", JsonNode::isObject, "a map");
    expect(pointer, "uncertainty/not_drawn", JsonNode::isObject, "a map");
    words("draws variables response_check/simulated response_check/mean_time_error")
        .forEach(key -> number(pointer, "uncertainty/" + key));
    words("largest_time_error mean_joules_error largest_joules_error")
        .forEach(key -> number(pointer, "uncertainty/response_check/" + key));
  }

  private void interval(final String pointer, final String path) {
    words("p5 p50 p95").forEach(key -> number(pointer, path + "/" + key));
  }

  private void bar(final String pointer, final String path) {
    words("parameter low high")
        .forEach(key -> expect(pointer, path + "/" + key, JsonNode::isTextual, "a text"));
    words("at_low at_high").forEach(key -> number(pointer, path + "/" + key));
  }

  private Stream<String> list(final String pointer, final String path) {
    return expect(pointer, path, JsonNode::isArray, "a list").stream()
        .flatMap(node -> Stream.iterate(0, i -> i < node.size(), i -> i + 1))
        .map(i -> path + "/" + i);
  }

  private void number(final String pointer, final String path) {
    final boolean nullable = NO_SAMPLES.contains(path.split("/")[0]);
    expect(
        pointer,
        path,
        node -> node.isNumber() && node.doubleValue() >= 0 || nullable && node.isNull(),
        "a number of 0 or more");
  }

  /** A number of a part that may lack it, or may not be there at all. */
  private void optionalNumber(final String pointer, final String part, final String name) {
    if (source.node().at(pointer + "/" + part).has(name)) {
      number(pointer, part + "/" + name);
    }
  }

  private Optional<JsonNode> expect(
      final String pointer,
      final String path,
      final Predicate<JsonNode> right,
      final String expected) {
    final String at = pointer + "/" + path;
    final JsonNode node = source.node().at(at);
    if (node.isMissingNode()) {
      problems.add(source.problem(at, "is missing", "", expected));
    } else if (!right.test(node)) {
      problems.add(source.problem(at, "is of the wrong kind", node.toString(), expected));
    } else {
      return Optional.of(node);
    }
    return Optional.empty();
  }

  private static List<String> words(final String text) {
    return List.of(text.split(" "));
  }
}
