package org.inferchip.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.inferchip.arch.Exchange;
import org.inferchip.arch.Stack;
import org.inferchip.lowering.Call;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.Operator;

/**
 * Operators of a step that have no kernel, or no time, of their own: they take their lower bound
 * alone.
 *
 * <ul>
 *   <li>The norm that follows a sum over devices, where the library has a kernel for a message of
 *       that size that also adds the residual and norms the sum.
 *   <li>Operators that the stack names ({@code sections.beside}): products that read the same rows
 *       as another and are one kernel with it, and what runs on a second stream beside others.
 * </ul>
 *
 * <p>Known error: what shares the memory's bandwidth with others takes its bound in full, and what
 * is launched before its inputs are there is not told apart from what is not.
 */
final class Alongside {
  private Alongside() {}

  static Set<Operator> of(final LoweredStep step, final Stack stack) {
    final Set<Operator> found = new HashSet<>();
    step.blocks().forEach(block -> add(block.calls(), stack, found));
    return found;
  }

  private static void add(final List<Call> calls, final Stack stack, final Set<Operator> found) {
    final List<String> named =
        stack.sections().flatMap(sections -> sections.beside()).orElse(List.of());
    Operator before = null;
    for (final Call call : calls) {
      final Operator operator = call.operator();
      if (named.contains(operator.name())
          || before instanceof final Collective sum && isNorm(operator) && norms(sum, stack)) {
        found.add(operator);
      }
      before = operator;
    }
  }

  private static boolean isNorm(final Operator operator) {
    return operator instanceof final Elementwise rows
        && rows.kind() == Elementwise.Kind.ADD_RMS_NORM;
  }

  private static boolean norms(final Collective sum, final Stack stack) {
    final long bytes = sum.format().bytes(sum.elements());
    return sum.kind() == Collective.Kind.ALL_REDUCE
        && stack.collectives().values().stream()
            .anyMatch(
                kernel ->
                    kernel.norms().orElse(false)
                        && kernel.exchanges(Exchange.ALL_REDUCE)
                        && kernel.takes(sum.devices(), bytes));
  }
}
