package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "--rows 0,--rows",
    "--rows 99999999,--rows",
    "--cols -4,--cols",
    "--m 0,--m",
    "--n -1,--n",
    "--k 0,--k",
    "--k 99999999999,--k",
    "--dataflow rs,--dataflow",
    "--weight-buffers 3,--weight-buffers",
    "--compat onnxim,--compat",
    "--compat scalesim --weight-buffers 2,--weight-buffers",
    "--rows 1 --cols 1 --n 1000000 --k 1000000,too many folds"
  })
  void shouldRefuseBadInput(final String options, final String named) {
    final Cli.Outcome outcome = systolic(replaced(options));
    assertEquals(2, outcome.exit(), outcome.err());
    assertTrue(outcome.err().contains(named), outcome.err());
  }

  private static String replaced(final String options) {
    final List<String> words = new ArrayList<>(List.of(GOOD.split(" ")));
    final String[] given = options.split(" ");
    for (int i = 0; i < given.length; i += 2) {
      final int at = words.indexOf(given[i]);
      if (at >= 0) {
        words.set(at + 1, given[i + 1]);
      } else {
        words.addAll(List.of(given[i], given[i + 1]));
      }
    }
    return String.join(" ", words);
  }

  private static Cli.Outcome systolic(final String options) {
    return Cli.run(("systolic " + options).split(" "));
  }
}
