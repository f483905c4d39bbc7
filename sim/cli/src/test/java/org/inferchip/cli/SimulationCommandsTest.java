package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that simulate: keys that scripts rely on, the same bytes again, and replay. */
class SimulationCommandsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String STEP =
      "--system h100-sxm --model smollm2-135m --decode 4 --context 64 --json";
  private static final String RUN = "run --system h100-sxm --model stories15m";

  @TempDir private Path folder;

  /** Requests that fit the small model's 256 positions, at times that are no round numbers. */
  @BeforeEach
  void writeTrace() throws IOException {
    final StringBuilder lines = new StringBuilder("timestamp,input_length,output_length\n");
    for (int i = 0; i < 12; i++) {
      lines.append(7 * i * i % 41).append(',').append(5 + 13 * i).append(',').append(3 + i % 5);
      lines.append('\n');
    }
    Files.writeString(folder.resolve("trace.csv"), lines);
  }

  private String trace() {
    return " --trace " + folder.resolve("trace.csv");
  }

  @Test
  void shouldRefuseMoreChipsThanTheLinksJoin() {
    final String work = " --model smollm2-135m --decode 1 --context 64 --set count=9 --tp 9";
    assertEquals(2, exit("step --system h100-sxm" + work));
    assertEquals(2, exit("step --system jetson-thor" + work.replace('9', '3')));
  }

  @Test
  void shouldReportARunWhoseMeansWouldNotFitTheCacheTogether() throws IOException {
    // Long prompts are over at once, short ones run together: both means never stood side by side.
    final StringBuilder lines = new StringBuilder("timestamp,input_length,output_length\n");
    lines.append("0,250,1\n".repeat(40)).append("0,5,40\n".repeat(40));
    final Path crowd = Files.writeString(folder.resolve("crowd.csv"), lines);
    // All come at once: no tokenizer takes them one by one.
    final Path stack =
        Files.writeString(
            folder.resolve("at-once.yaml"),
            "extends: vllm\nname: at-once\n"
                + "step: {front_end_token: null, front_end_request: null}\n");
    final Path out = folder.resolve("crowd");

    final String crowded = " --stack " + stack + " --trace " + crowd;
    assertEquals(0, exit(RUN + crowded + " --set memory.capacity=2.05GiB --out " + out));
    final JsonNode occupancy =
        MAPPER.readTree(out.resolve("result.json").toFile()).findValue("occupancy");
    assertTrue(occupancy.get("mean_running").asDouble() > 20, occupancy.toString());
    assertTrue(Files.exists(out.resolve("timeline.json")));
  }

  @Test
  void shouldAttributeTheWholeOfAStepAndRankWhatWouldHelp() throws IOException {
    final JsonNode json = json("explain " + STEP + " --stack trtllm");

    assertEquals(json.get("latency_us").asDouble(), sum(json.get("time_us")), 1e-6);
    final double joules = sum(json.get("energy_uj")) * 1e-6;
    final double seconds = json.get("latency_us").asDouble() * 1e-6;
    assertEquals(json.get("power_w").get("chip").asDouble(), joules / seconds, 1e-6);
    final double tokens = json.get("tokens").asDouble();
    assertEquals(
        json.get("tokens_per_usd").asDouble(), tokens / (sum(json.get("micro_usd")) * 1e-6), 1e-3);
    json.get("units").forEach(unit -> assertTrue(sum(unit) <= 1 + 1e-9, unit.toString()));
    final Map<String, JsonNode> byName = new HashMap<>();
    double last = Double.MAX_VALUE;
    for (final JsonNode one : json.get("elasticities")) {
      byName.put(one.get("parameter").asText(), one);
      final double latency = one.get("latency").asDouble();
      final boolean rate = one.get("rate").asBoolean();
      // A better part at the same mapping may not be slower, but for anomalies of queueing.
      assertTrue(rate ? latency < 0.1 : latency > -0.1, one.toString());
      final double gain = rate ? 1 - Math.pow(1.1, latency) : 1 - Math.pow(0.9, latency);
      assertTrue(gain <= last + 1e-12, one.toString());
      last = gain;
    }
    // The host's fixed time is a known part of the step: its elasticity is that share.
    final double fixed = byName.get("step.fixed").get("latency").asDouble();
    final double share = 250e-6 / seconds;
    assertEquals(Math.log1p(0.1 * share) / Math.log(1.1), fixed, 1e-6);
    assertTrue(byName.keySet().containsAll(List.of("memory.bandwidth", "clock", "cores[0].count")));
  }

  @Test
  void shouldServeOnSeveralInstancesBehindARouter() throws IOException {
    final JsonNode one = json(RUN + trace() + " --json -q");
    assertTrue(one.path("instances").isMissingNode());
    final JsonNode three = json(RUN + trace() + " --replicas 3 --router round-robin --json -q");
    assertEquals("round-robin", three.get("router").asText());
    assertEquals(3, three.get("replicas").asInt());
    assertEquals(3, three.at("/placement/chips").asInt());
    assertEquals(12, sum(three, "requests"));
    assertEquals(three.get("output_tokens").asLong(), sum(three, "output_tokens"));
    assertEquals(three.at("/power_w/system").asDouble(), sum(three, "system_w"), 1e-9);
    // 12 requests dealt round are four each; all chips rest, and are paid, while any works.
    assertEquals(1, three.at("/imbalance/requests").asDouble());
    assertEquals(
        3 * one.at("/purchase_usd/total").asDouble(),
        three.at("/purchase_usd/total").asDouble(),
        1e-6);
    assertEquals(
        3 * one.get("power_at_tdp_w").asDouble(), three.get("power_at_tdp_w").asDouble(), 1e-6);
  }

  @Test
  void shouldComputePromptsOnOtherInstances() throws IOException {
    final String line =
        RUN
            + trace()
            + " --replicas 2 --prefill-system a100-sxm-80g --handover bandwidth=1GB/s,latency=1ms"
            + " --json -q";
    final JsonNode json = json(line);
    assertEquals("a100-sxm-80g+h100-sxm", json.get("name").asText());
    assertEquals(3, json.at("/placement/chips").asInt());
    // stories15m: 6 layers of 6 heads of 48, keys and values in two bytes; all outputs are longer
    // than one token, and prompts are 5 + 13 i tokens.
    final long tokens = 12 * 5 + 13 * 66;
    assertEquals(tokens * 6 * 6 * 48 * 2 * 2, json.at("/handover/bytes").asLong());
    assertEquals(12, json.at("/handover/requests").asInt());
    final JsonNode parts = json.at("/handover/mean_e2e_parts_ms");
    double sum = 0;
    for (final JsonNode part : parts) {
      sum += part.asDouble();
    }
    assertEquals(json.at("/e2e_ms/mean").asDouble(), sum, 1e-9 * sum);
    // 1 ms on the way, and the mean cache over a port.
    assertEquals(1 + tokens / 12.0 * 6 * 6 * 48 * 4 / 1e6, parts.get("transfer").asDouble(), 1e-6);
    assertEquals("prefill", json.at("/instances/0/part").asText());
    assertEquals(12, json.at("/instances/0/output_tokens").asInt());
    assertEquals(json.get("output_tokens").asLong(), sum(json, "output_tokens"));
    final JsonNode layered = json(line.replace("latency=1ms", "latency=1ms,overlap=layers"));
    assertEquals(json.at("/handover/bytes"), layered.at("/handover/bytes"));
    assertTrue(layered.at("/e2e_ms/mean").asDouble() < json.at("/e2e_ms/mean").asDouble());
  }

  @Test
  void shouldPinMappingsInAScenario() throws IOException {
    final String text =
        "name: pin\ndescription: pinned\nsystem: h100-sxm\nmodel: stories15m\ntrace: "
            + folder.resolve("trace.csv")
            + "\nmappings: {down_proj: 32x32x32 split 1 stages 2}\n";
    final Path file = Files.writeString(folder.resolve("pin.yaml"), text);
    final double pinned = operatorSeconds(json("run " + file + " --json -q"), "down_proj");
    final double free = operatorSeconds(json(RUN + trace() + " --json -q"), "down_proj");
    assertTrue(pinned > free, pinned + " s is no slower than the best of a search, " + free);
  }

  private static double operatorSeconds(final JsonNode run, final String name) {
    for (final JsonNode one : run.get("operators")) {
      if (one.get("name").asText().equals(name)) {
        return one.get("time_s").asDouble();
      }
    }
    throw new AssertionError("no " + name);
  }

  @Test
  void shouldReadReplicasFromAScenarioThatOnlyRunTakes() throws IOException {
    final Path file =
        Files.writeString(
            folder.resolve("pair.yaml"),
            "name: pair\ndescription: two of it\nsystem: h100-sxm\nmodel: stories15m\ntrace: "
                + folder.resolve("trace.csv")
                + "\nreplicas: 2\nrouter: least-tokens\n");
    final JsonNode pair = json("run " + file + " --json -q");
    assertEquals(2, pair.get("instances").size());
    assertEquals("least-tokens", pair.get("router").asText());
    assertEquals(2, exit("explain " + file));
  }

  private static double sum(final JsonNode run, final String key) {
    double sum = 0;
    for (final JsonNode one : run.get("instances")) {
      sum += one.get(key).asDouble();
    }
    return sum;
  }

  @Test
  void shouldAttributeTheWholeOfARun() throws IOException {
    final String line = " --system h100-sxm --model stories15m --json -q" + trace();
    final JsonNode run = json("run" + line);
    final JsonNode json = json("explain" + line);

    final double seconds = run.get("duration_s").asDouble();
    assertEquals(seconds, sum(json.get("time_s")), 1e-9 * seconds);
    final double joules = run.get("energy_j").get("total").asDouble();
    assertEquals(joules, sum(json.get("energy_j")), 1e-9 * joules);
    final double hours = seconds / 3600 / run.get("utilisation").asDouble();
    assertEquals(run.get("usd_per_hour").asDouble() * hours, sum(json.get("usd")), 1e-12);
    double steps = 0;
    double bandwidth = 0;
    for (final JsonNode step : json.get("typical_steps")) {
      final double share = step.get("share_of_step_time").asDouble();
      steps += share;
      bandwidth += share * elasticity(step, "memory.bandwidth");
    }
    assertEquals(1, steps, 1e-12);
    assertEquals(bandwidth, elasticity(json, "memory.bandwidth"), 1e-12);
    for (final JsonNode one : json.get("elasticities")) {
      for (final String key :
          List.of("parameter", "latency", "tokens_per_joule", "tokens_per_usd")) {
        assertTrue(one.has(key), key);
      }
    }
  }

  private static double elasticity(final JsonNode of, final String parameter) {
    for (final JsonNode one : of.get("elasticities")) {
      if (one.get("parameter").asText().equals(parameter)) {
        return one.get("latency").asDouble();
      }
    }
    throw new AssertionError(parameter);
  }

  @Test
  void shouldDrawATimelineWhoseUnitsDoOneTaskAtATime() throws IOException {
    final Path out = folder.resolve("step");
    assertEquals(0, Cli.run(("step " + STEP + " --out " + out).split(" ")).exit());

    final JsonNode json = MAPPER.readTree(out.resolve("timeline.json").toFile());
    final Map<String, Double> freeAt = new HashMap<>();
    int tasks = 0;
    for (final JsonNode event : json.get("traceEvents")) {
      if (event.get("ph").asText().equals("X")) {
        final String unit = event.get("pid") + "/" + event.get("tid");
        final double start = event.get("ts").asDouble();
        assertTrue(start >= freeAt.getOrDefault(unit, 0.0) - 1e-6, event.toString());
        freeAt.put(unit, start + event.get("dur").asDouble());
        tasks += event.get("pid").asInt() == 1 ? 0 : 1;
      }
    }
    assertEquals(json.get("otherData").get("tasks").asInt(), tasks);
    assertTrue(tasks > 0);
  }

  @Test
  void shouldGiveTheSameBytesOnAnyNumberOfThreads() throws IOException {
    final String line = "compare h100-sxm tpu-v5e --model stories15m -q" + trace();
    assertEquals(0, exit(line + " --threads 1 --out " + folder.resolve("a")));
    assertEquals(0, exit(line + " --threads 2 --out " + folder.resolve("b")));

    for (final String file : files(folder.resolve("a"))) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a").resolve(file)),
          Files.readAllBytes(folder.resolve("b").resolve(file)),
          file);
    }
    assertEquals(files(folder.resolve("a")), files(folder.resolve("b")));
  }

  @Test
  void shouldReplayItsOwnExportedTrace() throws IOException {
    final Path trace = folder.resolve("export.jsonl");
    final Cli.Outcome export =
        Cli.run("trace", "convert", folder.resolve("trace.csv").toString(), "-q");
    assertEquals(0, export.exit(), export.err());
    Files.writeString(trace, export.out());

    assertEquals(0, exit(RUN + trace() + " -q --out " + folder.resolve("run")));
    assertEquals(0, exit(RUN + " --trace " + trace + " -q --out " + folder.resolve("replay")));

    for (final String file : List.of("requests.csv", "operators.csv", "timeline.json")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("run").resolve(file)),
          Files.readAllBytes(folder.resolve("replay").resolve(file)),
          file);
    }
    assertEquals(withoutTrace("run"), withoutTrace("replay"));
  }

  @Test
  void shouldFailTheCheckWhereObjectivesMustBeMetAndAreNot() {
    final String work = " --model stories15m --require-slo -q" + trace();
    for (final String command : List.of("run --system h100-sxm", "compare h100-sxm")) {
      assertEquals(1, exit(command + work + " --slo ttft=1ns"));
      assertEquals(0, exit(command + work + " --slo ttft=1h"));
    }
  }

  @Test
  void shouldRunAScenarioAsItsOptions() throws IOException {
    final Path scenario = folder.resolve("s.yaml");
    Files.writeString(
        scenario,
        "name: s\ndescription: d\nsystem: h100-sxm\nmodel: stories15m\nmax_requests: 9\n"
            + "slo: {ttft: 2 ms}\nseed: 1\ntrace: "
            + folder.resolve("trace.csv"));
    final ObjectNode byFile = (ObjectNode) json("run " + scenario + " --json");
    final ObjectNode byOptions =
        (ObjectNode) json(RUN + trace() + " --max-requests 9 --slo ttft=2ms --json");
    byFile.remove("wall_s");
    byOptions.remove("wall_s");

    assertEquals(byOptions, byFile);
    final JsonNode over = json("run " + scenario + " --max-requests 3 --json");
    assertEquals(3, over.get("requests").asInt());
  }

  @Test
  void shouldHaveTheKeysThatScriptsRelyOn() throws IOException {
    final JsonNode run = json(RUN + trace() + " --json");
    for (final String key :
        ("requests completed rejected unfinished duration_s output_tokens_per_s ttft_ms tpot_ms"
                + " itl_ms e2e_ms goodput_rps power_w tokens_per_joule tokens_per_s_per_watt"
                + " usd_per_hour tokens_per_usd usd_per_million_tokens estimate_share wall_s")
            .split(" ")) {
      assertTrue(run.has(key), key);
    }
    for (final String key : List.of("mean", "p50", "p90", "p99")) {
      assertTrue(run.get("ttft_ms").get(key).isNumber(), key);
    }
    for (final String key : List.of("chip", "board", "system", "facility")) {
      assertTrue(run.get("power_w").get(key).isNumber(), key);
    }
    final JsonNode step = json("step " + STEP);
    assertTrue(step.get("latency_us").isNumber());
    for (final JsonNode operator : step.get("operators")) {
      for (final String key :
          "name count latency_us bound_us limiter energy_uj mapping".split(" ")) {
        assertTrue(operator.has(key), key);
      }
    }
    final JsonNode op = json("op gemm --system h100-sxm --m 64 --n 64 --k 64 --json");
    for (final String key :
        "latency_us cycles bound_us limiter energy_uj power_w mapping".split(" ")) {
      assertTrue(op.has(key), key);
    }
    assertFalse(run.get("violations").iterator().hasNext(), run.get("violations").toString());
  }

  private ObjectNode withoutTrace(final String run) throws IOException {
    final ObjectNode json =
        (ObjectNode) MAPPER.readTree(folder.resolve(run).resolve("result.json").toFile());
    json.remove("trace");
    final List<JsonNode> inputs = new ArrayList<>();
    json.get("inputs").forEach(inputs::add);
    inputs.remove(inputs.size() - 1); // the trace
    json.putArray("inputs").addAll(inputs);
    return json;
  }

  private static List<String> files(final Path of) throws IOException {
    try (Stream<Path> all = Files.walk(of)) {
      return all.filter(Files::isRegularFile)
          .map(f -> of.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  private static double sum(final JsonNode parts) {
    double sum = 0;
    for (final JsonNode part : parts) {
      sum += part.asDouble();
    }
    return sum;
  }

  private static int exit(final String line) {
    return Cli.run(line.split(" ")).exit();
  }

  private static JsonNode json(final String line) throws IOException {
    final Cli.Outcome outcome = Cli.run(line.split(" "));
    assertEquals(0, outcome.exit(), outcome.err());
    return MAPPER.readTree(outcome.out());
  }

  @Test
  void shouldDrawTheSameOnAnyNumberOfThreads() throws IOException {
    final String line =
        "compare h100-sxm b200-sxm --model stories15m" + trace() + " --draws 40 --json --threads ";
    final ObjectNode one = (ObjectNode) json(line + 1);
    final ObjectNode two = (ObjectNode) json(line + 2);
    one.remove("wall_s");
    two.remove("wall_s");
    assertEquals(one, two);
    final JsonNode system = one.get("systems").get(0);
    final JsonNode interval = system.get("intervals").get("tokens_per_joule");
    assertTrue(interval.get("p5").asDouble() < interval.get("p50").asDouble());
    assertTrue(interval.get("p50").asDouble() < interval.get("p95").asDouble());
    assertTrue(system.get("tornado").get(0).get("bars").size() > 3);
    for (final JsonNode ranking : one.get("ranking_probability")) {
      double first = 0;
      for (final JsonNode of : ranking.get("systems")) {
        first += of.get("ranks").get(0).asDouble();
      }
      assertEquals(1, first, 1e-9);
    }
  }
}
