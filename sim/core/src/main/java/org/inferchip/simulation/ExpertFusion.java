package org.inferchip.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.inferchip.arch.GroupedKernel;
import org.inferchip.arch.Stack;
import org.inferchip.lowering.Call;
import org.inferchip.lowering.LayerBlock;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;

/**
 * A step as software launches it: where its kernel for products of experts reads rows in place,
 * nothing puts them in the order of experts; where its first product activates, nothing stands
 * between the two products; where its weights are filled up with zeros, products are those of the
 * filled sizes ({@link GroupedKernel}). What is computed stays the same.
 *
 * <p>Known error: the room that zeros take in memory is not counted.
 */
final class ExpertFusion {
  private static final String DOWN = "expert_down_proj";
  private static final String GATED = "expert_gate_up_proj";

  private ExpertFusion() {}

  static LoweredStep of(final LoweredStep step, final Stack stack) {
    final List<LayerBlock> blocks = new ArrayList<>();
    for (final LayerBlock block : step.blocks()) {
      blocks.add(new LayerBlock(block.layers(), launched(block.calls(), stack)));
    }
    return new LoweredStep(step.prologue(), blocks, step.epilogue(), step.hops());
  }

  private static List<Call> launched(final List<Call> calls, final Stack stack) {
    final GroupedKernel kernel =
        calls.stream()
            .filter(ExpertFusion::ofExperts)
            .map(call -> stack.matmul().grouped(((MatMul) call.operator()).multiplied()))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(null);
    if (kernel == null) {
      return calls;
    }
    final boolean inPlace = is(kernel, GroupedKernel::inPlace);
    final boolean activates = is(kernel, GroupedKernel::activates);
    final List<Call> launched = new ArrayList<>();
    boolean between = false;
    for (final Call call : calls) {
      final boolean experts = ofExperts(call);
      final boolean permutes =
          call.operator() instanceof final Elementwise rows
              && rows.kind() == Elementwise.Kind.PERMUTE;
      if (experts || !(between && activates || permutes && inPlace)) {
        launched.add(experts ? padded(call, kernel) : call);
      }
      between = between != experts;
    }
    return launched;
  }

  private static Call padded(final Call call, final GroupedKernel kernel) {
    return kernel
        .padded()
        .map(pads -> padded((MatMul) call.operator(), pads))
        .map(product -> new Call(product, call.operands(), call.reach(), call.meanShare()))
        .orElse(call);
  }

  private static MatMul padded(final MatMul product, final GroupedKernel.Padding pads) {
    if (product.name().equals(DOWN)) {
      return product.sized(pads.ofHidden(product.n()), pads.ofWidth(product.k()));
    }
    final int parts = product.name().equals(GATED) ? 2 : 1;
    return product.sized(parts * pads.ofWidth(product.n() / parts), pads.ofHidden(product.k()));
  }

  private static boolean ofExperts(final Call call) {
    return call.operator() instanceof final MatMul product
        && (product.experts() > 1 || product.name().startsWith("expert_"));
  }

  private static boolean is(
      final GroupedKernel kernel, final Function<GroupedKernel, Optional<Boolean>> what) {
    return what.apply(kernel).orElse(false);
  }
}
