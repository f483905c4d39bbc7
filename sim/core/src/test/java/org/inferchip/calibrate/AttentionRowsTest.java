package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttentionRowsTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("../..").toAbsolutePath().normalize()));
  private static final String DECODE =
      "device,dtype,kv_dtype,batch,ctx,heads,kv_heads,head_dim,window,latency_us,framework\n";
  private static final String PREFILL =
      "device,dtype,kv_dtype,batch,seq,prefix,heads,kv_heads,head_dim,window,"
          + "latency_us,framework\n";

  @TempDir Path folder;

  private ValidationReport run(final String text) throws Exception {
    final Path path = folder.resolve("rows.csv");
    Files.writeString(path, text);
    return new Validation(SHIPPED, List.of(), 2)
        .run(List.of(path), GroupBy.parse("device,framework"), count -> () -> {});
  }

  @Test
  void shouldPredictDecodeRowsAndCountTheRestByReason() throws Exception {
    final ValidationReport report =
        run(
            DECODE
                + "h100_sxm,bfloat16,bfloat16,128,2048,24,1,128,0,59,vllm\n"
                + "h100_sxm,bfloat16,bfloat16,32,16384,12,4,128,,353,vllm\n"
                + "b200_sxm,bfloat16,fp8,8,4096,32,8,128,0,20,trtllm\n"
                + "h100_sxm,bfloat16,bfloat16,8,4096,32,8,128,128,12,vllm\n"
                + "h100_sxm,bfloat16,bfloat16,8,4096,32,5,128,0,12,vllm\n"
                + "h100_sxm,bfloat16,int2,8,4096,32,8,128,0,12,vllm\n"
                + "abacus,bfloat16,bfloat16,8,4096,32,8,128,0,12,vllm\n");
    assertEquals(
        Map.of(
            "device abacus has no description", 1,
            "number format int2 is not known", 1,
            "heads of queries are no multiple of heads of keys", 1),
        report.skipped());
    assertEquals(4, report.predictions().size());
    for (final ValidationReport.Row row : report.predictions()) {
      assertTrue(row.predicted() > row.roofline(), "faster than the roofline: " + row);
      assertEquals("attention_decode", row.setUp().op());
      // These latencies are of the measured machines, rounded.
      assertEquals(row.measured(), row.predicted(), 0.3 * row.measured(), row.toString());
    }
    assertEquals("24/1x128", report.predictions().get(0).site());
  }

  @Test
  void shouldPredictPromptsWithAndWithoutAPrefix() throws Exception {
    final ValidationReport report =
        run(
            PREFILL
                + "h100_sxm,bfloat16,bfloat16,1,4096,0,32,8,128,0,200,trtllm\n"
                + "h100_sxm,bfloat16,bfloat16,1,4096,4096,32,8,128,0,500,trtllm\n"
                + "h100_sxm,fp8,fp8,1,4096,0,32,8,128,0,150,trtllm\n");
    assertEquals(Map.of(), report.skipped());
    final List<ValidationReport.Row> rows = report.predictions();
    assertEquals("attention_prefill", rows.get(0).setUp().op());
    // Behind as many tokens there are three times as many pairs.
    assertEquals(3, rows.get(1).roofline() / rows.get(0).roofline(), 0.01);
    assertTrue(rows.get(1).predicted() > 2 * rows.get(0).predicted(), rows.toString());
    assertTrue(rows.get(2).predicted() < rows.get(0).predicted(), rows.toString());
    for (final ValidationReport.Row row : rows) {
      assertTrue(row.predicted() > row.roofline(), "faster than the roofline: " + row);
    }
  }
}
