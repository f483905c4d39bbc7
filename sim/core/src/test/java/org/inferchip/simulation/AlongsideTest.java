package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Operator;
import org.junit.jupiter.api.Test;

class AlongsideTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));

  private static LoweredStep step(final String model, final int chips, final StepShape shape) {
    return step(model, chips, shape, Format.FP8_E4M3);
  }

  private static LoweredStep step(
      final String model, final int chips, final StepShape shape, final Format weights) {
    final SystemDescription box =
        SHIPPED.system("dgx-b200", Optional.empty(), Overrides.none()).value();
    return Plan.of(
            box,
            new Models(SHIPPED).read(model).model(),
            new Plan.Wishes(Optional.of(chips), Optional.of(1), Optional.of(weights)))
        .lowering()
        .lower(shape);
  }

  private static List<String> beside(final LoweredStep step, final String stack) {
    final Stack software = SHIPPED.stack(stack).value();
    return Alongside.of(step, software).stream()
        .map(call -> call.operator().name())
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void shouldNormWhereTheSumsKernelDoes() {
    final LoweredStep shared = step("llama-3.1-70b", 8, StepShape.decode(16, 64));
    assertEquals(List.of("rmsnorm"), beside(shared, "vllm-blackwell-fused"));
    assertEquals(List.of(), beside(shared, "vllm-blackwell"));
    // Nothing is summed on one chip, and the norm before the layers follows no sum.
    assertEquals(
        List.of(),
        beside(step("llama-3.1-70b", 1, StepShape.decode(16, 64)), "vllm-blackwell-fused"));
  }

  @Test
  void shouldNormBySelfWhereMessagesAreTooLong() {
    // 1 MiB on eight devices: 64 tokens of 8,192 elements in 16 bits.
    assertEquals(
        List.of("rmsnorm"),
        beside(step("llama-3.1-70b", 8, StepShape.decode(63, 64)), "vllm-blackwell-fused"));
    assertEquals(
        List.of(),
        beside(step("llama-3.1-70b", 8, StepShape.decode(64, 64)), "vllm-blackwell-fused"));
  }

  @Test
  void shouldConvertWhereTheKernelBeforeDoes() {
    // The output of attention; not that of norms and activations.
    final StepShape shape = StepShape.decode(16, 64);
    assertEquals(1, conversions(step("llama-3.1-70b", 1, shape, Format.NVFP4)));
    assertEquals(1, conversions(step("llama-3.1-70b", 8, shape, Format.NVFP4)));
  }

  private static long conversions(final LoweredStep step) {
    return Alongside.of(step, SHIPPED.stack("trtllm-blackwell").value()).stream()
        .filter(call -> call.operator().name().equals("quantize"))
        .count();
  }

  @Test
  void shouldRunWhatSharedExpertsNeedOnTheirStream() {
    // The compressed keys are one product with the compressed queries, which converts the input.
    // Of a layer with experts: conversions of the inputs of the shared expert's two products and
    // its activation. The routed experts' are not, though the input's conversion is equal.
    final LoweredStep step = step("deepseek-v3", 8, StepShape.decode(16, 64));
    final Stack software = SHIPPED.stack("sglang-blackwell").value();
    final List<String> beside =
        Alongside.of(step, software).stream().map(call -> call.operator().name()).sorted().toList();
    final List<String> dense = List.of("kv_a_proj", "quantize");
    final List<String> layer =
        List.of(
            "kv_a_proj",
            "quantize",
            "quantize",
            "quantize",
            "shared_expert_down_proj",
            "shared_expert_gate_up_proj",
            "silu_mul");
    assertEquals(Stream.of(dense, layer).flatMap(List::stream).sorted().toList(), beside);
    // No graph holds a thousand rows.
    assertEquals(
        List.of("kv_a_proj", "quantize"),
        beside(step("deepseek-v3", 8, StepShape.decode(1000, 64)), "sglang-blackwell"));
  }

  @Test
  void shouldTakeNoMoreThanItsBound() {
    final Operator norm =
        step("llama-3.1-70b", 8, StepShape.decode(16, 64)).blocks().get(0).calls().stream()
            .map(call -> call.operator())
            .filter(operator -> operator.name().equals("rmsnorm"))
            .findFirst()
            .orElseThrow();
    final SystemDescription box =
        SHIPPED.system("dgx-b200", Optional.empty(), Overrides.none()).value();
    final OperatorResult alone =
        new OperatorSimulator(box.chip(), box.stack(), Detail.FOLDED, Map.of()).simulate(norm);
    assertEquals((long) Math.ceil(alone.bounds().lower()), alone.beside().latencyPicos());
    assertEquals(0, alone.beside().launchPicos());
    assertTrue(alone.beside().latencyPicos() < alone.latencyPicos());
    assertEquals(alone.energy(), alone.beside().energy());
  }
}
