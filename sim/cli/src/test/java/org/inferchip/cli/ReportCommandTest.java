package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Drawing results again from their files: the same bytes, side by side, and strict errors. */
class ReportCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path results;
  @TempDir private Path folder;

  @BeforeAll
  static void simulate() throws IOException {
    final StringBuilder trace = new StringBuilder("timestamp,input_length,output_length\n");
    for (int i = 0; i < 9; i++) {
      trace.append(7 * i % 41).append(',').append(5 + 13 * i).append(',').append(3 + i % 5);
      trace.append('\n');
    }
    final Path file = Files.writeString(results.resolve("trace.csv"), trace);
    final String work = " --model stories15m -q --trace " + file + " --out " + results;
    assertEquals(0, exit("compare h100-sxm tpu-v5e" + work + "/both"));
    assertEquals(
        0, exit("run --system h100-sxm --max-requests 5 --load 2,0.5 --draws 50" + work + "/one"));
  }

  @Test
  void shouldDrawTheSameBytesElsewhere() throws IOException {
    for (final String name : List.of("both", "one")) {
      final Path out = folder.resolve(name);
      assertEquals(0, exit("report " + results.resolve(name) + " -q --out " + out));
      assertEquals(hashes(results.resolve(name)), hashes(out));
    }
  }

  @Test
  void shouldFillABuildingOrABudget() throws IOException {
    final JsonNode h100 =
        MAPPER.readTree(results.resolve("both/result.json").toFile()).get("systems").get(0);
    final double watts = h100.get("facility_w_at_limit").asDouble();
    final double rate = h100.get("output_tokens_per_s").asDouble();
    assertEquals(
        rate / watts * 1e6, h100.at("/tokens_per_s_per_megawatt/output").asDouble(), 1e-6 * rate);
    final Cli.Outcome outcome =
        Cli.run("capacity", results + "/both", "--megawatts", "2", "--budget", "$1M", "--json");
    final JsonNode fleet = MAPPER.readTree(outcome.out()).get("systems").get(0);
    // A million dollars buy so many; two megawatts would feed more.
    final long bought = (long) Math.floor(1e6 / h100.at("/purchase_usd/total").asDouble());
    assertEquals(bought, fleet.get("replicas").asLong());
    assertEquals("budget", fleet.get("limit").asText());
    assertEquals(bought * rate, fleet.get("output_tokens_per_s").asDouble(), 1e-6 * bought * rate);
    final double rack = Math.floor(40_000 / h100.get("power_at_tdp_w").asDouble());
    assertEquals(
        rack * rate, fleet.get("output_tokens_per_s_per_rack").asDouble(), 1e-6 * rack * rate);
    final Cli.Outcome nothing = Cli.run("capacity", results + "/both");
    assertEquals(2, nothing.exit());
    for (final String bad : List.of("5", "-$5", "$0")) {
      assertEquals(2, Cli.run("capacity", results + "/both", "--budget=" + bad).exit(), bad);
    }
    assertTrue(nothing.err().contains("nothing limits how much is bought"), nothing.err());
  }

  @Test
  void shouldCiteTheSourcesOfItsInputsAndTheSeed() throws IOException {
    final String page = Files.readString(results.resolve("both/index.html"));
    assertTrue(page.contains("; seed 1; the same command"));
    assertTrue(page.contains("NVIDIA H100 architecture paper"), "sources of the inputs");
  }

  /** Shares of time, joules and dollars of each system, which add up to all. */
  @Test
  void shouldSayWhyEachSystemIsWhereItIs() throws IOException {
    final String page = Files.readString(results.resolve("both/index.html"));
    final String reasons = page.split("Why each is where it is</h2>")[1].split("</dl>")[0];
    for (final String system : List.of("h100-sxm", "tpu-v5e")) {
      final String text = reasons.split("<dt>" + system)[1].split("<dt>")[0];
      for (final String sentence : List.of("in work: ", "joules: ", "dollars: ")) {
        final String shares = text.split(sentence)[1].split("%[.]")[0] + "%";
        double sum = 0;
        final Matcher share = Pattern.compile("([0-9.]+) %").matcher(shares);
        while (share.find()) {
          sum += Double.parseDouble(share.group(1));
        }
        assertEquals(100, sum, 0.5, sentence + shares);
      }
    }
  }

  @Test
  void shouldDrawInPlaceWhatIsMissingAndKeepTheRest() throws IOException {
    final Path copy = copy("one");
    final Map<String, String> before = hashes(copy);
    Files.delete(copy.resolve("index.html"));
    Files.delete(copy.resolve("operators.csv"));
    Files.writeString(copy.resolve("charts/time.svg"), "gone");
    Files.writeString(copy.resolve("notes.md"), "mine");

    final Cli.Outcome outcome = Cli.run("report", copy.toString(), "-q", "--json");

    assertEquals(0, outcome.exit(), outcome.err());
    final Map<String, String> after = hashes(copy);
    assertTrue(after.containsKey("timeline.json"));
    assertTrue(after.remove("notes.md") != null);
    assertEquals(before, after);
    final List<String> files = new ArrayList<>();
    MAPPER.readTree(outcome.out()).get("files").forEach(file -> files.add(file.asText()));
    assertTrue(files.containsAll(List.of("index.html", "charts/time.svg", "charts/time.csv")));
    assertTrue(before.keySet().containsAll(files), files.toString());
  }

  @Test
  void shouldPutResultsSideBySide() throws IOException {
    final Path out = folder.resolve("all");
    final Cli.Outcome outcome =
        Cli.run(
            "report",
            results.resolve("both").toString(),
            results.resolve("one").toString(),
            "--out",
            out.toString());

    assertEquals(0, outcome.exit(), outcome.err());
    final JsonNode json = MAPPER.readTree(out.resolve("result.json").toFile());
    final List<String> names = new ArrayList<>();
    json.get("systems").forEach(system -> names.add(system.get("name").asText()));
    assertEquals(List.of("h100-sxm both", "tpu-v5e", "h100-sxm one"), names);
    assertEquals(
        Files.readString(results.resolve("one/requests.csv")),
        Files.readString(out.resolve("h100-sxm one/requests.csv")));
    assertEquals(3, json.get("ranking").get("tokens_per_usd").size());
    final Path again = folder.resolve("again");
    assertEquals(0, exit("report " + out + " -q --out " + again));
    assertEquals(hashes(out), hashes(again));
  }

  @Test
  void shouldWriteTablesForPapers() throws IOException {
    final Path out = folder.resolve("paper");
    assertEquals(
        0, exit("report " + results.resolve("both") + " --format md,latex -q --out " + out));

    final String latex = Files.readString(out.resolve("tables/operators-h100-sxm.tex"));
    assertTrue(latex.contains("\\toprule") && latex.contains("attention\\_decode & "), latex);
    final List<String> markdown = Files.readAllLines(out.resolve("tables/comparison.md"));
    assertEquals("|  | h100-sxm | tpu-v5e |", markdown.get(2));
    assertEquals("| --- | ---: | ---: |", markdown.get(3));
    final JsonNode json = MAPPER.readTree(out.resolve("result.json").toFile());
    final String first =
        markdown.stream()
            .filter(row -> row.startsWith("| owned [$/h] |"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        json.get("systems").get(0).get("usd_per_hour").asDouble(),
        Double.parseDouble(first.split("[|]")[2].strip()),
        0.01);
  }

  /** Requests at twice and at half the rate, in the order of the load. */
  @Test
  void shouldServeTheTraceAtOtherLoads() throws IOException {
    final JsonNode json = MAPPER.readTree(results.resolve("one/result.json").toFile());
    final JsonNode loads = json.get("loads");
    assertEquals(
        List.of(0.5, 2.0), loads.findValues("factor").stream().map(JsonNode::asDouble).toList());
    assertEquals(
        4,
        loads.get(1).get("offered_rps").asDouble() / loads.get(0).get("offered_rps").asDouble(),
        1e-6);
    loads.forEach(point -> assertEquals(5, point.get("completed").asInt()));
    for (final String chart : List.of("load-ttft", "load-tpot", "load-throughput", "load-energy")) {
      assertTrue(Files.exists(results.resolve("one/charts/" + chart + ".svg")), chart);
    }
    final Cli.Outcome twice =
        Cli.run("run --system h100-sxm --model stories15m --trace x --load 2,2,-1".split(" "));
    assertEquals(2, twice.exit());
    assertTrue(twice.err().contains("--load: a load stands twice"), twice.err());
    assertTrue(twice.err().contains("--load: is out of range"), twice.err());
  }

  @Test
  void shouldWantAnotherFolderForSeveralResults() {
    final Cli.Outcome outcome =
        Cli.run("report", results.resolve("both").toString(), results.resolve("one").toString());

    assertEquals(2, outcome.exit());
    assertTrue(outcome.err().contains("--out: several results"), outcome.err());
  }

  /** What is done to a result's file, and what must be said. */
  static Stream<Arguments> damages() {
    return Stream.of(
        arguments("result.json", null, null, "result.json: no such file"),
        arguments("requests.csv", null, null, "requests.csv: no such file"),
        arguments("steps.csv", null, null, "steps.csv: no such file"),
        arguments("command.txt", null, null, "command.txt: no such file"),
        arguments("result.json", "\\}\\s*$", "", "is not valid JSON"),
        arguments("result.json", "\\{[\\s\\S]*", "[1]", "is not a JSON object"),
        arguments("result.json", "inferchip-result/1", "inferchip-result/9", "schema: is not a"),
        arguments("result.json", "\"schema\".*", "", "schema: is not a result of run or compare"),
        arguments("result.json", "\"duration_s\" : [^,]*", "\"x\" : 1", "duration_s: is missing"),
        arguments("result.json", "\"duration_s\" : [^,]*", "\"duration_s\" : \"1\"", "wrong kind"),
        arguments("result.json", "\"completed\" : 5", "\"completed\" : 4", "does not belong"),
        arguments("result.json", "\"macs\" : [^,]*", "\"macs\" : -1", "operators.0.macs: is of"),
        arguments("requests.csv", "request_id", "id", "requests.csv:1: is no such table"),
        arguments("requests.csv", "completed", "complete", "requests.csv:2: the row is damaged"),
        arguments("requests.csv", "\n[^\n]*\n$", "\n", "requests 4; expected 5"),
        arguments("requests.csv", "\\.[0-9]{6}", ".5", "arrival_us: microseconds with six"),
        arguments("steps.csv", "\n([0-9]+)", "\n-$1", "steps.csv:2: the row is damaged"));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void shouldRefuseDamagedResults(
      final String file, final String pattern, final String put, final String words)
      throws IOException {
    final Path copy = copy("one");
    final Path path = copy.resolve(file);
    if (pattern == null) {
      Files.delete(path);
    } else {
      final String text = Files.readString(path);
      final String damaged = text.replaceFirst(pattern, put);
      assertFalse(text.equals(damaged));
      Files.writeString(path, damaged);
    }
    final Map<String, String> before = hashes(folder);

    final Cli.Outcome outcome = Cli.run("report", copy.toString());

    assertEquals(2, outcome.exit(), outcome.err());
    assertTrue(outcome.err().contains(words), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
    assertEquals(before, hashes(folder));
  }

  @Test
  void shouldRefuseWhatIsNoResultFolder() throws IOException {
    final Path step = folder.resolve("step");
    assertEquals(
        0,
        exit("step --system h100-sxm --model stories15m --decode 1 --context 8 -q --out " + step));
    for (final Path path :
        List.of(folder.resolve("none"), results.resolve("trace.csv"), folder, step)) {
      final Cli.Outcome outcome = Cli.run("report", path.toString());
      assertEquals(2, outcome.exit(), outcome.err());
      assertTrue(outcome.err().contains(path.toString()), outcome.err());
    }
    assertFalse(Files.exists(folder.resolve("none")));
  }

  private Path copy(final String name) throws IOException {
    final Path target = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(results.resolve(name))) {
      for (final Path file : files.toList()) {
        Files.copy(file, target.resolve(results.resolve(name).relativize(file).toString()));
      }
    }
    return target;
  }

  /** Every file below a folder with its bytes. */
  private static Map<String, String> hashes(final Path of) throws IOException {
    final Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(of)) {
      for (final Path file : files.filter(Files::isRegularFile).toList()) {
        final byte[] bytes = Files.readAllBytes(file);
        final boolean text = !file.toString().endsWith(".png");
        all.put(
            of.relativize(file).toString(),
            text ? new String(bytes, StandardCharsets.UTF_8) : HexFormat.of().formatHex(bytes));
      }
    }
    return all;
  }

  private static int exit(final String line) {
    final Cli.Outcome outcome = Cli.run(line.split(" "));
    return outcome.exit();
  }
}
