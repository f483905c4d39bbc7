package org.inferchip.report.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimReaderTest {
  private static final String HEAD =
      """
      name: mine
      statement: A beats B
      origin: me
      pairs: [{name: p, subject: {system: h100-sxm}, against: {system: a30}}]
      """;

  private static final ClaimReader READER = new ClaimReader(Descriptions.here());

  @TempDir Path folder;

  static List<String> shipped() {
    return READER.names();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void shouldReadEveryShippedClaim(final String name) {
    final Claim claim = READER.read(name).value();
    assertEquals(name, claim.name());
    assertFalse(claim.caveats().isEmpty(), "a claim says what it leaves open");
  }

  @Test
  void shouldShipTheClaimsOfTheField() {
    assertEquals(
        List.of(
            "analog-power",
            "asic-over-gpu",
            "chiplets-at-part-load",
            "fixed-attention",
            "low-precision",
            "scale-up-or-out",
            "weights-on-chip"),
        shipped());
  }

  @Test
  void shouldNameEverythingThatIsWrongAtOnce() throws IOException {
    final Path file = folder.resolve("mine.yaml");
    Files.writeString(
        file,
        HEAD
            + """
            work:
              - {name: w, model: llama-3.1-8b, users: 1, rate: 2, prompt: 8, output: 8}
              - {name: v, model: llama-3.1-8b, prompt: 8, output: 8}
            measures:
              - {figure: tokens_per_joule}
            questions:
              - {pair: q, work: u, figure: f, level: 1, vary: user, from: 2 W, to: 1 W}
            caveats: []
            """);

    final InvalidInputException thrown =
        assertThrows(InvalidInputException.class, () -> READER.read(file.toString()));

    assertEquals(
        List.of(
            "work[0] needs either users or a rate: both",
            "work[1] needs either users or a rate: neither",
            "measures[0] needs either at_least or at_most: neither",
            "questions[0] names what is not in this claim: pair q",
            "questions[0] names what is not in this claim: work u",
            "questions[0] has no range: 2 W to 1 W",
            "questions[0] varies what cannot be varied: user"),
        thrown.problems().stream()
            .map(one -> one.keyPath() + " " + one.message() + ": " + one.found())
            .toList());
    assertEquals(
        List.of(6, 7, 9, 11, 11, 11, 11), thrown.problems().stream().map(Problem::line).toList());
  }
}
