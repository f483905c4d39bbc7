package org.inferchip.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Traffic;
import org.inferchip.program.Operands;
import org.inferchip.program.Placement;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TileProgram;

/**
 * That streams touch only what lives on their device: see {@link Operands} for where the tensors of
 * a collective live. Workspaces live where they are stored. And that an array whose cells hold
 * weights multiplies with those only.
 */
final class Locality {
  private final TileProgram program;
  private final Collective collective;
  private final Findings findings;

  /** Regions of weights by array that holds them in its cells. */
  private final Map<Long, List<Integer>> cells = new HashMap<>();

  Locality(final TileProgram program, final Findings findings) {
    this.program = program;
    this.findings = findings;
    collective = program.operator() instanceof Collective op ? op : null;
  }

  /** A load or store of an operator's tensor. */
  void check(final int stream, final TensorRef tensor, final Task task) {
    if (tensor.home() == TensorRef.Home.CELLS) {
      resident(stream, task);
    }
    if (collective == null
        || tensor.role() != TensorRef.Role.INPUT && tensor.role() != TensorRef.Role.OUTPUT) {
      return;
    }
    final int device = program.placement().device(stream);
    if (!local(device, tensor.role(), task)) {
      findings.add(
          Kind.LOCALITY,
          "device "
              + device
              + " touches "
              + tensor.role()
              + " row "
              + task.row
              + " column "
              + task.col);
    }
  }

  private boolean local(final int device, final TensorRef.Role role, final Task task) {
    if (collective.traffic().isPresent()) {
      final Traffic rows = collective.traffic().get();
      final boolean arrived = role == TensorRef.Role.OUTPUT;
      return rows.device(task.row, arrived) == device
          && rows.device(task.row + task.m - 1, arrived) == device;
    }
    return collective.kind() == Collective.Kind.SEND
        ? device == (role == TensorRef.Role.INPUT ? 0 : 1)
        : task.row == device && task.m == 1;
  }

  /** Cells are programmed once: an array has one tile of weights. */
  private void resident(final int stream, final Task task) {
    final Placement at = program.placement();
    final long array =
        (long) at.device(stream) << 48
            | (long) at.coreGroup(stream) << 40
            | (long) at.core(stream) << 16
            | at.array(stream);
    final List<Integer> region = List.of(task.row, task.col, task.m, task.n);
    final List<Integer> held = cells.putIfAbsent(array, region);
    if (held != null && !held.equals(region)) {
      findings.add(
          Kind.LOCALITY,
          "an array whose cells hold the weights at "
              + held
              + " (row, column, rows, columns) is to multiply with those at "
              + region);
    }
  }

  /** A load of what another stream stored. */
  void checkSame(final int reader, final int writer, final TensorRef tensor) {
    if (program.placement().device(reader) != program.placement().device(writer)) {
      findings.add(
          Kind.LOCALITY, tensor.role() + " of device " + program.placement().device(writer));
    }
  }
}
