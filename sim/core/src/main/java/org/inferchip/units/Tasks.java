package org.inferchip.units;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Work done side by side. */
public final class Tasks {
  private Tasks() {}

  /**
   * Does all tasks and gives their results in the order of the tasks. The first in that order that
   * failed is thrown as it failed.
   *
   * @param threads at most
   * @throws CancellationException if the thread is interrupted
   */
  public static <T> List<T> all(final List<? extends Callable<T>> tasks, final int threads) {
    final ExecutorService pool =
        Executors.newFixedThreadPool(Math.max(1, Math.min(threads, tasks.size())));
    try {
      final List<T> results = new ArrayList<>();
      for (final Future<T> task : pool.invokeAll(tasks)) {
        results.add(result(task));
      }
      return results;
    } catch (final InterruptedException e) {
      throw interrupted();
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * The result of a task, or what it failed with.
   *
   * @throws CancellationException if the thread is interrupted
   */
  public static <T> T result(final Future<T> task) {
    try {
      return task.get();
    } catch (final InterruptedException e) {
      throw interrupted();
    } catch (final ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static CancellationException interrupted() {
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted");
  }
}
