package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.trace.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndToEndRowsTest {
  private static final String HEADER =
      "backend,model_path,system,mode,isl,osl,gemm_quant_mode,batch_size,tp_size,pp_size,"
          + "attention_dp_size,moe_ep_size,silicon_ttft_ms,silicon_tpot_ms\n";

  @Test
  void shouldReadTwoMetricsARowAndCountWhatItCannotPredict(@TempDir final Path folder)
      throws IOException {
    final Path file = folder.resolve("table.csv");
    Files.writeString(
        file,
        HEADER
            + "vllm,Qwen/Qwen3-32B,h100_sxm,agg,1024,128,,8,2,1,,1,100,20\n"
            + "trtllm,Qwen/Qwen3-32B,h100_sxm,agg,1024,128,fp8,8,1,1,1,0,50,10\n"
            + "trtllm,Qwen/Qwen3-32B,h100_sxm,agg,1024,128,nvfp4,8,1,1,1,0,50,10\n"
            + "trtllm,Qwen/Qwen3-32B,h100_sxm,agg,1024,128,fp8,8,1,1,8,1,50,10\n"
            + "trtllm,Qwen/Qwen3-32B,h100_sxm,agg,1024,128,fp8,8,1,1,1,4,50,10\n"
            + "vllm,meta-llama/Llama-3.1-70B,h100_sxm,agg,1024,128,,8,1,1,,1,100,20\n"
            + "vllm,unheard-of,h100_sxm,agg,1024,128,,8,1,1,,1,100,20\n");
    final Skips skips = new Skips();
    final Targets targets =
        new Targets(new Descriptions(new Catalog(Path.of("target", "no-such-folder"))), List.of());
    final List<Measurement> read = new EndToEndRows().read(MeasuredFile.read(file), targets, skips);
    assertEquals(
        List.of("2 vllm bf16 tpot", "2 vllm bf16 ttft", "3 trtllm fp8 tpot", "3 trtllm fp8 ttft"),
        read.stream()
            .map(
                one ->
                    one.line()
                        + " "
                        + one.setUp().framework()
                        + " "
                        + one.setUp().format()
                        + " "
                        + one.setUp().metric())
            .toList());
    assertEquals(20_000, read.get(0).measured());
    assertEquals(
        Map.of(
            "the matrix unit of h100-sxm lacks nvfp4", 1,
            "data-parallel attention is not modelled", 1,
            "expert parallelism is not modelled", 1,
            "model llama-3.1-70b does not fit 1 x h100-sxm", 1,
            "model unheard-of has no description", 1),
        skips.counts());
  }

  @Test
  void shouldSendTheNextRequestOfAUserWhenTheLastHasEnded() {
    final FixedLoad load = new FixedLoad(2, 100, 10);
    final List<Request> requests = load.trace(false).requests();
    assertEquals(10, requests.size());
    assertEquals(Set.of(10), new HashSet<>(requests.stream().map(Request::outputTokens).toList()));
    assertEquals(List.of(), requests.get(1).waitFor());
    assertEquals(List.of("r1"), requests.get(3).waitFor());
    assertEquals(List.of("r3"), requests.get(5).waitFor());
    assertTrue(requests.stream().allMatch(one -> one.delayNanos() < 30_000_000));
    assertEquals(
        List.of(5, 10),
        load.trace(true).requests().stream().limit(2).map(Request::outputTokens).toList());
    // Long outputs: the first round and one more.
    assertEquals(4, new FixedLoad(2, 100, 8192).trace(false).requests().size());
    // One round of ten is the first.
    assertEquals(11, load.mean(20, 10));
  }
}
