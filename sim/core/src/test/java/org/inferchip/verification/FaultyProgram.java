package org.inferchip.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.inferchip.operator.Operator;
import org.inferchip.program.Buffer;
import org.inferchip.program.Placement;
import org.inferchip.program.Task;
import org.inferchip.program.TaskList;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TileProgram;

/** A program with something changed: the tasks of trips, the items of one stream, or a buffer. */
final class FaultyProgram implements TileProgram {
  private final TileProgram sound;
  private final Edit edit;
  private final int stream;
  private final List<Integer> items;
  private final List<Buffer> buffers;

  /** Changes the tasks of a trip, which are copies; the place is that of the first. */
  interface Edit {
    void trip(Place trip, List<Task> tasks);
  }

  private FaultyProgram(
      final TileProgram sound,
      final Edit edit,
      final int stream,
      final List<Integer> items,
      final List<Buffer> buffers) {
    this.sound = sound;
    this.edit = edit;
    this.stream = stream;
    this.items = items;
    this.buffers = buffers;
  }

  static TileProgram edited(final TileProgram sound, final Edit edit) {
    return new FaultyProgram(sound, edit, -1, List.of(), sound.buffers());
  }

  /** One stream does these items instead of its own. */
  static TileProgram withItems(
      final TileProgram sound, final int stream, final List<Integer> items) {
    return new FaultyProgram(sound, (trip, tasks) -> {}, stream, items, sound.buffers());
  }

  static TileProgram withBuffers(final TileProgram sound, final List<Buffer> buffers) {
    return new FaultyProgram(sound, (trip, tasks) -> {}, -1, List.of(), buffers);
  }

  /** Visits every task of a program. */
  static void walk(final TileProgram program, final BiConsumer<Place, Task> visitor) {
    final TaskList list = new TaskList();
    for (int s = 0; s < program.streams(); s++) {
      for (int i = 0; i < program.items(s); i++) {
        for (int b = 0; b < program.blocks(s, i); b++) {
          for (int t = 0; t < program.trips(s, i, b); t++) {
            list.fill(program, s, i, b, t);
            for (int k = 0; k < list.size(); k++) {
              visitor.accept(new Place(s, i, b, t, k), list.get(k));
            }
          }
        }
      }
    }
  }

  private int item(final int of, final int item) {
    return of == stream ? items.get(item) : item;
  }

  @Override
  public int streams() {
    return sound.streams();
  }

  @Override
  public int items(final int of) {
    return of == stream ? items.size() : sound.items(of);
  }

  @Override
  public int blocks(final int of, final int item) {
    return sound.blocks(of, item(of, item));
  }

  @Override
  public int trips(final int of, final int item, final int block) {
    return sound.trips(of, item(of, item), block);
  }

  @Override
  public void emit(
      final int of, final int item, final int block, final int trip, final TaskSink out) {
    final TaskList list = new TaskList();
    list.fill(sound, of, item(of, item), block, trip);
    final List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      tasks.add(new Task().set(list.get(i)));
    }
    edit.trip(new Place(of, item, block, trip, 0), tasks);
    for (final Task task : tasks) {
      out.load(sound.tensors().get(0), 0, 0, 1, 1, buffers.get(0)).set(task);
    }
  }

  @Override
  public List<Buffer> buffers() {
    return buffers;
  }

  @Override
  public List<TensorRef> tensors() {
    return sound.tensors();
  }

  @Override
  public Placement placement() {
    return sound.placement();
  }

  @Override
  public Operator operator() {
    return sound.operator();
  }
}
