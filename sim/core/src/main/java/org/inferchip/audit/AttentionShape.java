package org.inferchip.audit;

import java.util.Arrays;
import org.inferchip.operator.Attention;

/** Where the sequences of an attention operator stand in its tensors, and what each query sees. */
final class AttentionShape {
  final Attention op;
  private final int[] firstQuery;
  private final int[] firstKey;

  AttentionShape(final Attention op) {
    this.op = op;
    final int n = op.sequences().size();
    firstQuery = new int[n + 1];
    firstKey = new int[n + 1];
    for (int i = 0; i < n; i++) {
      firstQuery[i + 1] = firstQuery[i] + op.sequences().get(i).queries();
      firstKey[i + 1] = firstKey[i] + op.sequences().get(i).context();
    }
  }

  /** The sequence that has all of some query rows; -1 if there is none. */
  int sequenceOfQueries(final int row, final int rows) {
    return find(firstQuery, row, rows);
  }

  /** The sequence that has all of some key rows; -1 if there is none. */
  int sequenceOfKeys(final int row, final int rows) {
    return find(firstKey, row, rows);
  }

  private static int find(final int[] first, final int row, final int rows) {
    final int at = Arrays.binarySearch(first, row);
    final int sequence = at >= 0 ? at : -at - 2;
    return sequence >= 0 && sequence < first.length - 1 && row + rows <= first[sequence + 1]
        ? sequence
        : -1;
  }

  /** First row of a sequence's keys. */
  int firstKey(final int sequence) {
    return firstKey[sequence];
  }

  /** Position of a query row in its sequence. */
  int position(final int sequence, final int row) {
    return op.sequences().get(sequence).context() - firstQuery[sequence + 1] + row;
  }

  /** First key that a query at a position sees. */
  int seenFrom(final int position) {
    return op.causal() && op.window() > 0 ? Math.max(0, position - op.window() + 1) : 0;
  }

  /** One after the last key that a query at a position sees. */
  int seenTo(final int sequence, final int position) {
    return op.causal() ? position + 1 : op.sequences().get(sequence).context();
  }

  /** Whether all of some heads read the keys and values of a key-value head. */
  boolean share(final int head, final int heads, final int kvHead) {
    return head >= 0
        && head + heads <= op.heads()
        && head / op.groupSize() == kvHead
        && (head + heads - 1) / op.groupSize() == kvHead;
  }
}
