package org.inferchip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.inferchip.arch.Chip;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.numerics.Format;
import org.inferchip.program.Accumulate;
import org.inferchip.program.Buffer;
import org.inferchip.program.MatOp;
import org.inferchip.program.Placement;
import org.inferchip.program.Task;
import org.inferchip.program.TaskSink;
import org.inferchip.program.TensorRef;
import org.inferchip.program.TensorRef.Home;
import org.inferchip.program.TensorRef.Role;
import org.inferchip.program.VectorOp;
import org.junit.jupiter.api.Test;

/** Small programs whose times are worked out by hand, in nanoseconds at 1 GHz. */
class EngineTest {
  /** 4096 bytes: 64 ns on the port and the memory of {@link TestChips#plain}. */
  private static final Buffer A = buffer(0, 2);

  private static final Buffer B = buffer(1, 2);
  private static final Buffer SUM =
      new Buffer(2, "sum", Buffer.Level.ACCUMULATOR, 2, 64, 32, Format.FP32);
  private static final Buffer OUT = buffer(3, 2);
  private static final TensorRef X =
      new TensorRef(0, Role.INPUT, 64, 4096, Format.BF16, Home.MEMORY);
  private static final TensorRef Y =
      new TensorRef(1, Role.OUTPUT, 64, 4096, Format.BF16, Home.MEMORY);

  private static Buffer buffer(final int id, final int depth) {
    return new Buffer(id, "b" + id, Buffer.Level.LOCAL, depth, 64, 32, Format.BF16);
  }

  private static ListProgram program(final Placement placement) {
    return new ListProgram(List.of(A, B, SUM, OUT), List.of(X, Y), placement);
  }

  private static Consumer<TaskSink> copy(final int tile) {
    return out -> {
      out.load(X, 0, 32 * tile, 64, 32, A);
      out.store(A, Y, 0, 32 * tile, 64, 32).endsItem();
    };
  }

  private static long nanos(final ListProgram program, final Chip chip) {
    return Engine.run(program, chip, Detail.FULL).makespanPicos() / 1000;
  }

  private static Timing.UnitUse use(final Timing timing, final String unit) {
    return timing.units().stream().filter(u -> u.unit().equals(unit)).findFirst().orElseThrow();
  }

  @Test
  void shouldTimeOneTile() {
    // Two loads of 128 ns each, 64^3 / 1024 = 256 cycles, 4096 / 64 = 64 cycles, a store of 128 ns.
    final Timing timing =
        Engine.run(
            TestGemm.of(64, 64, 64, 64, 64, 64, 1, 2), TestChips.plain().chip(), Detail.FULL);
    assertEquals(128 + 128 + 256 + 64 + 128, timing.makespanPicos() / 1000);
    assertEquals(16_384, timing.counters().memoryReadBytes());
    assertEquals(8_192, timing.counters().memoryWriteBytes());
    assertEquals(262_144, timing.counters().macs().get(Format.BF16));
    assertEquals(5, timing.counters().tasks());
  }

  private static Consumer<TaskSink> paced(
      final int tile, final long setup, final long inFlight, final int share) {
    return out -> {
      out.load(X, 0, 32 * tile, 64, 32, A).paced(setup, inFlight, share);
      out.store(A, Y, 0, 32 * tile, 64, 32).endsItem();
    };
  }

  @Test
  void shouldLoadAtTheShareOfThePortThatTheCodeReaches() {
    final ListProgram quarter =
        program(Placement.overCores(0, 1, 1)).stream(
            paced(0, 0, 0, 2500), paced(1, 0, 0, 2500), paced(2, 0, 0, 2500));
    assertEquals(3 * 256 + 64, nanos(quarter, TestChips.plain().chip()));
  }

  @Test
  void shouldLoadNoFasterThanTheCodeKeepsBytesOnTheirWay() {
    final Chip chip = TestChips.gpu().chip();
    final long free = nanos(program(Placement.overCores(0, 1, 1)).stream(copy(0)), chip);
    final long bound =
        nanos(program(Placement.overCores(0, 1, 1)).stream(paced(0, 0, 512, Task.WHOLE)), chip);
    // 4096 bytes, 512 of them in each latency of 600 ns; free they take the port 4096 / 112 B/ns.
    assertEquals(4800 - 36.5, bound - free, 1);
  }

  @Test
  void shouldHoldBackTheLoadsBehindAnItemsSetup() {
    final ListProgram slow =
        program(Placement.overCores(0, 1, 1)).stream(paced(0, 1_000_000, 0, Task.WHOLE), copy(1));
    // The second load and both stores share the memory.
    assertEquals(1000 + 3 * 64, nanos(slow, TestChips.plain().chip()));
  }

  @Test
  void shouldLoadTheNextStepBehindThisOneWithDoubleBuffers() {
    final TestGemm gemm = TestGemm.of(64, 64, 256, 64, 64, 64, 1, 2);
    final Timing timing = Engine.run(gemm, TestChips.plain().chip(), Detail.FULL);
    assertEquals(256 * 5 + 64 + 128, timing.makespanPicos() / 1000);
  }

  @Test
  void shouldWaitForSlotsWithSingleBuffers() {
    final TestGemm gemm = TestGemm.of(64, 64, 256, 64, 64, 64, 1, 1);
    final Timing timing = Engine.run(gemm, TestChips.plain().chip(), Detail.FULL);
    assertEquals(512 * 4 + 64 + 128, timing.makespanPicos() / 1000);
    // The first operand's buffer is full from 128 ns on; the queue then waits for each multiply.
    assertEquals(3 * 256_000, use(timing, "load").slotPicos());
  }

  @Test
  void shouldAddEachLatencyOnceAndOverlapIt() {
    final var slow =
        TestChips.plain()
            .port(new org.inferchip.arch.Port(64, 64, 10e-9))
            .memory(new org.inferchip.arch.ExternalMemory("M", 1, 1e12, 64e9, 1.0, 1, 100e-9));
    final ListProgram one = program(Placement.overCores(0, 1, 1)).stream(copy(0));
    assertEquals(64 + 110 + 64 + 110, nanos(one, slow.chip()));
    // Two copies: the second load is served while the first is on its way; both latencies overlap.
    final ListProgram two = program(Placement.overCores(0, 1, 1)).stream(copy(0), copy(1));
    assertEquals(2 * 64 + 110 + 64 + 110, nanos(two, slow.chip()));
  }

  @Test
  void shouldShareTheMemoryAmongCores() {
    final var two =
        new TestChips.Parts(
            1e9,
            2,
            TestChips.plain().matrix(),
            TestChips.plain().vector(),
            TestChips.plain().port(),
            TestChips.plain().shared(),
            TestChips.plain().memory(),
            TestChips.plain().scaleUp());
    final ListProgram program =
        program(Placement.overCores(0, 2, 1)).stream(copy(0)).stream(copy(1));
    final Timing timing = Engine.run(program, two.chip(), Detail.FULL);
    // Loads end at 64 and 128; the first store waits for the memory until 128, the second till 192.
    assertEquals(4 * 64, timing.makespanPicos() / 1000);
    assertEquals(
        64_000 + 64_000 + 64_000,
        use(timing, "load").linkPicos() + use(timing, "store").linkPicos());
  }

  @Test
  void shouldChargeAMulticastFetchOnceAboveThePort() {
    final var fast =
        TestChips.gpu()
            .memory(new org.inferchip.arch.ExternalMemory("M", 1, 1e12, 64e9, 1.0, 1, 0));
    final Consumer<TaskSink> shared =
        out -> {
          out.load(X, 0, 0, 64, 32, A).reuse(1024, Long.MAX_VALUE).multicast(4);
          out.store(A, Y, 0, 0, 64, 32).endsItem();
        };
    final ListProgram program = program(Placement.overCores(0, 4, 1));
    program.stream(shared).stream(shared).stream(shared).stream(shared);
    final Counters counters = Engine.run(program, fast.chip(), Detail.FULL).counters();
    assertEquals(4 * 4096, counters.portReadBytes());
    assertEquals(4096, counters.sharedReadBytes());
    assertEquals(4096, counters.memoryReadBytes());
  }

  @Test
  void shouldServeNearReuseFromTheCacheOnly() {
    final long usable = 25_000_000;
    for (final long distance : new long[] {usable, usable + 1}) {
      final ListProgram program =
          program(Placement.overCores(0, 1, 1)).stream(
              out -> {
                out.load(X, 0, 0, 64, 32, A).reuse(4096, distance);
                out.store(A, Y, 0, 0, 64, 32).endsItem();
              });
      final Timing timing = Engine.run(program, TestChips.gpu().chip(), Detail.FULL);
      assertEquals(distance > usable ? 4096 : 0, timing.counters().memoryReadBytes());
    }
  }

  @Test
  void shouldServeResidentTensorsFromSharedSram() {
    final TestGemm gemm = TestGemm.of(128, 128, 256, 64, 64, 64, 4, 2).home(Home.ON_CHIP);
    final Timing timing = Engine.run(gemm, TestChips.sramOnly().chip(), Detail.FULL);
    assertEquals(0, timing.counters().memoryBytes());
    assertEquals(4 * 256 * 64 * 2 * 2, timing.counters().sharedReadBytes());
    assertThrows(
        IllegalArgumentException.class,
        () -> Engine.run(gemm.home(Home.MEMORY), TestChips.sramOnly().chip(), Detail.FULL));
  }

  @Test
  void shouldHandleNoMoreEventsThanTasks() {
    // 16 tiles of 8 steps (two loads, a multiplication), a conversion and a store each.
    final TestGemm gemm = TestGemm.of(256, 256, 512, 64, 64, 64, 4, 3);
    final Timing timing = Engine.run(gemm, TestChips.gpu().chip(), Detail.FULL);
    assertTrue(timing.events() <= 16 * (8 * 3 + 2), timing.events() + " events");
  }

  @Test
  void shouldNotBeDoneBeforeWrittenBytesHaveDrained() {
    // A cache takes the store at once; the memory behind it is sixteen times slower.
    final var chip =
        TestChips.plain()
            .shared(
                new org.inferchip.arch.SharedMemory(
                    1e6,
                    org.inferchip.arch.SharedMemory.Managed.HARDWARE,
                    64e9,
                    0,
                    1.0,
                    java.util.Optional.empty()))
            .memory(new org.inferchip.arch.ExternalMemory("M", 1, 1e12, 4e9, 1.0, 1, 0));
    final ListProgram program = program(Placement.overCores(0, 1, 1)).stream(copy(0));
    assertEquals(1024 + 1024, nanos(program, chip.chip()));
  }

  @Test
  void shouldWaitForItemsOfAnotherStream() {
    final ListProgram program =
        program(Placement.overCores(0, 2, 1)).stream(copy(0), copy(1)).stream(
            out -> {
              out.load(X, 0, 0, 64, 32, A).after(0, 2);
              out.store(A, Y, 0, 0, 64, 32).endsItem();
            });
    final Timing timing = Engine.run(program, TestChips.plain().chip(), Detail.FULL);
    // Stream 0: loads to 128, stores behind them to 256; then one more copy.
    assertEquals(256 + 128, timing.makespanPicos() / 1000);
    assertEquals(256_000, use(timing, "load").dependencePicos());
  }

  @Test
  void shouldLetStepsOfOneSumFollowWithoutLatencyOnOneUnitOnly() {
    final var late =
        TestChips.plain()
            .matrix(
                new MatrixUnit.TensorCore(
                    1, java.util.Map.of(Format.BF16, 1024), Format.FP32, 1, 1, 1, 1000, 1.0));
    final Consumer<TaskSink> three =
        out -> {
          for (int step = 0; step < 3; step++) {
            out.load(X, 0, 32 * step, 64, 32, A);
            out.load(X, 0, 32 * step, 64, 32, B);
            // 64 x 32 x 32 on 1024: 64 cycles.
            out.multiply(MatOp.AB, 64, 32, 32, A, B, SUM, Accumulate.of(step == 0, step == 2));
          }
          out.vector(VectorOp.CONVERT, 64, 32, SUM, OUT);
          out.store(OUT, Y, 0, 0, 64, 32).endsItem();
        };
    final ListProgram program = program(Placement.overCores(0, 1, 1)).stream(three);
    // Six loads of 64, the last multiply 64 + 1000, convert 2048 / 64 = 32, store 64.
    assertEquals(6 * 64 + 64 + 1000 + 32 + 64, nanos(program, late.chip()));
  }

  @Test
  void shouldMakeAnotherUnitWaitForTheStepBefore() {
    final Buffer wide = new Buffer(3, "out", Buffer.Level.LOCAL, 2, 64, 32, Format.BF16);
    final ListProgram program =
        new ListProgram(List.of(A, B, SUM, wide), List.of(X, Y), Placement.overCores(0, 1, 1));
    program.stream(
        out -> {
          out.load(X, 0, 0, 64, 32, A);
          out.load(X, 0, 0, 64, 32, B);
          out.multiply(MatOp.AB, 64, 32, 32, A, B, SUM, Accumulate.FIRST);
          out.load(X, 0, 0, 64, 32, A);
          out.vector(VectorOp.ACCUMULATE, 64, 32, A, SUM).step(Accumulate.LAST);
          out.store(SUM, Y, 0, 0, 64, 32).endsItem();
        });
    final var late =
        TestChips.plain()
            .matrix(
                new MatrixUnit.TensorCore(
                    1, java.util.Map.of(Format.BF16, 1024), Format.FP32, 1, 1, 1, 1000, 1.0));
    assertEquals(128 + 64 + 1000 + 32 + 64, nanos(program, late.chip()));
  }

  @Test
  void shouldNotInstallAKeptWeightTileAgain() {
    final var array =
        TestChips.plain()
            .matrix(
                new MatrixUnit.Systolic(
                    1,
                    32,
                    32,
                    java.util.Map.of(Format.BF16, 1024),
                    Format.FP32,
                    MatrixUnit.Dataflow.WS,
                    1,
                    0,
                    MatrixUnit.Overlap.NONE,
                    MatrixUnit.EdgeTiles.FULL));
    final ListProgram program = program(Placement.overCores(0, 1, 1));
    program.stream(
        out -> {
          out.load(X, 0, 0, 32, 32, B);
          out.load(X, 0, 0, 64, 32, A);
          out.multiply(MatOp.AB, 64, 32, 32, A, B, SUM, Accumulate.ONLY).keepA().keepB();
          out.multiply(MatOp.AB, 64, 32, 32, A, B, SUM, Accumulate.ONLY);
          out.store(SUM, Y, 0, 0, 64, 32);
          out.store(SUM, Y, 0, 0, 64, 32).endsItem();
        });
    // Loads 32 + 64; a fold 2 x 32 + 32 + 64 - 2 = 158, again without the 32 of the install.
    assertEquals(32 + 64 + 158 + 126 + 64, nanos(program, array.chip()));
  }

  @Test
  void shouldNameADeadlock() {
    final ListProgram program =
        program(Placement.overCores(0, 2, 1)).stream(
            out -> {
              out.load(X, 0, 0, 64, 32, A).after(1, 1);
              out.store(A, Y, 0, 0, 64, 32).endsItem();
            })
            .stream(
                out -> {
                  out.load(X, 0, 0, 64, 32, A).after(0, 1);
                  out.store(A, Y, 0, 0, 64, 32).endsItem();
                });
    final DeadlockException deadlock =
        assertThrows(
            DeadlockException.class,
            () -> Engine.run(program, TestChips.plain().chip(), Detail.FULL));
    assertTrue(deadlock.getMessage().contains("stream 0 at load input 64x32"));
  }

  @Test
  void shouldShowEveryTaskWithinTheWindow() {
    final Timeline all = new Timeline(0, Long.MAX_VALUE, 100);
    final TestGemm gemm = TestGemm.of(64, 64, 256, 64, 64, 64, 1, 2);
    Engine.simulate(gemm, TestChips.plain().chip(), Detail.FULL, all);
    assertEquals(3 * 4 + 2, all.spans().size());
    assertEquals(
        "multiply 64x64x64 first",
        all.spans().stream()
            .filter(span -> span.unit().startsWith("matrix"))
            .findFirst()
            .orElseThrow()
            .name());
    final Timeline few = new Timeline(300_000, 600_000, 2);
    Engine.simulate(gemm, TestChips.plain().chip(), Detail.FULL, few);
    assertEquals(2, few.spans().size());
    assertTrue(few.dropped() > 0);
  }

  @Test
  void shouldGiveEqualResultsAgain() {
    final TestGemm gemm = TestGemm.of(1000, 3000, 500, 128, 256, 64, 96, 3).splits(2);
    final Chip chip = TestChips.gpu().chip();
    assertEquals(
        Engine.run(gemm, chip, Detail.FULL).toString(),
        Engine.run(gemm, chip, Detail.FULL).toString());
    assertFalse(Engine.run(gemm, chip, Detail.FULL).folded());
  }
}
