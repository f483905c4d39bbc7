package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimsCommandTest {
  private static final String CLAIM =
      """
      name: dear
      statement: Twice the price costs twice the capital
      origin: arithmetic
      pairs:
        - name: prices
          subject: {system: h100-sxm, set: {chip.cost.price: $56000}}
          against: {system: h100-sxm}
      work:
        - {name: short, model: smollm2-135m, users: 1, prompt: 8, output: 4}
      measures:
        - {figure: tpot_ms/p50, at_most: 1}
        - {figure: usd_per_hour_parts/capital, at_least: 2}
      questions:
        - {pair: prices, work: short, figure: tokens_per_joule, level: 2, vary: prompt,
           from: "8", to: "16"}
      caveats: [A host costs the same beside both]
      """;

  @TempDir Path folder;

  @Test
  void shouldJudgeAClaimAndWriteItsPage() throws IOException {
    final Path file = Files.writeString(folder.resolve("dear.yaml"), CLAIM);
    final Path out = folder.resolve("out");

    final Cli.Outcome outcome =
        Cli.run(
            "claims",
            file.toString(),
            "--json",
            "--draws",
            "20",
            "--format",
            "md,latex",
            "--out",
            out.toString());

    assertEquals(ExitCode.DONE, outcome.exit(), outcome.err());
    final JsonNode claim = new ObjectMapper().readTree(outcome.out()).get("claims").get(0);
    assertEquals("depends", claim.get("verdict").asText());
    assertEquals(1, claim.get("holding").asInt());
    // The host's share of the capital does not double with the chip's price.
    final double ratio = claim.get("findings").get(1).get("value").asDouble();
    assertTrue(ratio > 1 && ratio < 2, "" + ratio);
    assertEquals(1, claim.at("/findings/0/in_draws/holding").asDouble()); // one chip, one draw
    assertTrue(claim.at("/findings/1/in_draws").isMissingNode()); // capital alone is not drawn
    assertEquals(1, claim.at("/verdict_in_draws/depends").asDouble());
    assertEquals(1, claim.at("/answers/0/in_draws/never").asDouble());
    assertEquals(0, claim.get("answers").get(0).get("crossings").size());
    assertTrue(Files.readString(out.resolve("tables/claims.md")).contains("100.0 %"));
    assertTrue(Files.exists(out.resolve("tables/claim-dear.tex")));
    final String page = Files.readString(out.resolve("index.html"));
    assertTrue(page.contains("Twice the price costs twice the capital"));
    assertTrue(page.contains("never reaches 2.00"));
    assertTrue(page.contains("inferchip claims"));
    assertTrue(Files.exists(out.resolve("charts/dear-1.csv")));
    assertTrue(Files.exists(out.resolve("result.json")));
  }

  @Test
  void shouldNameAClaimThatIsNotThere() {
    final Cli.Outcome outcome = Cli.run("claims", "analog-powr");

    assertEquals(ExitCode.BAD_INPUT, outcome.exit());
    assertTrue(outcome.err().contains("did you mean analog-power?"), outcome.err());
  }
}
