package org.inferchip.simulation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.inferchip.units.Tasks;

/**
 * Values by key, each computed by the first who asks for it; who asks meanwhile waits. Unlike
 * {@code computeIfAbsent}, it holds up nobody who asks for another key, however long it takes.
 * Thread-safe. A computation must not ask for its own key.
 */
public final class Once<V> {
  private final Map<Object, FutureTask<V>> values = new ConcurrentHashMap<>();

  /** The value of a key, computed if there is none; nothing is kept of a failure. */
  public V get(final Object key, final Supplier<V> compute) {
    final FutureTask<V> before = values.get(key);
    if (before != null) {
      return Tasks.result(before);
    }
    final FutureTask<V> own = new FutureTask<>(compute::get);
    final FutureTask<V> other = values.putIfAbsent(key, own);
    if (other != null) {
      return Tasks.result(other);
    }
    own.run();
    try {
      return Tasks.result(own);
    } catch (final RuntimeException | Error e) {
      values.remove(key, own);
      throw e;
    }
  }

  /** The value of a key that was computed; null if there is none. */
  V find(final Object key) {
    final FutureTask<V> task = values.get(key);
    return task == null || !task.isDone() ? null : Tasks.result(task);
  }

  /** How many there are. */
  int size() {
    return values.size();
  }

  /** All values by their keys' text, in an order that does not depend on who asked first. */
  List<V> sorted() {
    return values.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
        .map(entry -> Tasks.result(entry.getValue()))
        .toList();
  }
}
