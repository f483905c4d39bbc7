package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.yaml.Descriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedRowsTest {
  private static final String HEADER =
      "system,chips,model,precision,batch_users,in_len,out_len,metric,value,unit,note\n";

  @TempDir Path folder;

  private List<Measurement> read(final String row, final Skips skips) throws IOException {
    final Path file = folder.resolve("published.csv");
    Files.writeString(file, HEADER + row + "\n");
    return Reading.of(List.of(file))
        .measurements(new Targets(Descriptions.here(), List.of()), skips, true);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "8 (TP8), 8",
    "8 RDU, 8",
    "8 (4xDP of TP2), 2",
    "8 (8xDP of 1), 1",
    "'16 Trainium2 (TP64, LNC2)', 16"
  })
  void shouldReadHowManyChipsShareALayer(final String text, final int chips) {
    assertEquals(Optional.of(chips), PublishedRows.chips(text));
  }

  @ParameterizedTest
  @CsvSource({"undisclosed", "8/16 RDU", "0"})
  void shouldNotGuessChips(final String text) {
    assertEquals(Optional.empty(), PublishedRows.chips(text));
  }

  /** 13.2 GB of weights at 400 GB/s are 33 ms; the published 23.03 tok/s are 43.4 ms. */
  @Test
  void shouldPutARateBesideTheTimeOfAStep() throws IOException {
    final Skips skips = new Skips();
    final List<Measurement> rows =
        read("Apple M1 Max 32-core,1,LLaMA-7B,F16,1,0,128,decode_tok_s,23.03,tok/s,", skips);
    assertEquals(1, rows.size());
    final Measurement row = rows.get(0);
    assertEquals("decode", row.setUp().metric());
    assertEquals("Apple", row.setUp().framework());
    assertEquals(43_421, row.measured(), 1);
    assertTrue(row.roofline().plain() > 33_000 && row.roofline().plain() < 34_000);
    assertTrue(row.prediction().get().value() > row.roofline().plain());
  }

  @ParameterizedTest
  @CsvSource({
    "'Apple M1 Max 32-core,1,LLaMA-7B,F16,many,0,128,decode_tok_s,23,tok/s,', batch_users",
    "'Apple M1 Max 32-core,1,LLaMA-7B,F16,1,,128,decode_tok_s,23,tok/s,', in_len",
    "'Apple M1 Max 32-core,1,LLaMA-7B,F16,1,128,,e2e_latency,23,s,', out_len",
    "'Apple M1 Max 32-core,1,LLaMA-7B,F16,1,128,9,watts,23,W,', watts",
    "'Apple M1 Max 32-core,1,LLaMA-7B,F16,1,4000,900,decode_tok_s,23,tok/s,', positions",
    "'Abacus,1,LLaMA-7B,F16,1,0,128,decode_tok_s,23,tok/s,', Abacus"
  })
  void shouldSkipWithAReason(final String row, final String reason) throws IOException {
    final Skips skips = new Skips();
    assertTrue(read(row, skips).isEmpty());
    final List<String> reasons = new ArrayList<>(skips.counts().keySet());
    assertEquals(1, reasons.size());
    assertTrue(reasons.get(0).contains(reason), reasons::toString);
  }
}
