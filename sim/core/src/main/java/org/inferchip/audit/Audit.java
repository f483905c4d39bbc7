package org.inferchip.audit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.inferchip.arch.Chip;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.program.Capacity;
import org.inferchip.program.Operands;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.TileProgram;

/**
 * Checks a whole tile program against its operator, without computing a value.
 *
 * <p>Every task is walked; nothing is sampled or folded. What is checked: {@link Finding.Kind}. A
 * sound report means: by the program's own waits and slots, whatever the timing, each element of
 * the result is stored exactly once and is what the operator says, from each input exactly once.
 * Not checked: values (arithmetic does that), the numbers that only timing reads ({@code
 * reuseDistance}, {@code multicast}, {@code extra}), and the law that trips of a block have one
 * shape.
 *
 * <p>Cost: about a microsecond a task; memory for each store, and for each distinct region loaded.
 */
public final class Audit {
  private Audit() {}

  /**
   * Audits a program.
   *
   * @param program what is walked
   * @param chip whose cores must have room for the buffers
   */
  public static AuditReport of(final TileProgram program, final Chip chip) {
    final Findings findings = new Findings();
    Capacity.overflow(program, chip)
        .ifPresent(words -> findings.add(Kind.CORE_OVER_CAPACITY, words));
    tensors(program, findings);
    final Volumes volumes = new Volumes(program, findings);
    final boolean complete = new Walk(program, volumes, findings).run();
    if (complete) {
      volumes.finish();
    }
    return volumes.report(complete);
  }

  /** The operator's tensors, each once, in the operator's shapes. */
  private static void tensors(final TileProgram program, final Findings findings) {
    final List<Operands.Shape> shapes = Operands.of(program.operator());
    final Set<Role> found = new HashSet<>();
    for (final TensorRef tensor : program.tensors()) {
      final Role role = tensor.role();
      if (role != Role.WORKSPACE && role != Role.STATISTICS) {
        final Operands.Shape shape =
            new Operands.Shape(role, tensor.rows(), tensor.cols(), tensor.format());
        if (!shapes.contains(shape) || !found.add(role)) {
          findings.add(Kind.TENSOR, shape + " is none of " + shapes);
        }
      }
    }
    for (final Operands.Shape shape : shapes) {
      if (!found.contains(shape.role())) {
        findings.add(Kind.TENSOR, shape + " is missing");
      }
    }
  }
}
