package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SystolicCommandTest {
  private static final String GOOD = "--rows 32 --cols 32 --dataflow ws --m 1 --n 256 --k 256";

  @Test
  void shouldPrintTheClosedFormAndScaleSimsCount() throws Exception {
    // 64 folds of 2R + C + T - 2 = 95 cycles; SCALE-Sim prints one less (golden row dec_proj_256).
    final JsonNode own = new ObjectMapper().readTree(systolic(GOOD + " --json").out());
    assertEquals(6080, own.get("cycles").asLong());
    assertEquals(64, own.get("folds").asLong());
    assertEquals(2048 + 65536, own.get("reads").asLong());
    assertEquals(2048, own.get("writes").asLong());
    assertEquals(65536.0 / (6080 * 1024), own.get("utilisation").asDouble(), 1e-12);
    final JsonNode other =
        new ObjectMapper().readTree(systolic(GOOD + " --json --compat scalesim").out());
    assertEquals(6079, other.get("cycles").asLong());
  }

  @Test
  void shouldPrintATable() {
    final Cli.Outcome outcome = systolic(GOOD);
    assertEquals(0, outcome.exit());
    assertTrue(outcome.out().contains("6080"), outcome.out());
  }

  private static Cli.Outcome systolic(final String options) {
    return Cli.run(("systolic " + options).split(" "));
  }
}
