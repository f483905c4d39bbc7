package org.inferchip.audit;

import java.util.List;
import org.inferchip.audit.Content.Loaded;
import org.inferchip.audit.Content.Unknown;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;

/** What the tensors of a program hold: inputs all they should, all others what was stored. */
final class TensorRegions {
  private final TileProgram program;
  private final Findings findings;
  private final OutputRule outputs;
  private final Locality locality;
  private final RegionMap[] written;
  private final int[] scattered;

  TensorRegions(final TileProgram program, final Findings findings) {
    this.program = program;
    this.findings = findings;
    outputs = OutputRule.of(program.operator(), findings);
    locality = new Locality(program, findings);
    final List<TensorRef> tensors = program.tensors();
    written = new RegionMap[tensors.size()];
    scattered = new int[written.length];
    for (int i = 0; i < written.length; i++) {
      written[i] = isInput(tensors.get(i).role()) ? null : new RegionMap();
      scattered[i] = Task.NONE;
    }
  }

  private static boolean isInput(final Role role) {
    return switch (role) {
      case INPUT, OTHER, WEIGHT, BIAS, KEY, VALUE, INDEX -> true;
      case OUTPUT, SUM, WORKSPACE, STATISTICS -> false;
    };
  }

  private static boolean isResult(final TensorRef tensor) {
    return tensor.role() == Role.OUTPUT || tensor.role() == Role.SUM;
  }

  private static String words(final TensorRef tensor, final Task task) {
    return tensor.role()
        + " rows "
        + task.row
        + ".."
        + (task.row + task.m - 1)
        + " columns "
        + task.col
        + ".."
        + (task.col + task.n - 1);
  }

  private boolean inside(final TensorRef tensor, final Task task) {
    final long rows =
        task.index == Task.NONE ? tensor.rows() : program.tensors().get(task.index).rows();
    final boolean inside =
        task.row >= 0
            && task.col >= 0
            && task.m > 0
            && task.n > 0
            && (long) task.row + task.m <= rows
            && (long) task.col + task.n <= tensor.cols();
    if (!inside) {
      findings.add(Kind.BAD_REGION, words(tensor, task) + " is not inside");
    }
    return inside;
  }

  /** What a load brings. */
  Content load(final StreamState state, final Task task, final Clock clock) {
    final TensorRef tensor = program.tensors().get(task.tensor);
    if (!inside(tensor, task)) {
      return new Unknown(task.m, task.n);
    }
    locality.check(state.stream, tensor, task);
    final RegionMap map = written[task.tensor];
    if (map == null) {
      return new Loaded(tensor, task.row, task.col, task.m, task.n, task.index);
    }
    final List<RegionMap.Write> writes = map.find(task.row, task.col, task.m, task.n);
    for (final RegionMap.Write write : writes) {
      if (!clock.knows(write.stream(), write.item() + 1)) {
        findings.add(
            Kind.READ_BEFORE_WRITE,
            words(tensor, task)
                + " are stored by item "
                + write.item()
                + " of stream "
                + write.stream()
                + ", which no wait makes sure of");
        return new Unknown(task.m, task.n);
      }
      locality.checkSame(state.stream, write.stream(), tensor);
    }
    return Assembly.of(writes, task, tensor, findings);
  }

  /** Takes what a store brings. */
  void store(final StreamState state, final Task task, final Content content) {
    final TensorRef tensor = program.tensors().get(task.tensor);
    final RegionMap map = written[task.tensor];
    if (map == null) {
      findings.add(Kind.BAD_REGION, "stores to the operator's input " + tensor.role());
      return;
    }
    if (!inside(tensor, task)) {
      return;
    }
    locality.check(state.stream, tensor, task);
    scattered[task.tensor] = task.index;
    final RegionMap.Write earlier =
        map.add(
            new RegionMap.Write(
                task.row, task.col, task.m, task.n, content, state.stream, state.item));
    if (earlier != null) {
      findings.add(
          Kind.PRODUCED_TWICE,
          words(tensor, task)
              + " were stored by item "
              + earlier.item()
              + " of stream "
              + earlier.stream());
    }
    if (isResult(tensor) && !(content instanceof Unknown)) {
      outputs.check(tensor, task, content);
    }
  }

  /** After the last task: results must be complete. */
  void finish() {
    for (final TensorRef tensor : program.tensors()) {
      if (isResult(tensor)) {
        final int index = scattered[tensor.id()];
        final long rows = index == Task.NONE ? tensor.rows() : program.tensors().get(index).rows();
        final String hole = written[tensor.id()].hole(rows, tensor.cols());
        if (hole != null) {
          findings.add(
              Kind.NOT_PRODUCED,
              tensor.role()
                  + " has "
                  + written[tensor.id()].area()
                  + " of "
                  + rows * tensor.cols()
                  + " elements; "
                  + hole
                  + " is the first without");
        }
      }
    }
  }
}
