package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.inferchip.SharedData;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.units.InvalidInputException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("../..").toAbsolutePath().normalize()));
  private static final String ROWS =
      "device,dtype,m,n,k,latency_us,power_w,power_limit_w,framework,version,kernel\n"
          + "h100_sxm,bfloat16,4096,4096,4096,230,,,vllm,v,k\n"
          + "h100_sxm,bfloat16,64,4096,4096,18,,,vllm,v,k\n"
          + "a100_sxm,bfloat16,512,4096,4096,95,,,vllm,v,k\n"
          + "a100_sxm,fp8,512,4096,4096,95,,,vllm,v,k\n"
          + "abacus,bfloat16,512,4096,4096,95,,,vllm,v,k\n"
          + "h100_sxm,float12,512,4096,4096,95,,,vllm,v,k\n";

  @TempDir Path folder;

  private ValidationReport run(final String text, final List<String> systems, final int threads)
      throws Exception {
    final Path path = folder.resolve("rows.csv");
    Files.writeString(path, text);
    return new Validation(SHIPPED, systems, threads)
        .run(List.of(path), GroupBy.parse("device,format"), count -> () -> {});
  }

  @Test
  void shouldPredictWhatItCanAndCountTheRestByReason() throws Exception {
    final ValidationReport report = run(ROWS, List.of(), 2);
    assertEquals(6, report.rows());
    assertEquals(
        Map.of(
            "device abacus has no description", 1,
            "number format float12 is not known", 1,
            "the matrix unit of a100-sxm-80g lacks fp8_e4m3", 1),
        report.skipped());
    assertEquals(
        List.of("h100_sxm/bfloat16", "a100_sxm/bfloat16"),
        report.groups().stream().map(ErrorGroup::key).toList());
    assertEquals(2, report.groups().get(0).n());
    for (final ValidationReport.Row row : report.predictions()) {
      assertTrue(row.predicted() > row.roofline(), "faster than the roofline: " + row);
      // These latencies are of the measured machines, rounded.
      assertEquals(row.measured(), row.predicted(), 0.4 * row.measured(), row.toString());
    }
    // 2 x 4096^3 operations at 989 TFLOP/s take 139 us.
    assertEquals(138.97, report.predictions().get(0).roofline(), 0.01);
    assertEquals(report, run(ROWS, List.of(), 1));
  }

  @Test
  void shouldConfineRowsToTheSystemsAskedFor() throws Exception {
    final ValidationReport report = run(ROWS, List.of("dgx-h100"), 2);
    assertEquals(2, report.predictions().size());
    assertEquals(2, report.skipped().get("device a100_sxm is not among the systems asked for"));
  }

  @Test
  void shouldReadEveryTableOfAFolderAndCountTablesOfNoKnownKind() throws Exception {
    Files.writeString(folder.resolve("b.csv"), ROWS);
    Files.writeString(folder.resolve("a.csv"), ROWS);
    Files.writeString(folder.resolve("notes.csv"), "colour,taste\nred,sweet\n");
    final ValidationReport report =
        new Validation(SHIPPED, List.of(), 2)
            .run(List.of(folder), GroupBy.parse("device,stack"), count -> () -> {});
    assertEquals(13, report.rows());
    assertEquals(1, report.skipped().get("table notes.csv is of no kind that can be predicted"));
    assertEquals(2, report.skipped().get("device abacus has no description"));
    assertEquals("a.csv", report.predictions().get(0).file());
    assertEquals(3, report.tables().size());
    final ErrorGroup group = report.groups().get(0);
    assertEquals(4, group.n());
    double measured = 0;
    double predicted = 0;
    for (final ValidationReport.Row row : report.predictions()) {
      assertTrue(List.of("compute", "memory", "latency").contains(row.limiter()), row.limiter());
      if (row.group().equals(group.key())) {
        measured += row.measured();
        predicted += row.predicted();
      }
    }
    assertEquals(100 * (predicted / measured - 1), group.totalBias(), 1e-9);
  }

  @Test
  void shouldRefuseRowsThatAreNoMeasurements() throws IOException {
    final InvalidInputException thrown =
        assertThrows(
            InvalidInputException.class,
            () -> run(ROWS + "h100_sxm,bfloat16,0,4096,x,-1,,,vllm,v,k\n", List.of(), 1));
    assertEquals(3, thrown.problems().size(), thrown.getMessage());
    assertThrows(InvalidInputException.class, () -> GroupBy.parse("device,colour"));
  }

  @Test
  void shouldPredictTokenTimesOfOneServingStage() throws Exception {
    final List<String> lines =
        Files.readAllLines(SharedData.file("measured/serving_runs.csv")).subList(0, 2);
    final ValidationReport report = run(String.join("\n", lines), List.of(), 2);
    assertEquals("H100-SXM/FP16", report.groups().get(0).key());
    assertEquals(1, report.groups().get(0).n());
    assertTrue(report.groups().get(0).mape() < 25, report.groups().toString());
  }

  @Test
  @Tag("long")
  void shouldPredictTokenTimesOfH100StagesWithinAQuarter() throws Exception {
    final ValidationReport report =
        new Validation(SHIPPED, List.of("h100-sxm"), 2)
            .run(
                List.of(SharedData.file("measured/serving_runs.csv")),
                GroupBy.parse("device,metric"),
                count -> () -> {});
    for (final ErrorGroup group : report.groups()) {
      if (group.key().endsWith("/tpot")) {
        assertTrue(group.mape() < 25, group.toString());
        assertTrue(group.mape() < group.calibratedRooflineMape().orElseThrow(), group.toString());
      }
    }
  }
}
