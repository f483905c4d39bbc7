package org.inferchip.simulation;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.inferchip.arch.Exchange;
import org.inferchip.arch.Quantize;
import org.inferchip.arch.Sections;
import org.inferchip.arch.Stack;
import org.inferchip.lowering.Call;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;

/**
 * Operators of a step that have no kernel, or no time, of their own: they take their lower bound
 * alone.
 *
 * <ul>
 *   <li>The norm that follows a sum over devices, where the library has a kernel for a message of
 *       that size that also adds the residual and norms the sum.
 *   <li>A conversion to a narrow format, where the kernel before it converts what it writes ({@code
 *       after} of the conversion; a fused norm is its sum's kernel).
 *   <li>Operators that the stack names: products that read the same rows as another and are one
 *       kernel with it ({@code sections.beside}), and what runs on a second stream where a graph
 *       holds the step's rows ({@code sections.streams}). With these go the conversion that comes
 *       right before one, and the element-wise work that alone stands between two.
 * </ul>
 *
 * <p>Known error: what shares the memory's bandwidth with others takes its bound in full, and what
 * is launched before its inputs are there is not told apart from what is not. Whether a graph holds
 * a step is told by its rows alone, though some software captures none with prompts.
 */
final class Alongside {
  private Alongside() {}

  /** Those calls themselves: others that are equal to them may stand elsewhere in a step. */
  static Set<Call> of(final LoweredStep step, final Stack stack) {
    final Set<Call> found = Collections.newSetFromMap(new IdentityHashMap<>());
    step.blocks().forEach(block -> add(block.calls(), stack, found));
    return found;
  }

  private static void add(final List<Call> calls, final Stack stack, final Set<Call> found) {
    // Layers follow each other: what ends one is before what begins the next.
    Operator two = calls.get(Math.max(0, calls.size() - 2)).operator();
    Operator one = calls.get(calls.size() - 1).operator();
    for (final Call call : calls) {
      final Operator operator = call.operator();
      if (isNamed(operator, stack)
          || isNorm(operator) && norms(one, stack)
          || converts(operator, stack, isNorm(one) && norms(two, stack) ? two : one)) {
        found.add(call);
      }
      two = one;
      one = operator;
    }
    addStreams(calls, stack, found);
  }

  private static boolean isNamed(final Operator operator, final Stack stack) {
    return isOf(stack.sections().flatMap(Sections::beside), operator)
        || isOf(stack.sections().flatMap(Sections::streams), operator)
            && operator instanceof final MatMul product
            && stack.graphSizes().stream().anyMatch(size -> product.m() <= size);
  }

  private static boolean isOf(final Optional<List<String>> names, final Operator operator) {
    return names.orElse(List.of()).contains(operator.name());
  }

  /** What the stream of named products does for them: from a conversion of its own to the last. */
  private static void addStreams(final List<Call> calls, final Stack stack, final Set<Call> found) {
    int begin = Integer.MAX_VALUE;
    for (int i = 0; i < calls.size(); i++) {
      final Operator operator = calls.get(i).operator();
      if (isNamed(operator, stack)) {
        final boolean converted = i > 0 && isConversion(calls.get(i - 1).operator());
        found.addAll(calls.subList(Math.min(begin, converted ? i - 1 : i), i));
        begin = i;
      } else if (!(operator instanceof Elementwise)) {
        begin = Integer.MAX_VALUE;
      }
    }
  }

  /** Whether the kernel before it converts what it writes. */
  private static boolean converts(
      final Operator operator, final Stack stack, final Operator before) {
    return isConversion(operator)
        && stack
            .matmul()
            .quantize(((Elementwise) operator).output(), ((Elementwise) operator).parameter())
            .flatMap(Quantize::after)
            .orElse(List.of())
            .contains(before.name());
  }

  private static boolean isConversion(final Operator operator) {
    return operator instanceof final Elementwise rows && rows.kind() == Elementwise.Kind.QUANTIZE;
  }

  private static boolean isNorm(final Operator operator) {
    return operator instanceof final Elementwise rows
        && rows.kind() == Elementwise.Kind.ADD_RMS_NORM;
  }

  private static boolean norms(final Operator operator, final Stack stack) {
    if (!(operator instanceof final Collective sum)) {
      return false;
    }
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
