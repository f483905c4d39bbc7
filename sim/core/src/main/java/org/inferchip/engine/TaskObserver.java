package org.inferchip.engine;

import org.inferchip.program.Task;

/**
 * Sees each task that is simulated (in folded detail: of representatives only) as it starts, in
 * order of start times.
 */
public interface TaskObserver {
  /**
   * A task starts.
   *
   * @param span when and where
   */
  void onTask(Span span);

  /**
   * One task on a unit.
   *
   * @param stream the stream that issued it
   * @param unit unit kind and instance, such as {@code matrix 12}
   * @param kind kind of task
   * @param name for people, such as {@code multiply a b 128x256x64}
   * @param startPicos when it starts
   * @param freePicos when the unit may take its next task
   * @param endPicos when its result may be used
   */
  record Span(
      int stream,
      String unit,
      Task.Kind kind,
      String name,
      long startPicos,
      long freePicos,
      long endPicos) {}
}
