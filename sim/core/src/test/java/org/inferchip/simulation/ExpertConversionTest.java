package org.inferchip.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.Call;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.junit.jupiter.api.Test;

class ExpertConversionTest {
  private static final Descriptions SHIPPED =
      new Descriptions(new Catalog(Path.of("target", "no-such-folder")));

  private static double micros(final int groups) {
    final SystemDescription system =
        SHIPPED.system("dgx-h100", Optional.of("trtllm"), Overrides.none()).value();
    final OperatorSimulator simulator =
        new OperatorSimulator(
            system.chip(),
            system.stack().with(system.stack().matmul().quantised("fp8_block", Format.FP8_E4M3)),
            Detail.FOLDED,
            Map.of());
    return simulator
            .simulate(
                new Elementwise(
                    "quantize",
                    Elementwise.Kind.QUANTIZE,
                    12_288,
                    7_168,
                    groups,
                    Format.BF16,
                    Format.FP8_E4M3))
            .latencyPicos()
        / 1e6;
  }

  /**
   * 132 blocks of 8 warps, each with 128 elements (256 bytes in, 128 out) a round: 688,128 pieces
   * take 652 rounds, of some 1,460 cycles at 1.83 GHz.
   */
  @Test
  void shouldConvertRowsOfExpertsByFewWarps() {
    assertEquals(652 * 1_460 / 1.83e3, micros(64), 15);
    assertTrue(micros(0) < 0.5 * micros(64), () -> micros(0) + " us as rows of a dense product");
  }

  @Test
  void shouldSayOfHowManyExpertsConvertedRowsAre() {
    final Plan plan =
        Plan.of(
            SHIPPED.system("dgx-b200", Optional.empty(), Overrides.none()).value(),
            new Models(SHIPPED).read("deepseek-v3").model(),
            new Plan.Wishes(Optional.of(8), Optional.of(1), Optional.of(Format.FP8_E4M3)));
    final List<Call> calls =
        plan.lowering().lower(StepShape.decode(16, 64)).blocks().stream()
            .flatMap(block -> block.calls().stream())
            .toList();
    int experts = 0;
    for (int i = 1; i < calls.size(); i++) {
      final Operator before = calls.get(i - 1).operator();
      if (calls.get(i).operator() instanceof final MatMul product
          && before instanceof final Elementwise rows
          && rows.kind() == Elementwise.Kind.QUANTIZE) {
        assertEquals(product.experts() == 1 ? 0 : product.experts(), rows.parameter());
        experts += product.experts() > 1 ? 1 : 0;
      }
    }
    assertEquals(2, experts);
  }
}
