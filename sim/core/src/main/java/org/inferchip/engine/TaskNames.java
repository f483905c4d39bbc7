package org.inferchip.engine;

import java.util.List;
import java.util.Locale;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Task;
import org.inferchip.program.TensorRef;

/** Names of tasks, for people: {@code load weight 64x256}, {@code multiply 128x256x64 first}. */
final class TaskNames {
  private TaskNames() {}

  /** What a task does, in a few words. */
  static String of(final Task task, final List<TensorRef> tensors) {
    final StringBuilder text = new StringBuilder(task.kind.name().toLowerCase(Locale.ROOT));
    switch (task.kind) {
      case MULTIPLY ->
          text.append(' ').append(task.m).append('x').append(task.n).append('x').append(task.k);
      case VECTOR ->
          text.append(' ')
              .append(task.vectorOp.name().toLowerCase(Locale.ROOT))
              .append(' ')
              .append(task.m)
              .append('x')
              .append(task.n);
      case SEND -> text.append(' ').append(task.m).append('x').append(task.n);
      default ->
          text.append(' ')
              .append(tensors.get(task.tensor).role().name().toLowerCase(Locale.ROOT))
              .append(' ')
              .append(task.m)
              .append('x')
              .append(task.n);
    }
    if (task.accumulator >= 0 && task.step != Accumulate.ONLY) {
      text.append(' ').append(task.step.name().toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }
}
