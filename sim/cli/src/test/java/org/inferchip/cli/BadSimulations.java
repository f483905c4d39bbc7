package org.inferchip.cli;

import java.util.stream.Stream;

/** Simulations that cannot be made: systems, models, traces, sizes and options that do not fit. */
final class BadSimulations {
  private static final String STEP = "step --system h100-sxm --model llama-3.1-8b";
  private static final String DECODE = STEP + " --decode 4 --context 64";
  private static final String RUN =
      "run --system h100-sxm --model llama-3.1-8b --trace chat-azure-like";
  private static final String GEMM = "op gemm --system h100-sxm --m 64 --n 64 --k 64";

  private BadSimulations() {}

  static Stream<BadInput> rows() {
    return Stream.of(steps(), runs(), scenarios(), operators()).flatMap(rows -> rows);
  }

  private static Stream<BadInput> steps() {
    return Stream.of(
        row("step on an unknown system", "step --system h100-sxn --model phi-4 --decode 1")
            .run("--context", "16")
            .says("h100-sxn", "did you mean h100-sxm?"),
        row("step of an unknown model", "step --system h100-sxm --model phi-44 --prefill 16")
            .says("phi-44: there is no model of that name", "did you mean phi-4?"),
        row("step without tokens", STEP).says("--decode: a step has tokens"),
        row("longer than the model's positions", STEP + " --decode 1 --context 10000000")
            .says("a sequence is longer than the model's positions; found 10000000 tokens"),
        row("more sequences than the cache holds", STEP + " --decode 8000 --context 2048")
            .says("the sequences do not fit into the KV cache; found 16384000 tokens"),
        row("decode without context", STEP + " --decode 4").says("--context: --decode needs it"),
        row("step of no sequences", STEP + " --decode 0 --context 64").says("--decode: is out of"),
        row("negative prefill", STEP + " --prefill -5")
            .says("--prefill: is out of range; found -5"),
        row("step without system and model", "step --prefill 16")
            .says("--system: is missing", "--model: is missing"),
        row("model too large for a chip", "step --system h100-sxm --model llama-3.1-405b")
            .run("--prefill", "16")
            .says("system h100-sxm: placement: the model does not fit", "at least 11 chips"),
        row("more chips asked for one axis than the system has", DECODE)
            .run("--tp", "4")
            .says("placement: the placement needs more chips", "at most 1 x h100-sxm"),
        row("context of sequences that are not there", STEP + " --prefill 16 --context 4")
            .says("--context: is of running sequences, and there are none; found 4"),
        row("split that does not divide the heads", DECODE.replace("h100-sxm", "dgx-h100"))
            .run("--tp", "3")
            .says("placement: tensor parallelism must divide", "found 3", "a divisor of 32"),
        row("more chips than the system has", DECODE)
            .run("--tp", "2", "--pp", "4")
            .says("placement: the placement needs more chips", "at most 1 x h100-sxm"),
        row("no stages", DECODE).run("--pp", "0").says("--pp: is out of range; found 0"),
        row("format that the chip lacks", DECODE.replace("h100-sxm", "a100-sxm-80g"))
            .run("--format", "fp8_e4m3")
            .says("the matrix unit of a100-sxm-80g lacks this format; found fp8_e4m3"),
        row("unknown format", DECODE)
            .run("--format", "bf17")
            .says("--format: there is no such number format; found bf17", "did you mean bf16?"),
        row("unknown stack", DECODE).run("--stack", "vlm").says("vlm", "did you mean vllm?"),
        row("override of an unknown key", DECODE)
            .run("--set", "memory.bandwith=4 TB/s")
            .says("bandwith", "did you mean bandwidth?"),
        row("override without a unit", DECODE)
            .run("--set", "memory.bandwidth=4")
            .says("memory.bandwidth", "3.35 TB/s"),
        row("mapping of an operator that is not there", DECODE)
            .run("--map", "q_proj=64x64x64")
            .says("--map: the step has no such operator; found q_proj", "did you mean"),
        row("mapping that is none", DECODE).run("--map", "o_proj=quick").says("quick"),
        row("explanation of a run and a step", "explain --decode 4 --context 8")
            .run("--system", "h100-sxm", "--model", "phi-4", "--trace", "chat-azure-like")
            .says("--trace: a run has the steps of its trace"),
        row("explanation of nothing", "explain --system h100-sxm --model llama-3.1-8b")
            .says("--decode: a step has tokens"),
        row("explanation on an unknown system", "explain --system h1000 --model phi-4")
            .run("--prefill", "16")
            .says("h1000"),
        row("timeline into a file", DECODE)
            .file("file", "")
            .run("--out", "DIR/file")
            .says("DIR/file: the output folder is a file"));
  }

  private static Stream<BadInput> runs() {
    return Stream.of(
        row("run of nothing", "run")
            .says("--system: is missing", "--model: is missing", "--trace: is missing"),
        row("run on an unknown system", "run --system dgx-h10 --model phi-4")
            .run("--trace", "chat-azure-like")
            .says("dgx-h10", "did you mean dgx-h100?"),
        row("run of an unknown trace", "run --system h100-sxm --model phi-4 --trace chat-azure")
            .says("chat-azure: there is no trace of that name", "did you mean chat-azure-like?"),
        row("everything unknown, and wrong options", "run --system dgx-h10 --model phi-44")
            .run("--trace", "chat-azure", "--threads", "0", "--tp", "none", "--thin", "2")
            .says("--tp: not a valid value; found none", "--threads: is out of range; found 0")
            .says("--thin: out of range; found 2.0", "dgx-h10", "phi-44"),
        row("everything unknown", "run --system dgx-h10 --model phi-44 --trace chat-azure")
            .says("dgx-h10", "phi-44", "chat-azure: there is no trace"),
        row("a trace of dropped rows", "run --system h100-sxm --model phi-4 --trace DIR/t.csv")
            .file("t.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:00:00,0,5\n")
            .says("found only rows that were dropped: zero_input_tokens (1, the first in line 2)"),
        row("objective below zero", RUN).run("--slo", "ttft=-5").says("--slo: ttft: is out of"),
        row("run of an empty trace", "run --system h100-sxm --model phi-4 --trace DIR/t.csv")
            .file("t.csv", "")
            .says("DIR/t.csv"),
        row("run of a folder", "run --system h100-sxm --model phi-4 --trace DIR").says("DIR"),
        row("run of no requests", RUN)
            .run("--max-requests", "0")
            .says("--max-requests: not a number of requests; found 0"),
        row("objective that is no time", RUN).run("--slo", "ttft=NaN").says("--slo", "NaN"),
        row("objective in watts", RUN).run("--slo", "tpot=5W").says("--slo", "5W"),
        row("unknown objective", RUN)
            .run("--slo", "tptf=5ms")
            .says("--slo: there is no such objective; found tptf"),
        row("objectives required but not named", RUN)
            .run("--require-slo")
            .says("--require-slo: there are no objectives to meet"),
        row("no replicas, and a router that is not there", RUN)
            .run("--replicas", "0", "--router", "fastest")
            .says("--replicas: is out of range; found 0; expected 1 to 1024")
            .says("--router: not a valid value; found fastest", "least-requests"),
        row("a router of one instance", RUN)
            .run("--router", "random")
            .says("--router: there is one instance; found no --replicas"),
        row("a router that looks into caches that are off", RUN)
            .run("--replicas", "2", "--router", "prefix", "--no-prefix-caching")
            .says("router: there are no prefix caches to look into"),
        row("draws of several replicas", RUN)
            .run("--replicas", "2", "--draws", "100")
            .says("--draws: draws are of one instance; found --replicas 2"),
        row("a handover with everything wrong", RUN)
            .run("--prefill-system", "h100-sxn", "--prefill-replicas", "0")
            .run("--handover", "bandwith=50GB/s,latency=10,overlap=layer")
            .says("--prefill-replicas: is out of range; found 0", "h100-sxn", "h100-sxm?")
            .says("there is no such key; found bandwith", "bandwidth: is missing")
            .says("latency: lacks a unit", "found layer", "did you mean layers?"),
        row("prompts computed elsewhere without a port", RUN)
            .run("--prefill-system", "h100-sxm")
            .says("--handover: is missing"),
        row("a port with nobody at its other end", RUN)
            .run("--handover", "bandwidth=50GB/s,latency=10us")
            .says("--prefill-system: is missing, so there is nobody to hand caches over"),
        row("caches handed over by batches", RUN)
            .run("--prefill-system", "h100-sxm", "--policy", "static")
            .run("--handover", "bandwidth=50GB/s,latency=10us")
            .says("h100-sxm: its scheduler hands no caches over; found policy static"),
        row("unknown policy", RUN)
            .run("--policy", "fifo")
            .says("--policy: not a valid value; found fifo", "vllm"),
        row("run into a place without rights", RUN)
            .run("--out", "/proc/inferchip")
            .says("/proc/inferchip: the output folder cannot be made"),
        row("comparison of nothing", "compare --model phi-4 --trace chat-azure-like")
            .says("SYSTEM: is missing"),
        row("comparison of a system with itself", "compare h100-sxm h100-sxm --model phi-4")
            .run("--trace", "chat-azure-like")
            .says("SYSTEM: a system is named twice; found h100-sxm"),
        row("comparison with an unknown system", "compare h100-sxm tpu-v5 --model phi-4")
            .run("--trace", "chat-azure-like")
            .says("tpu-v5", "did you mean tpu-v5e?"),
        row("comparison on two that are too small", "compare h100-sxm b200-sxm")
            .run("--model", "llama-3.1-405b", "--trace", "chat-azure-like")
            .says("system h100-sxm: placement: the model does not fit")
            .says("system b200-sxm: placement: the model does not fit"),
        row(
                "comparison of an unknown model with an unknown stack",
                "compare h100-sxm b200-sxm --model phi-44")
            .run("--trace", "chat-azure", "--stack", "vlm")
            .says("phi-44", "chat-azure", "did you mean vllm?"),
        row("comparison without a model", "compare h100-sxm --trace chat-azure-like")
            .says("--model: is missing"));
  }

  private static Stream<BadInput> scenarios() {
    final String good =
        "name: s\ndescription: d\nsystem: h100-sxm\nmodel: phi-4\ntrace: chat-azure-like\n";
    return Stream.of(
        row("unknown scenario", "run chat-h10").says("chat-h10", "did you mean chat-h100?"),
        scenario("scenario without a trace", good.replace("trace: chat-azure-like\n", ""))
            .says("DIR/s.yaml:1:1: trace: is missing"),
        scenario("scenario with a misspelt key", good + "polcy: vllm\n")
            .says("DIR/s.yaml:6:1: polcy: is not a key", "did you mean policy?"),
        scenario("scenario with an unknown policy", good + "policy: fifo\n")
            .says("DIR/s.yaml:6:9: policy", "found fifo"),
        scenario("scenario with an objective without a unit", good + "slo: {ttft: 500}\n")
            .says("DIR/s.yaml:6:13: slo.ttft"),
        scenario(
                "scenario with pins of nothing and of no form",
                good + "mappings: {q_proj: 64x64x64, o_proj: quick}\n")
            .says("the step has no such operator; found q_proj", "did you mean")
            .says("o_proj: the tile has 1 sizes, not 3; found quick"),
        scenario(
                "scenario with a pin that does not fit",
                good + "max_requests: 1\nmappings: {o_proj: 512x512x512 stages 4}\n")
            .says("mapping: o_proj: ", "found 512x512x512", "did you mean "),
        scenario("scenario of no replicas", good + "replicas: 0\nrouter: fast\n")
            .says("DIR/s.yaml:6:11: replicas", "DIR/s.yaml:7:9: router", "round-robin"),
        scenario("scenario split over no chips", good + "tensor_parallel: 0\n")
            .says("DIR/s.yaml:6:18: tensor_parallel", "found 0"),
        scenario("scenario on a system that is not there", good.replace("h100-sxm", "h200-sxn"))
            .says("h200-sxn", "did you mean h200-sxm?"));
  }

  private static Stream<BadInput> operators() {
    return Stream.of(
        row("unknown operator", "op gem --system h100-sxm --m 64 --n 64 --k 64")
            .says("KIND: there is no such operator; found gem", "did you mean gemm?"),
        row("operator without sizes", "op gemm --system h100-sxm --m 64")
            .says("--n: gemm needs it", "--k: gemm needs it"),
        row("operator with sizes of another", GEMM + " --batch 3 --seq 5")
            .says("--batch: gemm has no such size; found 3; expected --m, --n, --k", "--seq: gemm"),
        row("operator beyond all time", "op gemm --system h100-sxm --m 99999999 --n 99999999")
            .run("--k", "99999999")
            .says("KIND: the operator is too large to be simulated; found 1.0e+24 operations"),
        row("rows that no core holds", "op softmax --system h100-sxm --m 64 --n 2000000000")
            .says("no mapping of softmax fits into a core; found 64 rows of 2000000000 in bf16"),
        row("operator on an unknown system", GEMM.replace("h100-sxm", "h100")).says("h100"),
        row("operator in a format that the chip lacks", GEMM.replace("h100-sxm", "a100-sxm-80g"))
            .run("--format", "fp8_e4m3")
            .says("--format: the matrix unit of a100-sxm-80g lacks this format"),
        row("operator in an unknown format", GEMM)
            .run("--format", "fp15")
            .says("--format: there is no such number format; found fp15"),
        row("heads that do not divide", "op attention-decode --system h100-sxm --batch 1")
            .run("--context", "64", "--heads", "8", "--kv-heads", "3", "--head-dim", "64")
            .says("--kv-heads: must divide --heads; found 3"),
        row("context shorter than the prompt", "op attention-prefill --system h100-sxm --batch 1")
            .run("--seq", "64", "--context", "32", "--heads", "8", "--kv-heads", "8")
            .run("--head-dim", "64")
            .says("--context: must be at least --seq; found 32"),
        row("all-reduce of no bytes", "op all-reduce --system dgx-h100 --bytes 0 --devices 8")
            .says("--bytes: is out of range; found 0"),
        row("all-reduce over more than the links reach", "op all-reduce --system dgx-h100")
            .run("--bytes", "4096", "--devices", "1000000")
            .says("--devices: the links of h100-sxm do not join so many; found 1000000"),
        row("all-reduce over some more than the links reach", "op all-reduce --system dgx-h100")
            .run("--bytes", "4096", "--devices", "99")
            .says("--devices: the links of h100-sxm do not join so many; found 99; expected 2 to"),
        row("all-reduce over one", "op all-reduce --system dgx-h100 --bytes 4096 --devices 1")
            .says("--devices: is out of range; found 1; expected 2 or more"));
  }

  private static BadInput row(final String name, final String line) {
    return BadInput.named(name).run(line.split(" "));
  }

  private static BadInput scenario(final String name, final String text) {
    return BadInput.named(name).file("s.yaml", text).run("run", "DIR/s.yaml");
  }
}
