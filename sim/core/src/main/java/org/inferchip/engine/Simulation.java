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
 * <p><b>Order.</b> Events are handled by time, tasks that may be ready before units falling free,
 * then in the order in which they were scheduled ({@link EventQueue}). What an event makes possible
 * is tried at once, in the order in which it began to wait.
 *
 * <p><b>Lanes.</b> Each stream issues its tasks in program order to five first-in-first-out lanes
 * (loads, stores, sends, matrix, vector) of {@value Lanes#WINDOW} tasks that have not started; a
 * full lane holds back the issue. The head of a lane is tried when it becomes the head, when the
 * time comes that {@link Readiness} knows of, and when a task starts that it waits for to know one;
 * it starts when all that it needs is there and its unit is free. Lanes that are ready for one unit
 * (an array or vector unit that several streams share) are served in the order in which they became
 * ready.
 *
 * <p><b>Two ends.</b> A task frees its unit, and its last readings' slots, at the end of its
 * occupancy; it fills its slot, and ends its item, at the end of its latency. It says so when it
 * starts ({@link Slots}), so that these ends are events only where somebody waits. Fills of one
 * buffer never overtake each other. Steps of one sum follow each other on one unit without waiting
 * for latency; a step on another unit waits for the latency of the step before.
 *
 * <p><b>Transfers.</b> A load, store or send ({@link Transfers}) occupies its queue until the
 * slowest pipe of its way has served it, so a stream has one transfer of each kind in service and
 * any number in flight. Nobody waits for written-back bytes, except the end of the run.
 */
final class Simulation {
  /** Tasks that a deadlock names. */
  private static final int NAMED = 8;

  private static final int LANES = Shape.LANES;
  private static final int NONE = -1;

  private static final int EVENT_FREE = 0;
  private static final int EVENT_ITEM = 1;
  private static final int EVENT_TRY = 2;
  private static final int KIND_BITS = 2;

  private final Folding folding;
  private final Layout layout;
  private final UnitAccount account;
  private final Interference interference;
  private final Transfers transfers;
  private final Slots slots;
  private final Lanes lanes;
  private final TaskObserver observer;
  private final HeapEventQueue events;
  private final boolean waits;
  private final Steady steady;
  private final Cursor[] cursors;
  private final List<TensorRef> tensors;
  private final int buffers;
  private final int[] itemsDone;
  private final int[] fullLane;

  /** By lane: whether an event comes when its first task may start. */
  private final boolean[] timed;

  private long now;
  private long makespan;
  private long handled;

  // By unit: whether an event says when it falls free, and the slot that stands in it.
  private final boolean[] busy;
  private final long[] installed;

  // Lists of waiting lanes: those of readiness, by unit, and to be tried.
  private final Waiters waiters;
  private final Readiness readiness;
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
      final Interference interference,
      final TaskObserver observer,
      final boolean waits,
      final boolean skipping) {
    this.folding = folding;
    this.waits = waits;
    this.layout = layout;
    this.observer = observer;
    account = new UnitAccount(layout);
    this.interference = interference;
    transfers = new Transfers(layout, interference);
    final int streams = folding.size();
    final int laneCount = streams * LANES;
    tensors = program.tensors();
    buffers = program.buffers().size();
    final int queues = streams * buffers;
    final int most = Math.max(queues, Math.max(laneCount, layout.units));
    if (most >> EventQueue.PAYLOAD_BITS - KIND_BITS > 0) {
      throw new IllegalArgumentException(streams + " streams with " + buffers + " buffers");
    }
    slots = new Slots(streams, program.buffers().stream().mapToInt(Buffer::depth).toArray());
    lanes = new Lanes(folding, slots, buffers);
    events = new HeapEventQueue(4 * laneCount);
    itemsDone = new int[streams];
    fullLane = new int[streams];
    Arrays.fill(fullLane, NONE);
    timed = new boolean[laneCount];
    busy = new boolean[layout.units];
    installed = new long[layout.units];
    Arrays.fill(installed, NONE);
    unitLists = Readiness.lists(streams, buffers);
    tryList = unitLists + layout.units;
    waiters = new Waiters(tryList + 1, laneCount);
    readiness = new Readiness(folding, lanes, slots, account, waiters, buffers, itemsDone);
    toIssue = new int[streams];
    coreEnd = new long[layout.cores];
    final TaskList scratch = new TaskList();
    cursors = new Cursor[streams];
    for (int s = 0; s < streams; s++) {
      cursors[s] = new Cursor(program, folding.stream(s), shapes, scratch);
    }
    steady =
        skipping
            ? new Steady(this::draw, cursors, slots, lanes, waiters, events, account, transfers)
            : null;
  }

  /** Runs to the end; gives up, and says false, when that is not before a time. */
  boolean run(final long limitPicos) {
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
      if (now >= limitPicos || makespan >= limitPicos) {
        return false;
      }
      handled++;
      final int what = payload >>> KIND_BITS;
      switch (payload & (1 << KIND_BITS) - 1) {
        case EVENT_FREE -> free(what);
        case EVENT_ITEM -> {
          itemsDone[what]++;
          waiters.moveAll(readiness.itemList(what), tryList);
        }
        default -> waiters.add(tryList, what);
      }
      settle();
      if (steady != null && steady.isDue()) {
        now += steady.look(now);
      }
    }
    finish();
    return makespan < limitPicos;
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

  /** Draws items, units and what they owe. */
  private void draw(final Picture picture) {
    interference.draw(picture);
    for (int stream = 0; stream < itemsDone.length; stream++) {
      picture.equal((long) itemsDone[stream] << 32 | fullLane[stream] & 0xffffffffL);
    }
    for (int unit = 0; unit < busy.length; unit++) {
      picture.equal(busy[unit] ? 1 : 0);
      if (installed[unit] != NONE) {
        final int queue = (int) (installed[unit] >>> 32);
        picture.equal((long) queue << 32 | slots.behind(queue, (int) installed[unit]));
      }
    }
  }

  // Issue.

  private void issue(final int stream) {
    final Cursor cursor = cursors[stream];
    fullLane[stream] = NONE;
    while (!cursor.done()) {
      final int lane = stream * LANES + cursor.shape().lane;
      if (lanes.isFull(lane)) {
        fullLane[stream] = lane;
        return;
      }
      if (lanes.count(lane) == 0) {
        waiters.add(tryList, lane);
      }
      lanes.append(stream, lane, cursor);
      cursor.next();
    }
    for (int lane = stream * LANES; lane < (stream + 1) * LANES; lane++) {
      if (lanes.count(lane) == 0) {
        account.stall(lane, UnitAccount.DONE, now);
      }
    }
  }

  // Start.

  private void tryHead(final int lane) {
    while (lanes.count(lane) > 0) {
      final int entry = lanes.head(lane);
      final Shape shape = lanes.shape(entry);
      final long ready =
          timed[lane] && readiness.keeps(lane, entry, shape, now)
              ? now
              : readiness.of(lane, entry, shape, now);
      timed[lane] = false;
      if (ready == Readiness.UNKNOWN) {
        return;
      }
      final int unit = layout.unitOf[lane];
      final long free = account.freeAt(unit);
      // Of a unit with other lanes, whose turn it is shows when the task is ready.
      final long time = layout.unitLanes[unit] == 1 ? Math.max(ready, free) : ready;
      if (time > now) {
        timed[lane] = true;
        schedule(time, EventQueue.COMPLETION, EVENT_TRY, lane);
        return;
      }
      if (busy[unit] || free > now) {
        waiters.add(unitLists + unit, lane);
        expectFree(unit);
        return;
      }
      start(lane, entry, shape, unit);
    }
    account.stall(lane, cursors[lane / LANES].done() ? UnitAccount.DONE : UnitAccount.UNIT, now);
  }

  /** Sees to it that an event says when a unit falls free. */
  private void expectFree(final int unit) {
    if (!busy[unit]) {
      busy[unit] = true;
      schedule(account.freeAt(unit), EventQueue.FREE, EVENT_FREE, unit);
    }
  }

  private void start(final int lane, final int entry, final Shape shape, final int unit) {
    final int stream = lane / LANES;
    lanes.pop(lane);
    if (fullLane[stream] == lane && lanes.hasRoom(lane)) {
      toIssue[issueCount++] = stream;
      fullLane[stream] = NONE;
    }
    switch (shape.lane) {
      case Shape.LOAD -> {
        final long end = transfers.load(stream, shape, now);
        begin(stream, stream, shape, unit, shape.portPicos, end, end + shape.latencyPicos);
      }
      case Shape.STORE -> {
        final long end = transfers.store(stream, shape, now);
        begin(stream, stream, shape, unit, shape.portPicos, end, end + shape.latencyPicos);
      }
      case Shape.SEND -> {
        final int to = folding.representative(lanes.toStream(entry));
        final int device = layout.placement.device(lanes.toStream(entry));
        final long end = transfers.send(stream, to, device, shape, now);
        final long latency = transfers.sendLatency(stream, device, shape);
        begin(stream, to, shape, unit, shape.portPicos, end, end + latency);
      }
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
              | lanes.slot(entry, shape.stationary - 1) & 0xffffffffL;
      if (installed[unit] == slot) {
        occupancy = shape.keptOccupancyPicos;
        latency = shape.keptLatencyPicos;
      }
      installed[unit] = slot;
    }
    final long longer = interference.multiply(stream, shape);
    final long from = now + longer;
    begin(stream, stream, shape, unit, occupancy, from + occupancy, from + latency);
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
    final int base = stream * buffers;
    if (shape.releasesA) {
      release(base + shape.a, shape.a, freePicos);
    }
    if (shape.releasesB) {
      release(base + shape.b, shape.b, freePicos);
    }
    if (shape.releasesC) {
      release(base + shape.c, shape.c, freePicos);
    }
    long end = endPicos;
    if (shape.to >= 0) {
      end = write(target * buffers + shape.to, shape.to, shape.toOpens, shape.toFills, end);
      if (shape.lane == Shape.VECTOR) {
        stepped(base + shape.to, endPicos);
      }
    }
    if (shape.accumulator >= 0) {
      end =
          write(
              base + shape.accumulator,
              shape.accumulator,
              shape.accumulatorOpens,
              shape.accumulatorFills,
              end);
      stepped(base + shape.accumulator, endPicos);
    }
    if (shape.endsItem && waits) {
      schedule(end, EventQueue.COMPLETION, EVENT_ITEM, stream);
    }
    makespan = Math.max(makespan, end);
    coreEnd[layout.coreOf[stream]] = Math.max(coreEnd[layout.coreOf[stream]], end);
    if (observer != null) {
      observe(stream, shape, unit, freePicos, end);
    }
  }

  private long write(
      final int queue,
      final int buffer,
      final boolean opens,
      final boolean fills,
      final long endPicos) {
    if (opens) {
      slots.open(queue);
    }
    if (!fills) {
      return endPicos;
    }
    waiters.moveAll(readiness.fillList(queue), tryList);
    return slots.fill(queue, buffer, endPicos);
  }

  private void release(final int queue, final int buffer, final long picos) {
    slots.release(queue, buffer, picos);
    waiters.moveAll(readiness.creditList(queue), tryList);
  }

  /** A step of a sum has started: a step on another unit may wait for its end. */
  private void stepped(final int queue, final long endPicos) {
    slots.step(queue, endPicos);
    waiters.moveAll(readiness.turnList(queue), tryList);
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
    final int list = unitLists + unit;
    final int lane = waiters.take(list);
    final int entry = lanes.head(lane);
    start(lane, entry, lanes.shape(entry), unit);
    waiters.add(tryList, lane);
    if (!waiters.isEmpty(list)) {
      expectFree(unit);
    }
  }

  // End of the run.

  private void finish() {
    makespan = Math.max(makespan, transfers.drained());
    final StringBuilder text = new StringBuilder();
    int named = 0;
    for (int lane = 0; lane < cursors.length * LANES && named < NAMED; lane++) {
      if (lanes.count(lane) > 0) {
        text.append(named++ == 0 ? " " : "; ")
            .append("stream ")
            .append(folding.stream(lane / LANES))
            .append(" at ")
            .append(TaskNames.of(lanes.shape(lanes.head(lane)).example, tensors));
      }
    }
    if (named > 0) {
      throw new DeadlockException(
          "tasks wait for each other for ever:" + text + " (at " + now + " ps)");
    }
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
