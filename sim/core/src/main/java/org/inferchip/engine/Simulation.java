package org.inferchip.engine;

import java.util.Arrays;
import java.util.List;
import org.inferchip.program.Buffer;
import org.inferchip.program.TaskList;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TileProgram;

/**
 * One timed run of a program's streams.
 *
 * <p><b>Order.</b> Events are handled by time, completions before units falling free, then in the
 * order in which they were scheduled ({@link EventQueue}). What an event makes possible is tried at
 * once, in the order in which it began to wait.
 *
 * <p><b>Lanes.</b> Each stream issues its tasks in program order to five first-in-first-out lanes
 * (loads, stores, sends, matrix, vector) of {@value #WINDOW} tasks that have not started; a full
 * lane holds back the issue. The head of a lane is tried when it becomes the head and when the
 * condition that it failed changes; it starts when the stream that it names has finished enough
 * items, its operands are filled, its slot has a credit, the sum that it adds to is its to add to,
 * and its unit is free. Lanes that are ready for one unit (an array or vector unit that several
 * streams share) are served in the order in which they became ready.
 *
 * <p><b>Two ends.</b> A task frees its unit, and its last readings' slots, at the end of its
 * occupancy; it fills its slot, and ends its item, at the end of its latency. Fills of one buffer
 * never overtake each other. Steps of one sum follow each other on one unit without waiting for
 * latency; a step on another unit waits for the latency of the step before.
 *
 * <p><b>Transfers.</b> A load, store or send is given to all pipes of its way when it starts (cut
 * through) and occupies its queue until the slowest has served it, so a stream has one transfer of
 * each kind in service and any number in flight. Written-back bytes are given to the memory pipe
 * but nobody waits for them, except the end of the run.
 */
final class Simulation {
  private static final int WINDOW = 32;
  private static final int REFILL = 8;
  private static final int LANES = Shape.LANES;
  private static final int NONE = -1;

  private static final int EVENT_FREE = 0;
  private static final int EVENT_FILL = 1;
  private static final int EVENT_ITEM = 2;
  private static final int EVENT_TRY = 3;
  private static final int KIND_BITS = 2;

  private final Folding folding;
  private final Layout layout;
  private final Pipes pipes;
  private final UnitAccount account;
  private final TaskObserver observer;
  private final EventQueue events;
  private final Cursor[] cursors;
  private final List<TensorRef> tensors;
  private final int buffers;
  private final int[] depth;
  private final int[] itemsDone;
  private final int[] fullLane;
  private long now;
  private long makespan;
  private long handled;

  // By lane: a ring of tasks that were issued and have not started.
  private final Shape[] ring;
  private final int[] ordinals;
  private final int[] others;
  private final int[] head;
  private final int[] count;

  // By slot queue (stream x buffers + buffer).
  private final int[] opened;
  private final int[] filled;
  private final int[] released;
  private final int[] issuedReleases;
  private final int[] issuedSteps;
  private final int[] startedSteps;
  private final int[] stepLane;
  private final long[] stepEnd;
  private final long[] lastFill;
  private final byte[] producer;

  // By unit.
  private final boolean[] busy;
  private final Shape[] current;
  private final int[] currentStream;
  private final long[] installed;

  // Lists of waiting lanes: for a fill (by slot queue), a credit, a turn, items, a unit; to be
  // tried.
  private final Waiters waiters;
  private final int creditLists;
  private final int turnLists;
  private final int itemLists;
  private final int unitLists;
  private final int tryList;
  private final int[] toIssue;
  private int issueCount;

  // By core.
  private final long[] coreEnd;

  Simulation(
      final TileProgram program,
      final Shapes shapes,
      final Folding folding,
      final Layout layout,
      final TaskObserver observer) {
    this.folding = folding;
    this.layout = layout;
    this.observer = observer;
    pipes = layout.pipes;
    account = new UnitAccount(layout);
    final int streams = folding.size();
    final int lanes = streams * LANES;
    tensors = program.tensors();
    buffers = program.buffers().size();
    depth = program.buffers().stream().mapToInt(Buffer::depth).toArray();
    final int queues = streams * buffers;
    if (Math.max(queues, Math.max(lanes, layout.units)) >> EventQueue.PAYLOAD_BITS - KIND_BITS
        > 0) {
      throw new IllegalArgumentException(streams + " streams with " + buffers + " buffers");
    }
    events = new HeapEventQueue(4 * lanes);
    itemsDone = new int[streams];
    fullLane = new int[streams];
    Arrays.fill(fullLane, NONE);
    ring = new Shape[lanes * WINDOW];
    ordinals = new int[4 * lanes * WINDOW];
    others = new int[4 * lanes * WINDOW];
    head = new int[lanes];
    count = new int[lanes];
    opened = new int[queues];
    filled = new int[queues];
    released = new int[queues];
    issuedReleases = new int[queues];
    issuedSteps = new int[queues];
    startedSteps = new int[queues];
    stepLane = new int[queues];
    stepEnd = new long[queues];
    lastFill = new long[queues];
    producer = new byte[queues];
    busy = new boolean[layout.units];
    current = new Shape[layout.units];
    currentStream = new int[layout.units];
    installed = new long[layout.units];
    Arrays.fill(installed, NONE);
    creditLists = queues;
    turnLists = 2 * queues;
    itemLists = 3 * queues;
    unitLists = itemLists + streams;
    tryList = unitLists + layout.units;
    waiters = new Waiters(tryList + 1, lanes);
    toIssue = new int[streams];
    coreEnd = new long[layout.cores];
    final TaskList scratch = new TaskList();
    cursors = new Cursor[streams];
    for (int s = 0; s < streams; s++) {
      cursors[s] = new Cursor(program, folding.stream(s), shapes, scratch);
    }
  }

  /** Runs to the end. */
  void run() {
    for (int s = 0; s < cursors.length; s++) {
      toIssue[issueCount++] = s;
      for (int lane = s * LANES; lane < (s + 1) * LANES; lane++) {
        account.stall(lane, UnitAccount.UNIT, 0);
      }
    }
    for (int i = 0; i < issueCount; i++) {
      issue(toIssue[i]);
    }
    issueCount = 0;
    settle();
    while (!events.isEmpty()) {
      final int payload = events.pop();
      now = events.time();
      handled++;
      final int what = payload >>> KIND_BITS;
      switch (payload & (1 << KIND_BITS) - 1) {
        case EVENT_FREE -> free(what);
        case EVENT_FILL -> {
          filled[what]++;
          waiters.moveAll(what, tryList);
        }
        case EVENT_ITEM -> {
          itemsDone[what]++;
          waiters.moveAll(itemLists + what, tryList);
        }
        default -> waiters.add(tryList, what);
      }
      settle();
    }
    finish();
  }

  /** Tries all that an event made possible. */
  private void settle() {
    while (true) {
      if (!waiters.isEmpty(tryList)) {
        tryHead(waiters.take(tryList));
      } else if (issueCount > 0) {
        issue(toIssue[--issueCount]);
      } else {
        return;
      }
    }
  }

  // Issue.

  private void issue(final int stream) {
    final Cursor cursor = cursors[stream];
    fullLane[stream] = NONE;
    while (!cursor.done()) {
      final Shape shape = cursor.shape();
      final int lane = stream * LANES + shape.lane;
      if (count[lane] == WINDOW) {
        fullLane[stream] = lane;
        return;
      }
      append(stream, lane, shape, cursor);
      cursor.next();
    }
    for (int lane = stream * LANES; lane < (stream + 1) * LANES; lane++) {
      if (count[lane] == 0) {
        account.stall(lane, UnitAccount.DONE, now);
      }
    }
  }

  private void append(final int stream, final int lane, final Shape shape, final Cursor cursor) {
    final int entry = lane * WINDOW + (head[lane] + count[lane] & WINDOW - 1);
    ring[entry] = shape;
    final int base = stream * buffers;
    ordinals[4 * entry] = read(base, shape.a, shape.releasesA);
    ordinals[4 * entry + 1] = read(base, shape.b, shape.releasesB);
    ordinals[4 * entry + 2] = read(base, shape.c, shape.releasesC);
    ordinals[4 * entry + 3] =
        step(base + shape.accumulator, lane, shape.accumulator, shape.accumulatorOpens);
    others[4 * entry + 3] =
        shape.lane == Shape.VECTOR ? step(base + shape.to, lane, shape.to, shape.toOpens) : NONE;
    if (shape.waits) {
      others[4 * entry] = folding.representative(cursor.afterStream());
      others[4 * entry + 1] = cursor.afterItems();
    }
    if (shape.lane == Shape.SEND) {
      others[4 * entry + 2] = folding.representative(cursor.toStream());
    }
    if (shape.to >= 0) {
      final int target = shape.lane == Shape.SEND ? others[4 * entry + 2] : stream;
      producer[target * buffers + shape.to] = (byte) shape.lane;
    }
    if (shape.accumulator >= 0) {
      producer[base + shape.accumulator] = (byte) shape.lane;
    }
    if (count[lane]++ == 0) {
      waiters.add(tryList, lane);
    }
  }

  /** The ordinal of the slot that a task reads, in program order. */
  private int read(final int base, final int buffer, final boolean releases) {
    if (buffer < 0) {
      return NONE;
    }
    return releases ? issuedReleases[base + buffer]++ : issuedReleases[base + buffer];
  }

  /** The number of steps that must have started before, if the step before is on another unit. */
  private int step(final int queue, final int lane, final int buffer, final boolean opens) {
    if (buffer < 0) {
      return NONE;
    }
    final int before = issuedSteps[queue]++;
    final boolean elsewhere = !opens && stepLane[queue] != lane;
    stepLane[queue] = lane;
    return elsewhere ? before : NONE;
  }

  // Start.

  private void tryHead(final int lane) {
    while (count[lane] > 0) {
      final int entry = lane * WINDOW + head[lane];
      final Shape shape = ring[entry];
      if (blocked(lane, entry, shape)) {
        return;
      }
      final int unit = layout.unitOf[lane];
      if (busy[unit]) {
        waiters.add(unitLists + unit, lane);
        return;
      }
      if (account.freeAt(unit) > now) {
        waiters.add(unitLists + unit, lane);
        busy[unit] = true;
        schedule(account.freeAt(unit), EventQueue.FREE, EVENT_FREE, unit);
        return;
      }
      start(lane, entry, shape, unit);
    }
    account.stall(lane, cursors[lane / LANES].done() ? UnitAccount.DONE : UnitAccount.UNIT, now);
  }

  /** Whether a condition fails; the lane then waits for it to change. */
  private boolean blocked(final int lane, final int entry, final Shape shape) {
    final int stream = lane / LANES;
    final int base = stream * buffers;
    if (shape.waits && itemsDone[others[4 * entry]] < others[4 * entry + 1]) {
      return hold(lane, itemLists + others[4 * entry], UnitAccount.DEPENDENCE);
    }
    if (shape.a >= 0 && filled[base + shape.a] <= ordinals[4 * entry]) {
      return hold(lane, base + shape.a, arrival(base + shape.a));
    }
    if (shape.b >= 0 && filled[base + shape.b] <= ordinals[4 * entry + 1]) {
      return hold(lane, base + shape.b, arrival(base + shape.b));
    }
    if (shape.c >= 0 && filled[base + shape.c] <= ordinals[4 * entry + 2]) {
      return hold(lane, base + shape.c, arrival(base + shape.c));
    }
    if (shape.to >= 0) {
      final int target =
          shape.lane == Shape.SEND ? others[4 * entry + 2] * buffers + shape.to : base + shape.to;
      if (noCredit(lane, target, shape.to, shape.toOpens)
          || shape.lane == Shape.VECTOR && noTurn(lane, target, others[4 * entry + 3])) {
        return true;
      }
    }
    if (shape.accumulator >= 0) {
      final int target = base + shape.accumulator;
      return noCredit(lane, target, shape.accumulator, shape.accumulatorOpens)
          || noTurn(lane, target, ordinals[4 * entry + 3]);
    }
    return false;
  }

  private int arrival(final int queue) {
    return producer[queue] == Shape.LOAD || producer[queue] == Shape.SEND
        ? UnitAccount.DATA
        : UnitAccount.UNIT;
  }

  private boolean noCredit(final int lane, final int queue, final int buffer, final boolean opens) {
    return opens
        && opened[queue] - released[queue] >= depth[buffer]
        && hold(lane, creditLists + queue, UnitAccount.SLOT);
  }

  private boolean noTurn(final int lane, final int queue, final int stepsBefore) {
    if (stepsBefore == NONE) {
      return false;
    }
    if (startedSteps[queue] < stepsBefore) {
      return hold(lane, turnLists + queue, UnitAccount.UNIT);
    }
    if (stepEnd[queue] > now) {
      account.stall(lane, UnitAccount.UNIT, now);
      schedule(stepEnd[queue], EventQueue.COMPLETION, EVENT_TRY, lane);
      return true;
    }
    return false;
  }

  private boolean hold(final int lane, final int list, final int cause) {
    account.stall(lane, cause, now);
    waiters.add(list, lane);
    return true;
  }

  private void start(final int lane, final int entry, final Shape shape, final int unit) {
    final int stream = lane / LANES;
    head[lane] = head[lane] + 1 & WINDOW - 1;
    count[lane]--;
    if (fullLane[stream] == lane && count[lane] == WINDOW - REFILL) {
      toIssue[issueCount++] = stream;
      fullLane[stream] = NONE;
    }
    switch (shape.lane) {
      case Shape.LOAD -> startLoad(stream, shape, unit);
      case Shape.STORE -> startStore(stream, shape, unit);
      case Shape.SEND -> startSend(stream, others[4 * entry + 2], shape, unit);
      default -> startCompute(stream, entry, shape, unit);
    }
  }

  private void startCompute(final int stream, final int entry, final Shape shape, final int unit) {
    long occupancy = shape.occupancyPicos;
    long latency = shape.latencyPicos;
    if (shape.stationary != 0) {
      final int buffer = shape.stationary == 1 ? shape.a : shape.b;
      final long slot =
          (long) (stream * buffers + buffer) << 32
              | ordinals[4 * entry + shape.stationary - 1] & 0xffffffffL;
      if (installed[unit] == slot) {
        occupancy = shape.keptOccupancyPicos;
        latency = shape.keptLatencyPicos;
      }
      installed[unit] = slot;
    }
    begin(stream, stream, shape, unit, occupancy, now + occupancy, now + latency);
  }

  private void startLoad(final int stream, final Shape shape, final int unit) {
    long end = pipes.serve(layout.portRead[stream], now, shape.portBytes);
    if (shape.sharedBytes > 0) {
      end = Math.max(end, serveShared(stream, shape));
    }
    if (shape.memoryBytes > 0) {
      end = Math.max(end, serveMemory(stream, shape));
    }
    begin(stream, stream, shape, unit, shape.portPicos, end, end + shape.latencyPicos);
  }

  private void startStore(final int stream, final Shape shape, final int unit) {
    long end = pipes.serve(layout.portWrite[stream], now, shape.portBytes);
    if (shape.sharedBytes > 0) {
      end = Math.max(end, serveShared(stream, shape));
    }
    if (shape.memoryBytes > 0) {
      final long drained = serveMemory(stream, shape);
      if (shape.sharedBytes == 0) {
        end = Math.max(end, drained);
      }
      makespan = Math.max(makespan, drained);
    }
    begin(stream, stream, shape, unit, shape.portPicos, end, end + shape.latencyPicos);
  }

  private long serveShared(final int stream, final Shape shape) {
    final long bytes = layout.sharedShare[stream].of(shape.sharedBytes);
    return pipes.serve(layout.shared[stream], now, bytes);
  }

  private long serveMemory(final int stream, final Shape shape) {
    final long bytes = layout.memoryShare[stream].of(shape.memoryBytes);
    return pipes.serve(layout.memory[stream], now, bytes);
  }

  private void startSend(final int from, final int to, final Shape shape, final int unit) {
    long end = pipes.serve(layout.portWrite[from], now, shape.portBytes);
    long latency = shape.latencyPicos;
    final int source = layout.device[from];
    final int target = layout.device[to];
    if (source != target) {
      for (final int pipe : layout.links.route(source, target)) {
        end = Math.max(end, pipes.serve(pipe, now, shape.portBytes));
      }
      latency += layout.links.latencyPicos(source, target);
    } else if (shape.sharedBytes > 0) {
      end = Math.max(end, pipes.serve(layout.shared[from], now, shape.sharedBytes));
      latency = shape.keptLatencyPicos;
    }
    end = Math.max(end, pipes.serve(layout.portRead[to], now, shape.portBytes));
    begin(from, to, shape, unit, shape.portPicos, end, end + latency);
  }

  /** Books a task that starts now on its unit, its slots and its events. */
  private void begin(
      final int stream,
      final int target,
      final Shape shape,
      final int unit,
      final long busyPicos,
      final long freePicos,
      final long endPicos) {
    account.start(unit, now, busyPicos, freePicos);
    if (shape.releases()) {
      busy[unit] = true;
      current[unit] = shape;
      currentStream[unit] = stream;
      schedule(freePicos, EventQueue.FREE, EVENT_FREE, unit);
    }
    long end = endPicos;
    if (shape.to >= 0) {
      end = write(target * buffers + shape.to, shape.toOpens, shape.toFills, end);
      if (shape.lane == Shape.VECTOR) {
        stepped(stream * buffers + shape.to, endPicos);
      }
    }
    if (shape.accumulator >= 0) {
      end =
          write(
              stream * buffers + shape.accumulator,
              shape.accumulatorOpens,
              shape.accumulatorFills,
              end);
      stepped(stream * buffers + shape.accumulator, endPicos);
    }
    if (shape.endsItem) {
      schedule(end, EventQueue.COMPLETION, EVENT_ITEM, stream);
    }
    makespan = Math.max(makespan, end);
    coreEnd[layout.coreOf[stream]] = Math.max(coreEnd[layout.coreOf[stream]], end);
    if (observer != null) {
      observe(stream, shape, unit, freePicos, end);
    }
  }

  private long write(
      final int queue, final boolean opens, final boolean fills, final long endPicos) {
    if (opens) {
      opened[queue]++;
    }
    if (!fills) {
      return endPicos;
    }
    final long end = Math.max(endPicos, lastFill[queue]);
    lastFill[queue] = end;
    schedule(end, EventQueue.COMPLETION, EVENT_FILL, queue);
    return end;
  }

  /** A step of a sum has started: a step on another unit may wait for its end. */
  private void stepped(final int queue, final long endPicos) {
    startedSteps[queue]++;
    stepEnd[queue] = endPicos;
    waiters.moveAll(turnLists + queue, tryList);
  }

  private void schedule(final long time, final int order, final int kind, final int what) {
    events.schedule(time, order, what << KIND_BITS | kind);
  }

  private void observe(
      final int stream, final Shape shape, final int unit, final long free, final long end) {
    observer.onTask(
        new TaskObserver.Span(
            folding.stream(stream),
            Layout.NAMES[shape.lane] + ' ' + unit,
            shape.example.kind,
            TaskNames.of(shape.example, tensors),
            now,
            free,
            end));
  }

  // End of a task.

  private void free(final int unit) {
    busy[unit] = false;
    final Shape shape = current[unit];
    if (shape != null) {
      current[unit] = null;
      final int base = currentStream[unit] * buffers;
      release(base + shape.a, shape.releasesA);
      release(base + shape.b, shape.releasesB);
      release(base + shape.c, shape.releasesC);
    }
    final int list = unitLists + unit;
    if (!waiters.isEmpty(list)) {
      final int lane = waiters.take(list);
      final int entry = lane * WINDOW + head[lane];
      start(lane, entry, ring[entry], unit);
      waiters.add(tryList, lane);
      if (!busy[unit] && !waiters.isEmpty(list)) {
        busy[unit] = true;
        schedule(account.freeAt(unit), EventQueue.FREE, EVENT_FREE, unit);
      }
    }
  }

  private void release(final int queue, final boolean releases) {
    if (releases) {
      released[queue]++;
      waiters.moveAll(creditLists + queue, tryList);
    }
  }

  // End of the run.

  private void finish() {
    for (int lane = 0; lane < count.length; lane++) {
      if (count[lane] > 0) {
        throw new DeadlockException(deadlock());
      }
    }
  }

  private String deadlock() {
    final StringBuilder text = new StringBuilder("tasks wait for each other for ever:");
    int named = 0;
    for (int lane = 0; lane < count.length && named < 8; lane++) {
      if (count[lane] > 0) {
        final Shape shape = ring[lane * WINDOW + head[lane]];
        text.append(named++ == 0 ? " " : "; ")
            .append("stream ")
            .append(folding.stream(lane / LANES))
            .append(" at ")
            .append(TaskNames.of(shape.example, tensors));
      }
    }
    return text.append(" (at ").append(now).append(" ps)").toString();
  }

  /** Time of the last completion. */
  long makespanPicos() {
    return makespan;
  }

  /** Events handled. */
  long events() {
    return handled;
  }

  /** Use of units, checked. */
  UnitAccount account() {
    return account;
  }

  /** Time that the cores had work, summed over all that are stood for. */
  double residentPicos() {
    double sum = 0;
    for (int core = 0; core < coreEnd.length; core++) {
      sum += (double) coreEnd[core] * layout.coreMultiplicity[core];
    }
    return sum;
  }
}
