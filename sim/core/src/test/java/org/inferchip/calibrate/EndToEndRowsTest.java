package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.serving.Hold;
import org.inferchip.simulation.Plan;
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
            + "trtllm,Qwen/Qwen3-32B,h100_sxm,agg,1024,128,fp8,8,8,1,2,1,50,10\n"
            + "trtllm,Qwen/Qwen3-32B,h100_sxm,agg,1024,128,fp8,8,1,1,1,4,50,10\n"
            + "vllm,meta-llama/Llama-3.1-70B,h100_sxm,agg,1024,128,,8,1,1,,1,100,20\n"
            + "vllm,unheard-of,h100_sxm,agg,1024,128,,8,1,1,,1,100,20\n");
    final Skips skips = new Skips();
    final Targets targets =
        new Targets(new Descriptions(new Catalog(Path.of("target", "no-such-folder"))), List.of());
    final MeasuredFile table = MeasuredFile.read(file);
    final List<Measurement> read = new EndToEndRows().read(table, targets, skips);
    assertEquals(List.of(), table.problems().list(), "degrees of parallelism may be 0");
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
            "h100-sxm has no links among 16 chips", 1,
            "model qwen3-32b has no experts for groups of chips", 1,
            "model llama-3.1-70b does not fit 1 x h100-sxm", 1,
            "model unheard-of has no description", 1),
        skips.counts());
  }

  @Test
  void shouldSendTheNextRequestOfAUserWhenTheLastHasEnded() {
    final FixedLoad load = new FixedLoad(2, 100, 10);
    final List<Request> requests = load.trace(Deployment.USUAL, "").requests();
    assertEquals(10, requests.size());
    assertEquals(Set.of(10), new HashSet<>(requests.stream().map(Request::outputTokens).toList()));
    assertEquals(List.of(), requests.get(1).waitFor());
    assertEquals(List.of("r1"), requests.get(3).waitFor());
    assertEquals(List.of("r3"), requests.get(5).waitFor());
    assertTrue(requests.stream().allMatch(one -> one.delayNanos() < 5_000_000));
    // Long outputs: the first round and one more.
    assertEquals(4, new FixedLoad(2, 100, 8192).trace(Deployment.USUAL, "").requests().size());
    // One round of ten is the first.
    assertEquals(11, load.mean(20, 10));
  }

  @Test
  void shouldDrawLengthsWhereATestDoes() {
    final Descriptions shipped = new Descriptions(new Catalog(Path.of("target", "no-such-folder")));
    final Deployment ranged = Aliases.read(shipped).loadTest("sglang", "inferencex", "h100_sxm");
    final List<Request> requests = new FixedLoad(100, 1000, 200).trace(ranged, "").requests();
    assertTrue(requests.stream().allMatch(r -> r.inputTokens() >= 800 && r.inputTokens() <= 1000));
    assertTrue(requests.stream().allMatch(r -> r.outputTokens() >= 160 && r.outputTokens() <= 200));
    assertEquals(900, requests.stream().mapToInt(Request::inputTokens).average().orElse(0), 10);
    assertEquals(180, requests.stream().mapToInt(Request::outputTokens).average().orElse(0), 2);
    assertEquals(requests, new FixedLoad(100, 1000, 200).trace(ranged, "").requests());
  }

  @Test
  void shouldMakePromptsLongerByTheChatTemplateOfAModelAlone() {
    final Descriptions shipped = new Descriptions(new Catalog(Path.of("target", "no-such-folder")));
    final Deployment chat = Aliases.read(shipped).loadTest("trtllm", "aiconfigurator", "h100_sxm");
    final FixedLoad load = new FixedLoad(2, 100, 10);
    final List<Request> stated = load.trace(chat, "unheard-of").requests();
    final List<Request> templated = load.trace(chat, "qwen3-32b").requests();
    assertTrue(stated.stream().allMatch(one -> one.inputTokens() == 100));
    assertTrue(templated.stream().allMatch(one -> one.inputTokens() == 108));
    assertTrue(templated.stream().allMatch(one -> one.outputTokens() == 10));
  }

  @Test
  void shouldCallSoftwareWhatItWasFromTheReleaseThatBuiltItSo() {
    final Descriptions shipped = new Descriptions(new Catalog(Path.of("target", "no-such-folder")));
    final Deployment test = Aliases.read(shipped).loadTest("trtllm", "inferencex", "b200_sxm");
    assertEquals("trtllm(dependent)", test.framework("gpt-oss-120b", "1.2.0rc2", "trtllm"));
    assertEquals("trtllm", test.framework("gpt-oss-120b", "", "trtllm"));
    assertEquals("trtllm", test.framework("deepseek-v3", "1.2.0rc2", "trtllm"));
  }

  @Test
  void shouldTakeTheCacheOfACampaignsDeployments() {
    final Descriptions shipped = new Descriptions(new Catalog(Path.of("target", "no-such-folder")));
    final Aliases aliases = Aliases.read(shipped);
    final String device = "b200_sxm";
    assertEquals(
        Optional.of(Format.FP8_E4M3), aliases.loadTest("vllm", "inferencex", device).cache());
    assertEquals(
        aliases.loadTest("vllm", "aiconfigurator", device),
        aliases.loadTest("vllm", "some other", device));
    final Deployment trtllm = aliases.loadTest("trtllm", "inferencex", device);
    final Targets targets = new Targets(shipped, List.of());
    final Model model = targets.model("llama-3.1-70b", new Skips()).orElseThrow();
    final FixedLoad load = new FixedLoad(4, 1024, 1024);
    final SystemDescription box = targets.read("b200-sxm", Optional.of("trtllm-blackwell"), 8);
    final Plan four = plan(box, model, 4, Plan.Ranks.ONE);
    assertEquals(Optional.of(new Hold(20, Optional.of(0.9), false)), trtllm.hold(load, four));
    assertEquals(Optional.empty(), trtllm.hold(load, plan(box, model, 8, Plan.Ranks.ONE)));
    assertEquals(Optional.empty(), trtllm.hold(new FixedLoad(4, 1024, 8192), four));
    final Model experts = targets.model("gpt-oss-120b", new Skips()).orElseThrow();
    assertEquals(
        Optional.of(new Hold(50, Optional.empty(), true, 4, 10)),
        trtllm.hold(load, plan(box, experts, 1, new Plan.Ranks(4, 2))));
    assertEquals(Optional.empty(), trtllm.hold(load, plan(box, experts, 4, Plan.Ranks.ONE)));
    assertEquals(
        8192, trtllm.budget(load, "deepseek-v3", "fp8", "", false, box.stack().scheduler()));
    assertEquals(
        1104,
        trtllm.budget(
            new FixedLoad(16, 1024, 8), "deepseek-v3", "fp8", "", true, box.stack().scheduler()));
    assertEquals(
        Set.of("qkv_proj", "o_proj", "router"),
        trtllm
            .stored("gpt-oss-120b", "nvfp4", Format.NVFP4)
            .orElseThrow()
            .projections()
            .orElseThrow()
            .keySet());
    final Stack vllm = targets.read("b200-sxm", Optional.of("vllm-blackwell"), 1).stack();
    final Deployment graphs = aliases.loadTest("vllm", "inferencex", device);
    assertEquals(
        Optional.of(2049),
        graphs
            .stack(vllm, "gpt-oss-120b", "nvfp4", "", Format.NVFP4)
            .step()
            .eager()
            .orElseThrow()
            .from());
    assertEquals(vllm, graphs.stack(vllm, "llama-3.1-70b", "nvfp4", "", Format.NVFP4));
    final Optional<String> stack = Optional.of("vllm-blackwell");
    assertEquals(
        Format.FP8_E4M3,
        targets.read("b200-sxm", stack, 2, Optional.of(Format.FP8_E4M3)).stack().cache());
    assertEquals(Format.BF16, targets.read("b200-sxm", stack, 2).stack().cache());
  }

  private static Plan plan(
      final SystemDescription box, final Model model, final int chips, final Plan.Ranks ranks) {
    return Plan.of(
        box,
        model,
        new Plan.Wishes(Optional.of(chips), Optional.of(1), Optional.of(Format.NVFP4), ranks));
  }
}
