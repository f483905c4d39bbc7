package org.inferchip.arch.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Source;
import org.inferchip.arch.Spread;
import org.inferchip.numerics.Format;
import org.inferchip.units.Dimension;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Measure;
import org.inferchip.units.Problem;
import org.inferchip.units.Range;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads small descriptions of a record made for the purpose. */
class BindingTest {
  record Thing(
      String name,
      @Range(min = 1) int count,
      @Measure(Dimension.BYTES) double capacity,
      @Range(min = 0, max = 1) double share,
      Optional<Inner> inner,
      List<Inner> list,
      @Measure(Dimension.OPERATIONS_PER_SECOND) Map<Format, Double> peak,
      Colour colour,
      boolean on,
      Shape shape,
      Map<String, Source> sources) {}

  record Inner(@Measure(Dimension.SECONDS) double latencyTime, Optional<Integer> ways) {}

  @JsonSubTypes({
    @JsonSubTypes.Type(value = Round.class, name = "round"),
    @JsonSubTypes.Type(value = Square.class, name = "square")
  })
  sealed interface Shape {}

  record Round(int radius) implements Shape {}

  record Square(int side) implements Shape {}

  enum Colour {
    DARK_RED,
    BLUE
  }

  private static final String GOOD =
      """
      name: one
      count: 3
      capacity: 2 KiB
      share: 0.5
      list: [{latency_time: 1 us}, {latency_time: 2 us, ways: 4}]
      peak: {fp8_e4m3: 2 TOP/s}
      colour: dark-red
      on: true
      shape: {kind: square, side: 2}
      sources:
        sheet: {what: A sheet, mark: checked, covers: [capacity, list]}
      """;

  @TempDir Path folder;
  private Kind<Thing> kind;

  @BeforeEach
  void makeKind() {
    kind = new Kind<>("thing", "things", Thing.class, List.of());
  }

  private Path write(final String file, final String text) throws IOException {
    final Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text, StandardCharsets.UTF_8);
  }

  private Described<Thing> read(final String nameOrPath, final String... overrides) {
    return new Descriptions(new Catalog(folder))
        .read(kind, nameOrPath, Overrides.parse(List.of(overrides)));
  }

  private List<Problem> problems(final String nameOrPath, final String... overrides) {
    return assertThrows(InvalidInputException.class, () -> read(nameOrPath, overrides)).problems();
  }

  private Problem only(final String nameOrPath, final String... overrides) {
    final List<Problem> all = problems(nameOrPath, overrides);
    assertEquals(1, all.size(), all.toString());
    return all.get(0);
  }

  @Test
  void shouldBindEveryKindOfComponent() throws IOException {
    write("things/one.yaml", GOOD);
    final Thing thing = read("one").value();
    assertEquals(3, thing.count());
    assertEquals(2048, thing.capacity());
    assertEquals(Optional.empty(), thing.inner());
    assertEquals(2e-6, thing.list().get(1).latencyTime());
    assertEquals(Optional.of(4), thing.list().get(1).ways());
    assertEquals(Map.of(Format.FP8_E4M3, 2e12), thing.peak());
    assertEquals(Colour.DARK_RED, thing.colour());
    assertTrue(thing.on());
    assertEquals(new Square(2), thing.shape());
    assertEquals(Source.Mark.CHECKED, thing.sources().get("sheet").mark());
  }

  @Test
  void shouldReportEveryProblemOfAFileAtOnceWithItsPlace() throws IOException {
    write(
        "things/bad.yaml",
        """
        name: 3
        count: 0
        capacity: 2 GHz
        share: 1.5
        list: {}
        peak: {fp9: 2 TOP/s}
        colour: dark-rde
        on: yes
        shape: {kind: squar, side: 2}
        cuont: 1
        """);
    final List<Problem> all = problems("bad");
    assertEquals(
        List.of(
            "cuont",
            "name",
            "count",
            "capacity",
            "share",
            "list",
            "peak.fp9",
            "colour",
            "on",
            "shape.kind",
            "sources"),
        all.stream().map(Problem::keyPath).toList());
    final Problem unknown = all.get(0);
    assertEquals(10, unknown.line());
    assertEquals(1, unknown.column());
    assertEquals("count", unknown.nearest());
    assertEquals("dark-red", all.get(7).nearest());
    assertEquals("2 GHz", all.get(3).found());
    assertTrue(all.get(3).expected().contains("80 GiB"));
    assertEquals(3, all.get(3).line());
    assertEquals(11, all.get(3).column());
    assertTrue(all.get(3).file().endsWith("bad.yaml"));
  }

  @Test
  void shouldRefuseRepeatedKeysWithBothLines() throws IOException {
    write("things/one.yaml", GOOD + "count: 4\n");
    final Problem problem = only("one");
    assertEquals("count", problem.keyPath());
    assertEquals(12, problem.line());
    assertTrue(problem.expected().contains("line 2"));
  }

  @Test
  void shouldRefuseWhatIsNotYaml() throws IOException {
    write("things/one.yaml", "name: [1, 2\ncount: 3\n");
    assertTrue(only("one").message().startsWith("is not valid YAML"));
    assertTrue(only("one").line() > 0);
  }

  @Test
  void shouldRefuseOtherEncodingsEmptyFilesAndFolders() throws IOException {
    Files.createDirectories(folder.resolve("things/folder.yaml"));
    Files.write(folder.resolve("things/latin.yaml"), new byte[] {'a', '\n', (byte) 0xe9, '\n'});
    write("things/empty.yaml", "# nothing\n");
    write("things/scalar.yaml", "just a text\n");
    write("things/two.yaml", GOOD + "---\n" + GOOD);
    assertEquals("is a folder", only("folder").message());
    assertEquals("is not UTF-8 text", only("latin").message());
    assertEquals(2, only("latin").line());
    assertEquals("is empty", only("empty").message());
    assertEquals("is not a map", only("scalar").message());
    assertEquals("holds a second document", only("two").message());
  }

  @Test
  void shouldNameTheNearestFileForAnUnknownName() throws IOException {
    write("things/great-one.yaml", GOOD);
    assertEquals("great-one", only("graet-one").nearest());
    assertEquals("great-one", only("nowhere/great-noe.yaml").nearest());
  }

  @Test
  void shouldLayOverridesOverPartsAndVariantsOverBases() throws IOException {
    write("arch-configs/parts/inner.yaml", "latency_time: 5 us\nways: 2\n");
    write("things/one.yaml", GOOD + "inner: {use: parts/inner.yaml, ways: 8}\n");
    write("things/two.yaml", "extends: one\nname: two\nlist: []\npeak: {bf16: 1 TOP/s}\n");
    final Thing two = read("two").value();
    assertEquals(new Inner(5e-6, Optional.of(8)), two.inner().orElseThrow());
    assertEquals("two", two.name());
    assertEquals(List.of(), two.list());
    assertEquals(Map.of(Format.FP8_E4M3, 2e12, Format.BF16, 1e12), two.peak());
    write("things/three.yaml", "extends: two\ninner: null\n");
    assertEquals(Optional.empty(), read("three").value().inner());
  }

  @Test
  void shouldReportProblemsInsidePartsAndMissingParts() throws IOException {
    write("arch-configs/parts/inner.yaml", "latency_tmie: 5 us\n");
    write("things/one.yaml", GOOD + "inner: {use: parts/inner.yaml}\n");
    final List<Problem> all = problems("one");
    assertTrue(all.get(0).file().endsWith("inner.yaml"), all.toString());
    assertEquals("inner.latency_tmie", all.get(0).keyPath());
    assertEquals("latency_time", all.get(0).nearest());
    write("things/two.yaml", GOOD + "inner: {use: parts/iner.yaml}\n");
    final Problem missing = only("two");
    assertEquals("inner.use", missing.keyPath());
    assertEquals("parts/inner.yaml", missing.nearest());
  }

  @Test
  void shouldRefuseCycles() throws IOException {
    write("things/a.yaml", "extends: b\n");
    write("things/b.yaml", "extends: a\n");
    final Problem problem = only("a");
    assertEquals("uses itself", problem.message());
    assertTrue(problem.found().contains("b.yaml -> "), problem.found());
  }

  @Test
  void shouldSetKeyPathsFromTheCommandLine() throws IOException {
    write("things/one.yaml", GOOD);
    final Thing thing =
        read("one", "list[1].latency_time=9 ms", "count=7", "inner={latency_time: 1 s}").value();
    assertEquals(9e-3, thing.list().get(1).latencyTime());
    assertEquals(Optional.of(4), thing.list().get(1).ways());
    assertEquals(7, thing.count());
    assertEquals(1, thing.inner().orElseThrow().latencyTime());
    assertEquals("command line", only("one", "capacity=4").file());
    assertEquals("capacity", only("one", "capacity=4").keyPath());
    assertEquals("there is no such item", only("one", "list[2].ways=1").message());
    assertEquals("count", only("one", "cuont=1").nearest());
    assertTrue(only("one", "count").message().contains("key.path=value"));
  }

  @Test
  void shouldSayWhichSourceEachNumberHas() throws IOException {
    write(
        "arch-configs/parts/inner.yaml",
        """
        latency_time: 5 us
        ways: 2
        sources:
          part: {what: A part, mark: recalled, covers: [all]}
        """);
    write("things/one.yaml", GOOD + "inner: {use: parts/inner.yaml, ways: 8}\n");
    final SourceIndex index = read("one", "list[0].latency_time=3 us").sources();
    assertEquals(Optional.of(Source.Mark.CHECKED), index.markOf("capacity"));
    assertEquals(Optional.of(Source.Mark.RECALLED), index.markOf("inner.latency_time"));
    assertEquals(Optional.of(Source.Mark.ESTIMATE), index.markOf("inner.ways"));
    assertEquals(Optional.of(Source.Mark.ESTIMATE), index.markOf("list[0].latency_time"));
    assertEquals(Optional.of(Source.Mark.CHECKED), index.markOf("list[1].latency_time"));
    assertEquals(Optional.empty(), index.markOf("name"));
    assertTrue(index.uncovered().contains("inner.ways"));
    assertFalse(index.uncovered().contains("inner.latency_time"));
  }

  @Test
  void shouldCoverInheritedNumbersByTheBaseOnly() throws IOException {
    write("things/one.yaml", GOOD);
    write("things/two.yaml", "extends: one\ncapacity: 4 KiB\n");
    final SourceIndex index = read("two").sources();
    assertEquals(Optional.of(Source.Mark.ESTIMATE), index.markOf("capacity"));
    assertEquals(Optional.of(Source.Mark.CHECKED), index.markOf("list[0].latency_time"));
  }

  @Test
  void shouldReadTheRangesThatSourcesState() throws IOException {
    write("things/one.yaml", ranged("range: 0.5x..3x"));
    final SourcedNumber number = read("one").sources().numbers().get("capacity");
    assertEquals("A sheet", number.what());
    assertEquals(
        Optional.of(new Spread.Ends(1024, 6144)), number.ends(number.stated().get().spread()));
    write("things/two.yaml", ranged("range: 1 KiB..2 KiB, distribution: triangular"));
    final SourcedNumber other = read("two").sources().numbers().get("capacity");
    assertEquals(Source.Distribution.TRIANGULAR, other.stated().get().distribution());
    assertEquals(
        Optional.of(new Spread.Ends(1024, 2048)), other.ends(other.stated().get().spread()));
    write("things/three.yaml", ranged("range: 500..1000 of count"));
    final SourcedNumber third = read("three").sources().numbers().get("capacity");
    assertEquals(
        Optional.of(new Spread.Ends(1500, 3000)), third.ends(third.stated().get().spread()));
  }

  @Test
  void shouldRefuseRangesThatCannotBe() throws IOException {
    write("things/wide.yaml", ranged("range: 2x..3x"));
    final Problem outside = only("wide");
    assertEquals("capacity", outside.keyPath());
    assertEquals(11, outside.line());
    assertTrue(outside.message().endsWith("does not hold the stated value"), outside.message());
    assertEquals("2x..3x", outside.found());
    write("things/unit.yaml", ranged("range: 1 GHz..2 GHz"));
    assertTrue(only("unit").message().contains("wrong dimension"), only("unit").message());
    write("things/other.yaml", ranged("range: 1..2 of power.tdp"));
    assertTrue(only("other").message().endsWith("names no number: power.tdp"));
    write("things/text.yaml", ranged("range: about half"));
    assertTrue(only("text").message().endsWith("is no range"));
    write("things/zero.yaml", ranged("range: 0x..3x"));
    assertTrue(only("zero").message().contains("reaches zero"));
    write("things/shape.yaml", ranged("distribution: uniform"));
    assertTrue(only("shape").message().contains("no range"), only("shape").message());
  }

  private static String ranged(final String more) {
    return GOOD.replace("covers: [capacity, list]}", "covers: [capacity], " + more + "}");
  }

  @Test
  void shouldPutOtherNumbersIntoARecord() throws IOException {
    write("things/one.yaml", GOOD);
    final Thing thing = read("one").value();
    final Thing other =
        Substitution.of(
            thing,
            Map.of(
                "capacity",
                5.0,
                "count",
                4.4,
                "list[1].ways",
                7.0,
                "peak.fp8_e4m3",
                3.0,
                "shape.side",
                9.0));
    assertEquals(5.0, other.capacity());
    assertEquals(4, other.count());
    assertEquals(Optional.of(7), other.list().get(1).ways());
    assertEquals(thing.list().get(0), other.list().get(0));
    assertEquals(Map.of(Format.FP8_E4M3, 3.0), other.peak());
    assertEquals(new Square(9), other.shape());
    assertEquals(thing, Substitution.of(thing, Map.of()));
    assertThrows(
        IllegalArgumentException.class, () -> Substitution.of(thing, Map.of("inner.ways", 1.0)));
  }
}
