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

/** Tables of single operators: timed from the host, in a serving engine, layers of experts. */
class OperatorRowsTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("../..").toAbsolutePath().normalize()));
  private static final String HOST = "device,n_devices,op,m,n,k,batch,dtype,latency_us,notes\n";
  private static final String ENGINE =
      "device,op,dtype,tokens,width,latency_us,model,tp,framework\n";
  private static final String EXPERTS =
      "device,dtype,tokens,hidden,inter,topk,experts,tp,ep,distribution,latency_us,"
          + "framework,kernel\n";

  @TempDir Path folder;

  private ValidationReport run(final String text) throws Exception {
    final Path path = folder.resolve("rows.csv");
    Files.writeString(path, text);
    return new Validation(SHIPPED, List.of(), 2)
        .run(List.of(path), GroupBy.parse("device,op"), count -> () -> {});
  }

  @Test
  void shouldPredictHostTimedOperatorsAndLayersAsTheSumOfTheirs() throws Exception {
    final ValidationReport report =
        run(
            HOST
                + "A100,1,softmax,4096,4096,,1,fp16,82,\n"
                + "A100,1,layernorm,4096,64,,1,fp16,54,\n"
                + "A100,1,gelu,67108864,,,1,fp16,204,\n"
                + "A100,4,allreduce,1048576,,,1,fp16 (2B elements),61,\n"
                + "A100,4,allreduce,17179869184,,,1,fp16 (2B elements),110277,\n"
                + "A100,1,sort,4096,64,,1,fp16,54,\n"
                + "A100,4,layer:Softmax,4096,4096,,1,fp16,82,\n"
                + "A100,4,layer:A_mul_V,256,128,256,16,fp16,40,\n"
                + "A100,4,layer:TOTAL,4096,,,1,fp16,120,\n"
                + "A100,4,other:TOTAL,4096,,,1,fp16,120,\n");
    assertEquals(
        Map.of(
            "operator allreduce of such a size is not known", 1,
            "operator sort of such a size is not known", 1,
            "total of a layer without operators, or of which one is not predicted", 1),
        report.skipped());
    final List<ValidationReport.Row> rows = report.predictions();
    for (final ValidationReport.Row row : rows.subList(0, 4)) {
      assertTrue(row.predicted() > row.roofline(), "faster than the roofline: " + row);
      // These latencies are of the measured machine, rounded.
      assertEquals(row.measured(), row.predicted(), 0.15 * row.measured(), row.toString());
    }
    assertEquals(rows.get(4).predicted() + rows.get(5).predicted(), rows.get(6).predicted(), 1e-6);
  }

  @Test
  void shouldPredictNormsOfRowsThatASmallCoreDoesNotHold() throws Exception {
    final ValidationReport report = run(HOST + "RTX4090,1,layernorm,4096,16384,,1,fp16,300,\n");
    assertEquals(Map.of(), report.skipped());
    // 256 MiB over a memory of 1008 GB/s.
    assertEquals(266 + 45, report.predictions().get(0).predicted(), 0.25 * 311);
  }

  @Test
  void shouldSumALayerOverItsOwnDeviceAndOnlyWhereEveryOperatorIsPredicted() throws Exception {
    final ValidationReport report =
        run(
            HOST
                + "A100,4,layer:A_mul_V,256,128,256,16,fp16,40,\n"
                + "H100,4,layer:A_mul_V,256,128,256,16,fp16,40,\n"
                + "A100-PCIE-80GB,1,layer:A_mul_V,256,128,256,16,fp16,40,\n"
                + "A100-PCIE-80GB,16,layer:AllReduce,1048576,,,1,fp16,61,\n"
                + "A100,4,layer:TOTAL,256,,,1,fp16,40,\n"
                + "A100-PCIE-80GB,4,layer:TOTAL,256,,,1,fp16,101,\n");
    assertEquals(
        Map.of(
            "a100-pcie-80g has no links among 16 chips", 1,
            "total of a layer without operators, or of which one is not predicted", 1),
        report.skipped());
    final List<ValidationReport.Row> rows = report.predictions();
    assertEquals(4, rows.size());
    assertEquals(rows.get(0).predicted(), rows.get(3).predicted(), 1e-6);
  }

  @Test
  void shouldPredictOperatorsOfEnginesBySizesOfTheModelWhereItIsKnown() throws Exception {
    final ValidationReport report =
        run(
            ENGINE
                + "a100,input_layernorm,float16,352,8192,15,Qwen/Qwen-72B,4,vidur\n"
                + "a100,mlp_act,float16,2032,3584,47,meta-llama/Llama-2-70b-hf,8,vidur\n"
                + "a100,mlp_act,float16,728,24576,115,Qwen/Qwen-72B,1,vidur\n"
                + "H100,attn,bfloat16,16,4096,9,meta-llama/Llama-3.1-8B,1,LLMServingSim-v0\n"
                + "RTXPRO6000,rotary_emb,bfloat16,96,9216,4.1,Qwen/Qwen3-32B,1,vllm 0.19.0\n");
    assertEquals(
        Map.of(
            "attention without the lengths of its contexts", 1,
            "operator mlp_act of a model without description", 1),
        report.skipped());
    assertEquals(3, report.predictions().size());
    for (final ValidationReport.Row row : report.predictions()) {
      assertTrue(row.predicted() > row.roofline(), "faster than the roofline: " + row);
      assertEquals(row.measured(), row.predicted(), 0.25 * row.measured(), row.toString());
    }
  }

  @Test
  void shouldPredictLayersOfExpertsOnTheirBusiestDevice() throws Exception {
    final ValidationReport report =
        run(
            EXPERTS
                + "h100_sxm,bfloat16,2048,6144,2560,8,160,1,32,balanced,236,trtllm,cutlass\n"
                + "h100_sxm,bfloat16,2048,6144,2560,8,160,1,32,power_law_1.2,400,trtllm,cutlass\n"
                + "h100_sxm,bfloat16,2048,6144,2560,8,160,1,48,balanced,236,trtllm,cutlass\n"
                + "h100_sxm,bfloat16,2048,6144,2560,8,160,1,32,skewed,236,trtllm,cutlass\n");
    assertEquals(
        Map.of(
            "experts or their width do not divide by the devices", 1,
            "distribution of experts skewed is not known", 1),
        report.skipped());
    final List<ValidationReport.Row> rows = report.predictions();
    assertEquals(236, rows.get(0).predicted(), 0.25 * 236);
    assertTrue(rows.get(1).predicted() > rows.get(0).predicted(), rows.toString());
  }
}
