package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Stack;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.junit.jupiter.api.Test;

class ExpertFusionTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));

  private static LoweredStep step(final String model, final Format weights) {
    final Plan plan =
        Plan.of(
            SHIPPED.system("dgx-b200", Optional.empty(), Overrides.none()).value(),
            new Models(SHIPPED).read(model).model(),
            new Plan.Wishes(Optional.of(8), Optional.of(1), Optional.of(weights)));
    return plan.lowering().lower(StepShape.decode(16, 64));
  }

  private static List<String> names(final LoweredStep step) {
    return step.blocks().get(step.blocks().size() - 1).calls().stream()
        .map(call -> call.operator().name())
        .toList();
  }

  /** From the choice of experts to their weighted sum. */
  private static List<String> experts(final LoweredStep step) {
    final List<String> names = names(step);
    return names.subList(names.indexOf("top_k") + 1, names.indexOf("combine") + 1);
  }

  @Test
  void shouldLaunchWhatTheKernelOfExpertsLeaves() {
    final LoweredStep step = step("deepseek-v3", Format.NVFP4);
    assertEquals(
        List.of(
            "permute",
            "quantize",
            "expert_gate_up_proj",
            "silu_mul",
            "quantize",
            "expert_down_proj",
            "combine"),
        experts(step));
    final Stack fused = SHIPPED.stack("vllm-blackwell").value();
    assertEquals(
        List.of("quantize", "expert_gate_up_proj", "expert_down_proj", "combine"),
        experts(ExpertFusion.of(step, fused)));
    // The shared expert is dense.
    assertEquals(
        names(step).subList(names(step).indexOf("combine"), names(step).size()),
        names(ExpertFusion.of(step, fused))
            .subList(
                names(ExpertFusion.of(step, fused)).indexOf("combine"),
                names(ExpertFusion.of(step, fused)).size()));
  }

  @Test
  void shouldLaunchAllWhereTheKernelFusesNothing() {
    final LoweredStep step = step("deepseek-v3", Format.NVFP4);
    assertEquals(
        experts(step), experts(ExpertFusion.of(step, SHIPPED.stack("trtllm-blackwell").value())));
    final LoweredStep dense = step("llama-3.1-8b", Format.BF16);
    assertEquals(dense, ExpertFusion.of(dense, SHIPPED.stack("vllm-blackwell").value()));
  }

  /**
   * Experts of gpt-oss-120b, 2,880 wide, on eight devices: Marlin's kernels want hidden sizes in
   * multiples of 256 and 128 elements of a device's width (vLLM, quantization/mxfp4.py).
   */
  @Test
  void shouldMultiplyTheZerosThatFillWeightsUp() {
    final Stack usual = SHIPPED.stack("vllm").value();
    final Stack marlin = usual.with(usual.matmul().with("w4a16_mxfp4-marlin", Format.BF16));
    final Plan plan =
        Plan.of(
            SHIPPED.system("dgx-h100", Optional.empty(), Overrides.none()).value(),
            new Models(SHIPPED).read("gpt-oss-120b").model(),
            new Plan.Wishes(Optional.of(8), Optional.of(1), Optional.of(Format.MXFP4)));
    final LoweredStep step = plan.lowering().lower(StepShape.decode(16, 64));
    assertEquals(List.of(List.of(720, 2880), List.of(2880, 360)), sizes(step));
    assertEquals(
        List.of(List.of(768, 3072), List.of(3072, 384)), sizes(ExpertFusion.of(step, marlin)));
    assertEquals(
        List.of(List.of(720, 2880), List.of(2880, 360)), sizes(ExpertFusion.of(step, usual)));
  }

  /** Columns and reductions of the products of experts of a layer. */
  private static List<List<Integer>> sizes(final LoweredStep step) {
    return step.blocks().get(0).calls().stream()
        .filter(call -> call.operator().name().startsWith("expert_"))
        .map(call -> (MatMul) call.operator())
        .map(product -> List.of(product.n(), product.k()))
        .toList();
  }

  @Test
  void shouldTakeAbsorbedProjectionsForABatchOfEqualProducts() {
    final LoweredStep step = step("deepseek-v3", Format.NVFP4);
    step.forEach(
        (operator, count) -> {
          if (operator instanceof final MatMul product) {
            final boolean experts = product.name().startsWith("expert_");
            assertEquals(experts, product.experts() > 1, product::name);
            assertEquals(experts || product.name().endsWith("absorb"), product.groups() > 1);
          }
        });
  }
}
