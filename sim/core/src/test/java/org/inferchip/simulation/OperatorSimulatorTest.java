package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.junit.jupiter.api.Test;

class OperatorSimulatorTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));

  private static final Attention ATTENTION =
      new Attention(
          "attention_decode",
          Collections.nCopies(8, new Attention.Sequence(1, 2048)),
          32,
          8,
          128,
          128,
          0,
          true,
          Format.BF16,
          Format.BF16);

  private static final List<Operator> SEVERAL =
      List.of(
          ATTENTION,
          MatMul.dense("o_proj", 64, 1024, 2048, Format.BF16),
          new Collective("all_reduce", Collective.Kind.ALL_REDUCE, 1 << 22, Format.BF16, 8));

  private static SystemDescription described(final String stack, final Overrides values) {
    return SHIPPED.system("dgx-h100", Optional.of(stack), values).value();
  }

  private static OperatorSimulator simulator(final SystemDescription system) {
    return new OperatorSimulator(system.chip(), system.stack(), Detail.FOLDED, Map.of());
  }

  @Test
  void shouldTakeTheOtherSoftwaresPaceWhereTilesAreKept() {
    final OperatorSimulator plain = simulator(described("vllm", Overrides.none()));
    plain.simulate(ATTENTION);
    final SystemDescription slow =
        described("vllm", Overrides.none().with("attention.kernels.fa3.setup", "9 us"));
    final OperatorResult kept =
        plain.keepingMappings(slow.chip(), slow.stack()).simulate(ATTENTION);
    assertEquals(simulator(slow).simulate(ATTENTION), kept);
    assertEquals(plain.simulate(ATTENTION).choice().tiles(), kept.choice().tiles());
    assertNotEquals(plain.simulate(ATTENTION).latencyPicos(), kept.latencyPicos());
  }

  /** TensorRT-LLM chooses up to 16 experts by its own kernel, more by PyTorch's. */
  @Test
  void shouldTakeGeneralKernelsWhereTheOwnOneMakesFewerChoices() {
    final OperatorSimulator simulator = simulator(described("trtllm", Overrides.none()));
    final double own = choiceMicros(simulator, 16);
    assertEquals(own, choiceMicros(simulator, 10), 0.5);
    assertEquals(own + 13, choiceMicros(simulator, 17), 0.5);
  }

  private static double choiceMicros(final OperatorSimulator simulator, final int choices) {
    return simulator
            .simulate(
                new Elementwise(
                    "top_k", Elementwise.Kind.TOP_K, 4, 512, choices, Format.FP32, Format.FP32))
            .latencyPicos()
        / 1e6;
  }

  @Test
  void shouldGiveTheSameWithTimingsOfOtherSoftware() {
    final SystemDescription first = described("trtllm", Overrides.none());
    final Timings timings = new Timings(first.chip(), Detail.FOLDED);
    final OperatorSimulator one = simulator(first).sharing(timings);
    SEVERAL.forEach(one::simulate);
    final SystemDescription second = described("sglang", Overrides.none());
    final OperatorSimulator other = simulator(second).sharing(timings);
    final OperatorSimulator alone = simulator(second);
    for (final Operator operator : SEVERAL) {
      assertEquals(alone.simulate(operator), other.simulate(operator));
    }
  }

  @Test
  void shouldNotShareTimingsOfAnotherChip() {
    final SystemDescription system = described("vllm", Overrides.none());
    final Timings other = new Timings(SHIPPED.chip("a100-sxm-80g").value(), Detail.FOLDED);
    assertThrows(IllegalArgumentException.class, () -> simulator(system).sharing(other));
  }
}
