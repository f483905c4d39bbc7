package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Products with weights of which two of four elements are zero, seen in work, bytes and time. */
class SparseProductTest {
  private static JsonNode gemm(final String system, final String format, final String m)
      throws IOException {
    final String line =
        "op gemm --system " + system + " --n 8192 --k 8192 --json --format " + format + " --m " + m;
    final Cli.Outcome outcome = Cli.run(line.split(" "));
    assertEquals(ExitCode.DONE, outcome.exit(), outcome.err());
    return new ObjectMapper().readTree(outcome.out());
  }

  private static double ratio(final String key, final JsonNode a, final JsonNode b) {
    return a.get(key).asDouble() / b.get(key).asDouble();
  }

  @Test
  void shouldSkipZerosWhereTheUnitCan() throws IOException {
    final JsonNode dense = gemm("h100-sxm", "bf16", "8192");
    final JsonNode sparse = gemm("h100-sxm", "bf16_2of4", "8192");
    final long macs = 8192L * 8192 * 8192;
    assertEquals(macs, sparse.get("multiply_accumulates").asLong());
    assertEquals(macs / 2, sparse.get("of_which_by_zeros_left_out").asLong());
    // Twice the rate of the unit.
    assertEquals(2, ratio("bound_us", dense, sparse), 1e-6);
    assertEquals(2, ratio("latency_us", dense, sparse), 0.3);
  }

  @Test
  void shouldMoveWhatIsKeptAndItsPlaces() throws IOException {
    final JsonNode dense = gemm("h100-sxm", "bf16", "8");
    final JsonNode sparse = gemm("h100-sxm", "bf16_2of4", "8");
    // Two 16-bit values and two 2-bit places for four of 16 bits: 36 of 64; inputs stay.
    assertEquals(64.0 / 36, ratio("bound_us", dense, sparse), 0.01);
    assertEquals(64.0 / 36, ratio("latency_us", dense, sparse), 0.2);
  }

  @Test
  void shouldMultiplyZerosWhereTheUnitHasNoRateForThem() throws IOException {
    final JsonNode dense = gemm("tpu-v5e", "bf16", "8192");
    final JsonNode sparse = gemm("tpu-v5e", "bf16_2of4", "8192");
    assertEquals(1, ratio("bound_us", dense, sparse), 1e-6);
    assertEquals(1, ratio("latency_us", dense, sparse), 0.05);
  }
}
