package org.inferchip.arch.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.explore.Scenario;
import org.inferchip.explore.sweep.Sweep;
import org.inferchip.explore.uncertainty.RangeTable;
import org.inferchip.model.Models;
import org.inferchip.report.claims.Claim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaWriterTest {
  private static final Catalog PACKED = new Catalog(Path.of("target", "no-such-folder"));

  static Stream<Kind<?>> kinds() {
    return Stream.of(
        Kind.CHIP,
        Kind.STACK,
        Kind.SYSTEM,
        Kind.OVERLAY,
        Models.KIND,
        Scenario.KIND,
        Sweep.KIND,
        RangeTable.KIND,
        Claim.KIND);
  }

  private static JsonSchema validator(final Kind<?> kind) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(SchemaWriter.of(kind));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldBePublishedAsGenerated(final Kind<?> kind) throws IOException {
    final Path file = Path.of("..", "docs", "schema", kind.name() + ".schema.json");
    assertEquals(
        SchemaWriter.text(kind),
        Files.readString(file),
        "run: sim/bin/inferchip arch schema "
            + kind.name()
            + " > sim/docs/schema/"
            + file.getFileName());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldAcceptEveryShippedFile(final Kind<?> kind) throws IOException {
    final JsonSchema validator = validator(kind);
    for (final String name : PACKED.names(kind.folder(), Catalog.YAML)) {
      try (InputStream in = PACKED.find(name, kind.name(), kind.folder(), Catalog.YAML).open()) {
        assertEquals(Set.of(), validator.validate(new YAMLMapper().readTree(in)), name);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{extends: h100-sxm, clock: 1.8 GHz}             | true",
        "{extends: h100-sxm, clock: 1.8}                 | false",
        "{extends: h100-sxm, clock: 1.8 GB}              | false",
        "{extends: h100-sxm, clok: 1.8 GHz}              | false",
        "{extends: h100-sxm, memory: {stacks: 0}}        | false",
        "{extends: h100-sxm, memory: {stacks: 4}}        | true",
        "{extends: h100-sxm, memory: null}               | true",
        "{extends: h100-sxm, memory: {efficiency: 1.5}}  | false",
        "{extends: h100-sxm, peak: {bf17: 1 TOP/s}}      | false",
        "{extends: h100-sxm, cost: {price: $1000}}       | true",
        "{extends: h100-sxm, cost: {price: 1000}}        | false",
        "{clock: 1.8 GHz}                                | false",
      })
  void shouldTellRightFromWrong(final String yaml, final boolean right) throws IOException {
    final JsonNode node = new YAMLMapper().readTree(yaml);
    assertEquals(right, validator(Kind.CHIP).validate(node).isEmpty(), yaml);
  }

  @Test
  void shouldLetASystemNameItsChip() throws IOException {
    final JsonNode node =
        new ObjectMapper().readTree("{\"extends\": \"dgx-h100\", \"chip\": \"h200-sxm\"}");
    assertEquals(Set.of(), validator(Kind.SYSTEM).validate(node));
    assertFalse(
        validator(Kind.SYSTEM)
            .validate(new ObjectMapper().readTree("{\"extends\": \"a\", \"chip\": 3}"))
            .isEmpty());
  }
}
