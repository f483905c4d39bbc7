package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of devices of which no table here has any: against what is public of the parts. */
class UnseenDevicesTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("../..").toAbsolutePath().normalize()));
  private static final String PRODUCTS = "device,dtype,m,n,k,latency_us,framework,version,kernel\n";

  private static final String RUNS =
      "backend,backend_version,model_path,system,mode,isl,osl,gemm_quant_mode,batch_size,tp_size,"
          + "pp_size,attention_dp_size,moe_ep_size,silicon_ttft_ms,silicon_tpot_ms\n";

  @TempDir Path folder;

  private ValidationReport run(final String text) throws Exception {
    return run(text, "device,op");
  }

  private ValidationReport run(final String text, final String by) throws Exception {
    final Path path = folder.resolve("rows.csv");
    Files.writeString(path, text);
    return new Validation(SHIPPED, List.of(), 2)
        .run(List.of(path), GroupBy.parse(by), count -> () -> {});
  }

  /**
   * TFLOP/s of torch.mm in bf16, 8,192 each way: public issues of a benchmark of cards, 2025/26.
   */
  @ParameterizedTest
  @CsvSource({
    "RTX3090, 71.0",
    "RTX4090, 158.0",
    "A40, 110.6",
    "A6000, 120.5",
    "h20_sxm, 141.9",
  })
  void shouldReachWhatPublicProductsReach(final String device, final double teraflops)
      throws Exception {
    final double micros = 2 * Math.pow(8192, 3) / teraflops / 1e6;
    final ValidationReport report =
        run(
            PRODUCTS
                + device
                + ",bfloat16,8192,8192,8192,"
                + micros
                + ",LLMServingSim-v0(hf/torch),v0,mm\n");
    assertEquals(micros, report.predictions().get(0).predicted(), 0.15 * micros);
  }

  /** One core sums in place: a product of a fifth more rows takes about a fifth longer. */
  @Test
  void shouldNotLetProductsOfOneCoreJumpWithTheirRows() throws Exception {
    final List<Integer> rows = List.of(331, 414, 808, 1010, 1262, 1972, 2465);
    final ValidationReport report =
        run(
            PRODUCTS
                + rows.stream()
                    .map(m -> "TPU-v6e-1,bfloat16," + m + ",1024,8192,20,LLMServingSim-v0,v0,x\n")
                    .collect(Collectors.joining()));
    final List<ValidationReport.Row> predicted = report.predictions();
    IntStream.range(1, rows.size())
        .forEach(
            i -> {
              final double longer = predicted.get(i).predicted() / predicted.get(i - 1).predicted();
              assertTrue(longer > 1 && longer < 2.2, "rows " + rows.get(i) + ": " + longer);
            });
  }

  @Test
  void shouldSayWhichFormatsAChipLacks() throws Exception {
    final ValidationReport report =
        run(
            PRODUCTS
                + "h200_sxm,nvfp4,512,4096,4096,20,trtllm,1.3.0,x\n"
                + "mi210,fp8,512,4096,4096,20,vllm,0.19.0,x\n"
                + "rtx_3090,fp9,512,4096,4096,20,vllm,0.19.0,x\n"
                + "v100_sxm,fp16,512,4096,4096,20,vllm,0.19.0,x\n");
    assertEquals(
        Map.of(
            "the matrix unit of h200-sxm lacks nvfp4", 1,
            "the matrix unit of mi210 lacks fp8_e4m3", 1,
            "number format fp9 is not known", 1,
            "device v100_sxm has no description", 1),
        report.skipped());
  }

  /** One token of output: it comes at the end of the prompt, and nothing comes after it. */
  @Test
  void shouldTellNoTimePerTokenOfOneToken() throws Exception {
    final ValidationReport report =
        run(RUNS + "vllm,0.13.0,Qwen/Qwen3-32B,h200_sxm,agg,1024,1,,1,2,1,,1,100,20\n", "metric");
    assertEquals(Map.of("no request completes of which this could be told", 1), report.skipped());
    assertEquals(1, report.predictions().size());
  }

  /** Tuning, format and date in a name make no other shape; another size does. */
  @Test
  void shouldKnowModelsByTheirShapes() throws Exception {
    final String end = ",h200_sxm,agg,128,16,fp8,1,8,1,,1,100,20\n";
    final ValidationReport report =
        run(
            RUNS
                + "vllm,0.13.0,Qwen/Qwen3-32B-FP8,h200_sxm,agg,128,16,fp8,1,1,1,,1,100,20\n"
                + "vllm,0.13.0,QWEN3_32B,h200_sxm,agg,128,16,fp8,1,1,1,,1,100,20\n"
                + "vllm,0.13.0,Qwen/Qwen3-33B,h200_sxm,agg,128,16,fp8,1,1,1,,1,100,20\n"
                + "vllm,0.13.0,mistralai/Mixtral-8x22B-Instruct-v0.1"
                + end);
    assertEquals(
        Map.of(
            "model Qwen/Qwen3-33B has no description", 1,
            "model mistralai/Mixtral-8x22B-Instruct-v0.1 has no description", 1),
        report.skipped());
    final List<ValidationReport.Row> rows = report.predictions();
    assertEquals(rows.get(0).predicted(), rows.get(1).predicted());
  }

  /** Bus bandwidth of eight MI300X in public runs of rccl-tests: 310 to 315 GB/s. */
  @Test
  void shouldSumOverAllLinksOfAMesh() throws Exception {
    final double micros = 2 * 7 / 8.0 * (1 << 30) / 312e3;
    final ValidationReport report =
        run(
            "device,op,dtype,n_devices,bytes,latency_us,framework,version\n"
                + "mi300x,all_reduce,bfloat16,8,1073741824,"
                + micros
                + ",nccl,2.27.3\n");
    assertEquals(micros, report.predictions().get(0).predicted(), 0.1 * micros);
  }

  /** Xe2 has no fp8: half of the bytes of a product in bf16, and its operations. */
  @Test
  void shouldWidenNarrowWeightsWhereTheUnitHasOnlyWideOnes() throws Exception {
    assertEquals(0.5 * oneOfB60("bfloat16", 1), oneOfB60("fp8", 1), 25);
    final double wide = oneOfB60("bfloat16", 4096);
    assertEquals(wide, oneOfB60("fp8", 4096), 0.1 * wide);
  }

  /** A product is the same whichever kind of table times it. */
  @Test
  void shouldWidenNarrowWeightsInEveryKindOfTable() throws Exception {
    final double timed =
        run("device,n_devices,op,m,n,k,batch,dtype,latency_us,framework\n"
                + "b60,1,matmul,4096,8192,8192,1,fp8,100,vllm\n")
            .predictions()
            .get(0)
            .predicted();
    final double wide = oneOfB60("bfloat16", 4096);
    assertEquals(wide, timed, 0.1 * wide);
    final ValidationReport experts =
        run(
            "device,op,dtype,tokens,width,latency_us,model,tp,framework\n"
                + "b60,expert.w1,fp8,512,14336,100,mistralai/Mixtral-8x7B-v0.1,1,vllm\n");
    assertEquals(Map.of(), experts.skipped());
  }

  private double oneOfB60(final String format, final int rows) throws Exception {
    final String row = "b60," + format + "," + rows + ",8192,8192,100,vllm,0.12.0,x\n";
    return run(PRODUCTS + row).predictions().get(0).predicted();
  }
}
