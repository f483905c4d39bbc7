package org.inferchip.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.inferchip.arch.yaml.JsonSource;
import org.inferchip.serving.PowerSample;
import org.inferchip.serving.RequestRecord;
import org.inferchip.serving.StepSample;
import org.inferchip.trace.SourceText;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;

/**
 * Reads a result folder that {@link ResultWriter} wrote. Every missing key, damaged row and table
 * that does not belong to the JSON beside it is a problem.
 */
public final class ResultReader {
  private final Path folder;
  private final Problems problems;

  private ResultReader(final Path folder, final Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /**
   * Reads a folder.
   *
   * @param problems takes everything that is wrong
   * @return the result; empty where anything is wrong with it
   */
  public static Optional<Result> read(final Path folder, final Problems problems) {
    final Problems own = new Problems();
    Result result = null;
    try {
      if (!Files.isDirectory(folder)) {
        own.add(
            Problem.ofFile(folder.toString(), "is no result folder")
                .but(
                    Files.exists(folder) ? "a file" : "nothing",
                    "a folder that run or compare wrote with --out"));
      } else {
        result = new ResultReader(folder, own).read();
      }
    } catch (final InvalidInputException e) {
      e.problems().forEach(own::add);
    }
    own.list().forEach(problems::add);
    return own.isEmpty() ? Optional.ofNullable(result) : Optional.empty();
  }

  private Result read() {
    final JsonSource source = JsonSource.read(folder.resolve(ResultWriter.JSON));
    final JsonNode schema = source.node().path("schema");
    if (!schema.asText().equals(ResultJson.SCHEMA)) {
      problems.add(
          source.problem(
              "/schema",
              "is not a result of run or compare",
              schema.isMissingNode() ? "nothing" : schema.toString(),
              '"' + ResultJson.SCHEMA + '"'));
      return null;
    }
    final JsonNode systems = source.node().path("systems");
    final List<SystemResult> results = new ArrayList<>();
    if (systems.isMissingNode()) {
      system(source, "", false).ifPresent(results::add);
    } else if (!systems.isArray() || systems.isEmpty()) {
      problems.add(source.problem("/systems", "holds no results", systems.toString(), "a list"));
    } else {
      final Set<String> names = new HashSet<>();
      for (int i = 0; i < systems.size(); i++) {
        if (!names.add(systems.get(i).path("name").asText())) {
          problems.add(source.problem("/systems/" + i + "/name", "stands twice", "", ""));
        }
        system(source, "/systems/" + i, true).ifPresent(results::add);
      }
    }
    final String command = command();
    return problems.isEmpty() ? new Result(!systems.isMissingNode(), results, command) : null;
  }

  private String command() {
    final SourceText source = SourceText.read(folder.resolve(ResultWriter.COMMAND));
    return String.join("\n", source.lines());
  }

  private Optional<SystemResult> system(
      final JsonSource source, final String pointer, final boolean compared) {
    final Problems shape = new Problems();
    new ResultShape(source, shape).check(pointer);
    shape.list().forEach(problems::add);
    final JsonNode json = source.node().at(pointer);
    final String name = json.path("name").asText();
    if (!shape.isEmpty()) {
      return Optional.empty();
    }
    if (compared && !name.matches("[^/\\\\]*[^/\\\\.][^/\\\\]*")) {
      problems.add(
          source.problem(pointer + "/name", "cannot name a folder", name, "a system's name"));
      return Optional.empty();
    }
    final Path tables = compared ? folder.resolve(name) : folder;
    final List<RequestRecord> requests = requests(tables, source, pointer);
    try {
      final List<StepSample> steps =
          ResultTable.steps(tables.resolve(ResultWriter.STEPS), problems);
      final Path watts = tables.resolve(ResultWriter.POWER);
      final List<PowerSample> power =
          Files.exists(watts) ? ResultTable.power(watts, problems) : List.of();
      final Path layer = tables.resolve(ResultWriter.LAYER);
      return Optional.of(
          new SystemResult(
              (ObjectNode) json,
              requests,
              steps,
              power,
              Files.exists(layer) ? ResultTable.layer(layer, problems) : List.of()));
    } catch (final InvalidInputException e) {
      e.problems().forEach(problems::add);
      return Optional.empty();
    }
  }

  private List<RequestRecord> requests(
      final Path tables, final JsonSource source, final String pointer) {
    final Path path = tables.resolve(ResultWriter.REQUESTS);
    final Problems damage = new Problems();
    List<RequestRecord> requests = List.of();
    try {
      requests = ResultTable.requests(path, damage);
    } catch (final InvalidInputException e) {
      e.problems().forEach(damage::add);
    }
    damage.list().forEach(problems::add);
    if (damage.isEmpty()) {
      final List<RequestRecord> all = requests;
      same(path, source, pointer + "/requests", all.size());
      for (final RequestRecord.Outcome outcome : RequestRecord.Outcome.values()) {
        final String key = "/" + outcome.name().toLowerCase(java.util.Locale.ROOT);
        same(
            path,
            source,
            pointer + key,
            all.stream().filter(one -> one.outcome() == outcome).count());
      }
      same(path, source, pointer + "/output_tokens", sum(all, RequestRecord::outputTokens));
    }
    return requests;
  }

  private static long sum(
      final List<RequestRecord> requests, final ToLongFunction<RequestRecord> of) {
    return requests.stream().mapToLong(of).sum();
  }

  private void same(
      final Path path, final JsonSource source, final String pointer, final long counted) {
    final long said = source.node().at(pointer).asLong();
    if (said != counted) {
      problems.add(
          Problem.ofFile(path.toString(), "does not belong to the " + ResultWriter.JSON)
              .but(
                  pointer.substring(pointer.lastIndexOf('/') + 1) + " " + counted,
                  Long.toString(said)));
    }
  }
}
