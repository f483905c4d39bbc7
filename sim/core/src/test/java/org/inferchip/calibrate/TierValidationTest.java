package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.inferchip.arch.Stack;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TierValidationTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("../..").toAbsolutePath().normalize()));
  private static final String HEADER =
      "backend,model_path,system,mode,isl,osl,gemm_quant_mode,batch_size,tp_size,pp_size,"
          + "attention_dp_size,moe_ep_size,silicon_ttft_ms,silicon_tpot_ms\n";
  private static final String B200 =
      "trtllm,meta-llama/Llama-3.1-70B,b200_sxm,agg,256,8,fp8,2,2,1,1,1,30,12\n";
  private static final String H100 =
      "trtllm,meta-llama/Llama-3.1-70B,h100_sxm,agg,256,8,fp8,2,2,1,1,1,60,20\n";

  @TempDir Path folder;

  private Path table(final String rows) throws IOException {
    final Path file = folder.resolve("loads.csv");
    Files.writeString(file, HEADER + rows);
    return file;
  }

  private static TierReport tiers(final Path file, final RowFilter where) {
    return new TierValidation(SHIPPED, List.of(), 1, 1, line -> {})
        .run(List.of(file), where, GroupBy.parse("device,metric"), count -> () -> {});
  }

  /** Predicted numbers of B200 in a tier by metric. */
  private static Map<String, Double> predicted(final TierReport report, final String tier) {
    return report.scored().stream()
        .filter(one -> one.tier().equals(tier))
        .map(TierReport.TierRow::row)
        .collect(Collectors.toMap(row -> row.setUp().metric(), ValidationReport.Row::predicted));
  }

  /** The same by an overlay. */
  private Map<String, Double> overlaid(
      final Path file, final String launch, final String kernel, final String skew)
      throws IOException {
    final Path overlay = folder.resolve("other.yaml");
    Files.writeString(
        overlay,
        "name: other\ndescription: other constants\nsystem: b200-sxm\nstack: trtllm-blackwell\n"
            + "set:\n  stack.launch.matmul: "
            + launch
            + "\n  stack.attention.kernels.gen-8bit.launch: "
            + kernel
            + "\n  stack.step.skew: "
            + skew
            + "\nprovenance: {by: hand}\n");
    return new Validation(SHIPPED, List.of(overlay.toString()), 1)
        .run(List.of(file), GroupBy.parse("metric"), count -> () -> {}).predictions().stream()
            .collect(
                Collectors.toMap(row -> row.setUp().metric(), ValidationReport.Row::predicted));
  }

  @Test
  void shouldScoreServingWithTypicalConstantsWithThoseOfAnotherGenerationAndAsDescribed()
      throws IOException {
    final Path file = table(B200 + H100);
    final TierReport report = tiers(file, RowFilter.parse(List.of("device=b200_sxm")));

    assertEquals(List.of(), report.groups());
    assertEquals(
        List.of("b200_sxm/tpot", "b200_sxm/ttft"),
        report.served().stream().map(TierReport.Group::key).toList());
    assertEquals(
        List.of("datasheet", "transferred", "described"),
        report.served().get(0).tiers().stream().map(ErrorGroup::key).toList());
    // Hopper's stack has its own decoding kernels: the start of Blackwell's is typical.
    final Stack hopper = SHIPPED.stack("trtllm").value();
    assertEquals(
        overlaid(file, "2.4 us", "7 us", "2 us"), predicted(report, "datasheet"), "typical");
    assertEquals(
        overlaid(
            file,
            hopper.launch().matmul() * 1e6 + " us",
            "7 us",
            hopper.step().skew().orElseThrow() * 1e6 + " us"),
        predicted(report, "transferred"),
        "Hopper's");
    final Map<String, Double> described = predicted(report, "described");
    assertNotEquals(described, predicted(report, "transferred"));
    final ErrorGroup tpot = report.served().get(0).tier("described").orElseThrow();
    assertEquals(100 * Math.abs(described.get("tpot") / 12_000 - 1), tpot.median(), 1e-9);
  }

  @Test
  void shouldTransferNothingWhereTheTablesHaveOneGeneration() throws IOException {
    final TierReport report = tiers(table(B200), RowFilter.all());
    assertEquals(
        List.of("datasheet", "described"),
        report.served().get(0).tiers().stream().map(ErrorGroup::key).toList());
  }
}
