package org.inferchip.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.inferchip.engine.EventQueue;
import org.inferchip.engine.HeapEventQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The hold model (Jones 1986): with a fixed number of pending events, remove the first and schedule
 * one at an exponentially distributed time after it. One operation is one such pair.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventQueueBenchmark {
  private static final int BATCH = 1 << 16;
  private static final double MEAN_PICOS = 1e6;

  @Param({"100", "1000", "10000"})
  private int pending;

  private EventQueue queue;
  private final long[] increments = new long[BATCH];

  /** Fills the queue. */
  @Setup
  public void fill() {
    final SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < BATCH; i++) {
      increments[i] = (long) (-MEAN_PICOS * Math.log(1 - random.nextDouble()));
    }
    queue = new HeapEventQueue(pending);
    for (int i = 0; i < pending; i++) {
      queue.schedule(increments[i], EventQueue.COMPLETION, i);
    }
  }

  /** Holds the number of events. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long hold() {
    for (final long increment : increments) {
      final int payload = queue.pop();
      queue.schedule(queue.time() + increment, payload & 1, payload);
    }
    return queue.time();
  }
}
