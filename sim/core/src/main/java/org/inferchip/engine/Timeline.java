package org.inferchip.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the tasks that run within a window of time, up to a number; what is beyond is counted. Not
 * thread-safe.
 */
public final class Timeline implements TaskObserver {
  private final long fromPicos;
  private final long toPicos;
  private final int limit;
  private final List<Span> spans = new ArrayList<>();
  private long dropped;

  /**
   * A window.
   *
   * @param fromPicos tasks that end before it are left out
   * @param toPicos tasks that start at or after it are left out
   * @param limit tasks kept at most
   */
  public Timeline(final long fromPicos, final long toPicos, final int limit) {
    this.fromPicos = fromPicos;
    this.toPicos = toPicos;
    this.limit = limit;
  }

  @Override
  public void onTask(final Span span) {
    if (span.endPicos() < fromPicos || span.startPicos() >= toPicos) {
      return;
    }
    if (spans.size() < limit) {
      spans.add(span);
    } else {
      dropped++;
    }
  }

  /** The tasks kept, in order of start. */
  public List<Span> spans() {
    return List.copyOf(spans);
  }

  /** Tasks within the window that went over the limit. */
  public long dropped() {
    return dropped;
  }
}
