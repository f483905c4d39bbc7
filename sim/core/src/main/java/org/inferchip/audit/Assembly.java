package org.inferchip.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.inferchip.audit.Finding.Kind;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;

/** Puts a loaded region together from the stores that it covers. */
final class Assembly {
  private Assembly() {}

  static Content of(
      final List<RegionMap.Write> writes,
      final Task task,
      final TensorRef tensor,
      final Findings findings) {
    long found = 0;
    final List<RegionMap.Write> sorted = new ArrayList<>(writes);
    sorted.sort(Comparator.comparingInt(RegionMap.Write::row).thenComparing(RegionMap.Write::col));
    Content all = null;
    Content line = null;
    int lineRow = -1;
    for (final RegionMap.Write write : sorted) {
      final Content part = cut(write, task);
      if (part instanceof Content.Unknown) {
        return new Content.Unknown(task.m, task.n);
      }
      found += part == null ? 0 : part.size();
      final boolean sameLine = line != null && write.row() == lineRow;
      if (!sameLine && line != null) {
        all = all == null ? line : join(all, line, true);
      }
      line = sameLine ? join(line, part, false) : part;
      lineRow = write.row();
      if (line == null) {
        break;
      }
    }
    final Content result = all == null ? line : join(all, line, true);
    if (result != null && found == (long) task.m * task.n) {
      return result;
    }
    findings.add(
        result == null && !sorted.isEmpty() ? Kind.OPERAND_MISMATCH : Kind.READ_BEFORE_WRITE,
        "loads "
            + task.m
            + " x "
            + task.n
            + " of "
            + tensor.role()
            + " from row "
            + task.row
            + " column "
            + task.col
            + ", "
            + (sorted.isEmpty()
                ? "where nothing was stored"
                : "of which " + found + " elements belong together"));
    return new Content.Unknown(task.m, task.n);
  }

  private static Content join(final Content first, final Content next, final boolean below) {
    return first == null || next == null ? null : first.joined(next, below);
  }

  /** The part of a store that a load covers. */
  private static Content cut(final RegionMap.Write write, final Task task) {
    final int row = Math.max(write.row(), task.row);
    final int col = Math.max(write.col(), task.col);
    final int rows = Math.min(write.row() + write.rows(), task.row + task.m) - row;
    final int cols = Math.min(write.col() + write.cols(), task.col + task.n) - col;
    final Content content = write.content();
    final Content viewed = content.viewed(write.rows(), write.cols());
    return viewed == null ? null : viewed.part(row - write.row(), col - write.col(), rows, cols);
  }
}
