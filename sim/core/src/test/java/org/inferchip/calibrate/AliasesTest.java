package org.inferchip.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AliasesTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("../..").toAbsolutePath().normalize()));
  private static final Aliases MEASURED = Aliases.read(SHIPPED);

  private static Set<String> names(final Kind<?> kind) {
    return new TreeSet<>(SHIPPED.catalog().names(kind.folder(), Catalog.YAML));
  }

  @Test
  void shouldNameOnlyChipsAndStacksThatAreDescribed() {
    final Set<String> chips = names(Kind.CHIP);
    chips.addAll(names(Kind.SYSTEM));
    MEASURED.devices().forEach((device, chip) -> assertTrue(chips.contains(chip), device));
    final Set<String> stacks = names(Kind.STACK);
    MEASURED.stacks().forEach((framework, stack) -> assertTrue(stacks.contains(stack), framework));
  }

  @ParameterizedTest
  @CsvSource({
    "NVIDIA H100 80GB HBM3, h100-sxm",
    "NVIDIA A100-SXM4-80GB, a100-sxm-80g",
    "NVIDIA A100-SXM4-40GB, a100-sxm-40g",
    "NVIDIA A100 80GB PCIe, a100-pcie-80g",
    "NVIDIA GeForce RTX 4090, rtx-4090",
    "NVIDIA GeForce RTX 3090, rtx-3090",
    "NVIDIA RTX A6000, a6000",
    "NVIDIA A40, a40",
    "NVIDIA L40S, l40s",
    "NVIDIA GB200, gb200",
    "GB300-NVL72, gb300",
    "NVIDIA Thor, jetson-thor",
    "Jetson AGX Orin, jetson-orin",
    "AMD Instinct MI300X, mi300x",
    "Intel(R) Arc(TM) Pro B60 Graphics, intel-b60",
    "TPU v6e, tpu-v6e",
    "TPU-v6e-1, tpu-v6e",
    "TPUv3, tpu-v3",
    "jetson_orin_nx, jetson-orin-nx-16g",
    "a100_pairwise_nvlink, a100-pcie-80g",
    "a40_pairwise_nvlink, a40-bridged",
    "H100 NVL, h100-nvl",
  })
  void shouldKnowDevicesAsTheirDriversNameThem(final String device, final String chip) {
    assertEquals(Optional.of(chip), MEASURED.chip(device));
  }

  @Test
  void shouldNotGuessBetweenDevicesThatAreSpeltAlike() {
    assertEquals(Optional.of("a100-pcie-80g"), MEASURED.chip("a100"));
    assertEquals(Optional.of("a100-sxm-80g"), MEASURED.chip("A100"));
    assertEquals(Optional.empty(), MEASURED.chip("NVIDIA A100"));
  }

  @Test
  void shouldNotTakeOneDeviceForAnotherWhoseNameItBeginsWith() {
    assertEquals(Optional.empty(), MEASURED.chip("NVIDIA H200 NVL"));
    assertEquals(Optional.empty(), MEASURED.chip("NVIDIA RTX PRO 6000 Blackwell Max-Q Edition"));
  }

  @ParameterizedTest
  @CsvSource({
    "trtllm, a100_sxm, trtllm-a100",
    "trtllm, h100_sxm, trtllm",
    "trtllm, b200_sxm, trtllm-blackwell",
    "trtllm, rtx_pro_6000_server, trtllm-rtx",
    "sglang, b200_sxm, sglang-blackwell",
    "nccl, a100_sxm, nccl-a100",
    "llmcompass, MI210, eager-rocm",
    "llmcompass, TPUv3, xla",
    "sglang, mi300x, vllm-rocm",
    "vllm_eager, b300_sxm, vllm-eager-blackwell",
    "vllm 0.19.0, RTX4090, profiled-vllm-ada",
    "vidur, a100_dgx, profiled-a100",
    "vidur(sarathi-serve), h100, profiled-2023",
    "LLMServingSim-v0(hf/torch), H100, profiled",
    "vidur(sarathi-serve), a40, profiled-ada",
    "trtllm, l40s, trtllm-ada",
    "trtllm, gb200_sxm, trtllm-blackwell",
    "sglang, b300_sxm, sglang-blackwell",
  })
  void shouldGiveAFrameworkTheStackOfTheGeneration(
      final String framework, final String device, final String stack) {
    assertEquals(Optional.of(stack), MEASURED.stack(framework, device));
  }

  @Test
  void shouldLeaveTheChipsOwnStackWhereNoneIsNamed() {
    assertEquals(Optional.empty(), MEASURED.stack("vllm", "h100_sxm"));
  }

  @Test
  void shouldPreferTheDeviceToTheChipAndTheChipToTheFramework() {
    final Aliases aliases =
        new Aliases(
            "",
            "",
            Map.of("a", "chip", "b", "chip", "c", "other"),
            Map.of(),
            Map.of(),
            Map.of("f/a", "1", "f/chip", "2", "f", "3"),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of());
    assertEquals(Optional.of("1"), aliases.stack("f", "a"));
    assertEquals(Optional.of("2"), aliases.stack("f", "b"));
    assertEquals(Optional.of("3"), aliases.stack("f", "c"));
    assertEquals(Optional.of("3"), aliases.stack("f", "unknown"));
  }

  @ParameterizedTest
  @CsvSource({
    "meta-llama/Llama-3.3-70B-Instruct, llama-3.1-70b",
    "nvidia/Llama-3.3-70B-Instruct-NVFP4, llama-3.1-70b",
    "meta-llama/Meta-Llama-3.1-8B, llama-3.1-8b",
    "LLAMA3.1_8B, llama-3.1-8b",
    "Qwen/Qwen3-235B-A22B-FP8, qwen3-235b-a22b",
    "Qwen/Qwen3-30B-A3B-Thinking-2507, qwen3-30b-a3b",
    "deepseek-ai/DeepSeek-R1-0528, deepseek-v3",
    "deepseek-ai/DeepSeek-V3.1, deepseek-v3",
    "meta-llama/Llama-3.1-405B-Instruct-FP8, llama-3.1-405b",
    "Qwen/Qwen2.5-32B-Instruct-AWQ, qwen2.5-32b",
  })
  void shouldKnowModelsByTheirShapes(final String name, final String model) {
    final ModelNames names =
        new ModelNames(
            MEASURED.models(), SHIPPED.catalog().names("workloads/models", Catalog.YAML));
    assertEquals(Optional.of(model), names.find(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deepseek-ai/DeepSeek-V3.2",
        "meta-llama/Llama-4-Maverick-17B-128E-Instruct",
        "Qwen/Qwen3-Next-80B-A3B-Instruct",
        "instruct",
        "",
      })
  void shouldNotTakeOneModelForAnother(final String name) {
    final ModelNames names =
        new ModelNames(
            MEASURED.models(), SHIPPED.catalog().names("workloads/models", Catalog.YAML));
    assertEquals(Optional.empty(), names.find(name));
  }
}
