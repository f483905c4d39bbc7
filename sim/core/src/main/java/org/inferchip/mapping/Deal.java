package org.inferchip.mapping;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Deals pieces of work of unequal length to streams: each in turn goes to the stream that has the
 * least so far, ties to the lower (list scheduling, Graham 1969), as a grid of thread blocks is
 * dispatched. Equal pieces are dealt round. Takes memory of one number a piece.
 */
final class Deal {
  private final int[] streamOf;
  private final int[] itemOf;
  private final int[] first;
  private final int[] byStream;

  Deal(final int pieces, final int streams, final IntToLongFunction length) {
    streamOf = new int[pieces];
    itemOf = new int[pieces];
    final int[] count = new int[streams];
    final LeastLoaded heap = new LeastLoaded(streams);
    for (int piece = 0; piece < pieces; piece++) {
      final int stream = heap.take(length.applyAsLong(piece));
      streamOf[piece] = stream;
      itemOf[piece] = count[stream]++;
    }
    first = new int[streams + 1];
    for (int stream = 0; stream < streams; stream++) {
      first[stream + 1] = first[stream] + count[stream];
    }
    byStream = new int[pieces];
    for (int piece = 0; piece < pieces; piece++) {
      byStream[first[streamOf[piece]] + itemOf[piece]] = piece;
    }
  }

  int stream(final int piece) {
    return streamOf[piece];
  }

  int item(final int piece) {
    return itemOf[piece];
  }

  int items(final int stream) {
    return first[stream + 1] - first[stream];
  }

  int piece(final int stream, final int item) {
    return byStream[first[stream] + item];
  }

  /** A binary heap of streams by load, then number. */
  private static final class LeastLoaded {
    private final long[] load;
    private final int[] heap;

    LeastLoaded(final int streams) {
      load = new long[streams];
      heap = new int[streams];
      Arrays.setAll(heap, i -> i);
    }

    /** The least loaded stream, which takes on so much more. */
    int take(final long more) {
      final int stream = heap[0];
      load[stream] += more;
      int at = 0;
      while (true) {
        int least = 2 * at + 1;
        if (least >= heap.length) {
          break;
        }
        if (least + 1 < heap.length && before(heap[least + 1], heap[least])) {
          least++;
        }
        if (!before(heap[least], stream)) {
          break;
        }
        heap[at] = heap[least];
        at = least;
      }
      heap[at] = stream;
      return stream;
    }

    private boolean before(final int one, final int other) {
      return load[one] < load[other] || load[one] == load[other] && one < other;
    }
  }
}
