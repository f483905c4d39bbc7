package org.inferchip.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inferchip.model.Model;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Collective;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Traffic;
import org.junit.jupiter.api.Test;

/** Tokens of ranks go to their experts and back; nothing is lost on the way. */
final class RoutesTest {
  private static final Numbers BF16 = Numbers.of(Format.BF16);

  private static Routes routes(
      final int experts, final int perToken, final List<Integer> tokens, final int devices) {
    return new Routes(Router.of(experts, perToken, Optional.empty(), 0), tokens, devices);
  }

  @Test
  void shouldSendEachTokenToAsManyExpertsAsItHas() {
    final Traffic rows = routes(64, 6, List.of(7, 0, 30, 11), 4).traffic(1);
    assertEquals(7 * 6, rows.held(0));
    assertEquals(0, rows.held(1));
    assertEquals(30 * 6, rows.held(2));
    assertEquals(48 * 6, rows.total());
    assertEquals(48 * 6, rows.got(0) + rows.got(1) + rows.got(2) + rows.got(3));
  }

  @Test
  void shouldChooseDifferentExpertsEvenly() {
    // All experts are chosen by every token where it has as many as there are.
    assertEquals(List.of(9, 9), routes(4, 4, List.of(9), 2).busiest());
    // 20,000 tokens with 2 of 8 experts: 5000 each, within five deviations of sqrt(3750).
    final Traffic rows = routes(8, 2, List.of(20_000, 0, 0, 0, 0, 0, 0, 0), 8).traffic(1);
    for (int device = 0; device < 8; device++) {
      assertEquals(5000, rows.got(device), 5 * Math.sqrt(3750));
    }
  }

  @Test
  void shouldOnlyAddToWhatExpertsHaveWithMoreTokens() {
    final int[] before = new int[4];
    for (int tokens = 1; tokens < 200; tokens++) {
      final Traffic rows = routes(16, 2, List.of(tokens, 0, 0, 0), 4).traffic(1);
      for (int device = 0; device < 4; device++) {
        assertTrue(rows.got(device) >= before[device], tokens + " tokens");
        before[device] = rows.got(device);
      }
    }
  }

  @Test
  void shouldDoTheWholeLayerOnAllDevicesTogether() {
    final Model model = Models.here().read("mixtral-8x7b").model();
    final int tokens = 40;
    for (final Split split :
        List.of(
            new Split(1, 1, 1, 4, 4),
            new Split(2, 1, 1, 4, 8),
            new Split(2, 1, 1, 2, 2),
            new Split(4, 1, 1, 1, 4),
            new Split(1, 1, 1, 4, 1))) {
      final int each = tokens / split.dataParallel();
      final LoweredStep step = new Lowering(model, split, BF16).lower(StepShape.decode(each, 64));
      double macs = 0;
      for (final Call call : step.blocks().get(0).calls()) {
        if (call.operator() instanceof final MatMul product
            && product.name().startsWith("expert_")) {
          macs += product.multiplyAccumulates() * call.meanShare() * split.stageDevices();
        }
      }
      // Two experts of three matrices of 4096 x 14336 for each token.
      assertEquals(tokens * 2 * 3 * 4096.0 * 14336, macs, 1e-9 * macs, split.toString());
    }
  }

  @Test
  void shouldRouteTokensWhereEachDeviceHasExpertsOfItsOwn() {
    final Model model = Models.here().read("mixtral-8x7b").model();
    final List<String> routed = exchanges(model, new Split(1, 1, 1, 4, 4));
    assertEquals(List.of("all_to_all_dispatch", "all_to_all_combine"), routed);
    final List<String> gathered = exchanges(model, new Split(1, 1, 1, 4, 2));
    assertEquals(List.of("all_gather", "reduce_scatter"), gathered);
    final List<String> wide = exchanges(model, new Split(2, 1, 1, 2, 4));
    assertEquals(
        List.of("all_reduce", "all_to_all_dispatch", "all_to_all_combine", "all_gather"), wide);
    // One rank: every device has all tokens, and what its experts make of them is summed.
    assertEquals(List.of("all_reduce", "all_reduce"), exchanges(model, new Split(4, 1, 1, 1, 4)));
  }

  private static List<String> exchanges(final Model model, final Split split) {
    final List<String> names = new ArrayList<>();
    new Lowering(model, split, BF16)
        .lower(StepShape.decode(8, 64))
        .blocks()
        .get(0)
        .calls()
        .forEach(
            call -> {
              if (call.operator() instanceof Collective) {
                names.add(call.operator().name());
              }
            });
    return names;
  }
}
