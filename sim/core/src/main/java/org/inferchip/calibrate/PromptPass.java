package org.inferchip.calibrate;

import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.AttentionKernel;
import org.inferchip.mapping.AttentionRules;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Elementwise;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.Warmth;
import org.inferchip.units.Picoseconds;

/**
 * The pass over queries, keys and values that measurements of prompts hold before the attention
 * kernel, without a launch of its own: the bytes that it moves (16 bits read, the kernel's format
 * written), or the blocks that write the cache where those take longer, and after them the
 * instructions that turn queries, which do not overlap with either. What a call touches is warm
 * where it fits the cache, as keys and values are ({@link AttentionRows}).
 */
final class PromptPass {
  private static final int BLOCK = 512;
  private static final int THREADS = 2048;

  private final Target target;
  private final Attention op;
  private final AttentionKernel kernel;

  private PromptPass(final Target target, final Attention op, final AttentionKernel kernel) {
    this.target = target;
    this.op = op;
    this.kernel = kernel;
  }

  /** Its time; nothing where the stack's kernel for the call is not known. */
  static long picos(final Target target, final Attention op) {
    final Optional<AttentionKernel> kernel =
        AttentionRules.kernel(op, target.chip(), target.stack());
    return kernel.map(known -> new PromptPass(target, op, known).picos()).orElse(0L);
  }

  private long picos() {
    return Math.max(traffic(), blocks()) + turning();
  }

  private long traffic() {
    final int queries = kernel.passBlock().isPresent() ? 0 : op.heads();
    final int heads = (int) Math.round(kernel.passTraffic() * (queries + 2 * op.kvHeads()));
    if (heads == 0) {
      return 0;
    }
    final Elementwise pass =
        new Elementwise(
            "rope",
            Elementwise.Kind.ROPE,
            op.queryRows(),
            heads * op.headDim(),
            op.headDim(),
            Format.BF16,
            op.activation());
    return target.operators().simulate(pass, warmth(pass)).timing().makespanPicos();
  }

  /** What is left of the pass's input and results by the call before. */
  private Warmth warmth(final Elementwise pass) {
    final double touched =
        pass.compulsoryReadBytes() + pass.compulsoryWriteBytes() + op.compulsoryWriteBytes();
    final double hit = AttentionRows.hit(target, touched);
    return hit == 0 ? Warmth.COLD : new Warmth(Map.of(Role.INPUT, hit, Role.OUTPUT, hit));
  }

  /** As many blocks run side by side as cores have threads for, and a chip starts one a cycle. */
  private long blocks() {
    if (kernel.passBlock().isEmpty()) {
      return 0;
    }
    final double threads = Math.min(BLOCK, op.kvHeads() * op.headDim());
    final double each = kernel.passBlock().get() * threads / THREADS / target.chip().coreCount();
    return Picoseconds.of(op.queryRows() * Math.max(each, 1 / target.chip().clock()));
  }

  private long turning() {
    if (kernel.passRate().isEmpty()) {
      return 0;
    }
    final double elements =
        (double) op.queryRows() * op.heads() * (op.headDim() + kernel.passRow().orElse(0));
    return Picoseconds.of(
        elements / (kernel.passRate().get() * target.chip().coreCount() * target.chip().clock()));
  }
}
