package org.inferchip.engine;

/**
 * Gives loads, stores and sends to all pipes of their way when they start (cut through); the
 * slowest pipe says when they have been served, a load's own pace if that is slower. Bytes of
 * shared and external memory are scaled to those of all streams that the simulated one stands for.
 */
final class Transfers {
  private final Layout layout;
  private final Interference interference;
  private final Pipes pipes;
  private long drained;

  Transfers(final Layout layout, final Interference interference) {
    this.layout = layout;
    this.interference = interference;
    pipes = layout.pipes;
  }

  /** End of service of a load. */
  long load(final int stream, final Shape shape, final long now) {
    long end = now + shape.leastPicos;
    if (!shape.ownPath) {
      end = Math.max(end, pipes.serve(layout.portRead[stream], now, shape.portBytes));
    }
    if (shape.sharedBytes > 0) {
      end = Math.max(end, shared(stream, shape, now));
    }
    if (shape.memoryBytes > 0) {
      end = Math.max(end, memory(stream, shape, now, true));
    }
    return end;
  }

  /** End of service of a store; with a shared memory, what goes on from there drains behind. */
  long store(final int stream, final Shape shape, final long now) {
    long end = pipes.serve(layout.portWrite[stream], now, shape.portBytes);
    if (shape.sharedBytes > 0) {
      end = Math.max(end, shared(stream, shape, now));
    }
    if (shape.memoryBytes > 0) {
      final long written = memory(stream, shape, now, false);
      drained = Math.max(drained, written);
      end = shape.sharedBytes > 0 ? end : Math.max(end, written);
    }
    return end;
  }

  /** When the last written byte has reached the external memory. */
  long drained() {
    return drained;
  }

  /** Draws what is in service. */
  void draw(final Picture picture) {
    pipes.draw(picture);
    for (int stream = 0; stream < layout.sharedShare.length; stream++) {
      layout.sharedShare[stream].draw(picture);
      layout.memoryShare[stream].draw(picture);
    }
  }

  /**
   * Serves so often again what was served since a picture.
   *
   * @param least picoseconds that it takes at least
   * @param most picoseconds that it may take
   * @return picoseconds that it takes; -1, and nothing done, if that is over the most
   */
  long repeat(final long times, final long least, final long most, final Picture since) {
    final long takes = Math.max(least, pipes.picos(times, since));
    if (takes > most) {
      return -1;
    }
    for (int stream = 0; stream < layout.sharedShare.length; stream++) {
      count(layout.shared[stream], layout.sharedShare[stream].repeat(times, since));
      final long more = layout.memoryShare[stream].repeat(times, since);
      if (layout.memories == null) {
        count(layout.memory[stream], more);
      } else {
        layout.memories[layout.device[stream]].count(more);
      }
    }
    pipes.delay(takes);
    drained += takes;
    return takes;
  }

  private void count(final int pipe, final long bytes) {
    if (bytes > 0) {
      pipes.count(pipe, bytes);
    }
  }

  /**
   * End of service of a send.
   *
   * @param to the simulated stream that gets it
   * @param target device of the stream that this one stands for
   */
  long send(final int from, final int to, final int target, final Shape shape, final long now) {
    long end = pipes.serve(layout.portWrite[from], now, shape.portBytes);
    final int source = layout.device[from];
    final int lanes = layout.sending[from];
    if (source != target) {
      final int[] way = layout.links.route(source, target);
      for (int hop = 0; hop < way.length; hop++) {
        final boolean last = hop > 0 && hop == way.length - 1;
        final long bytes = lanes * (last ? shape.inBytes : shape.outBytes);
        end = Math.max(end, pipes.serve(way[hop], now, bytes));
      }
    } else if (shape.sharedBytes > 0) {
      end = Math.max(end, pipes.serve(layout.shared[from], now, lanes * shape.sharedBytes));
    }
    return Math.max(end, pipes.serve(layout.portRead[to], now, shape.portBytes));
  }

  /** Latency of a send that was served. */
  long sendLatency(final int from, final int target, final Shape shape) {
    final int source = layout.device[from];
    return source == target
        ? shape.keptLatencyPicos
        : shape.latencyPicos + layout.links.latencyPicos(source, target);
  }

  private long shared(final int stream, final Shape shape, final long now) {
    final long bytes = layout.sharedShare[stream].of(shape.sharedBytes);
    return pipes.serve(layout.shared[stream], now, bytes);
  }

  private long memory(final int stream, final Shape shape, final long now, final boolean in) {
    final long bytes = layout.memoryShare[stream].of(shape.memoryBytes);
    final long longer = interference.transfer(bytes);
    if (layout.memories != null) {
      final Memories memories = layout.memories[layout.device[stream]];
      if (longer > 0) {
        memories.hold(now, longer);
      }
      return memories.serve(stream, shape, now, bytes, in);
    }
    if (longer > 0) {
      pipes.hold(layout.memory[stream], now, longer);
    }
    return pipes.serve(layout.memory[stream], now, bytes);
  }
}
