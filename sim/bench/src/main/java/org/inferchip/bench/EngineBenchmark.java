package org.inferchip.bench;

import java.util.concurrent.TimeUnit;
import org.inferchip.arch.Chip;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Engine;
import org.inferchip.engine.Timing;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.MatMulMapping;
import org.inferchip.numerics.Format;
import org.inferchip.operator.MatMul;
import org.inferchip.program.TileProgram;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Engine events a second on a matrix product of 4096 x 4096 x 4096 over 132 cores, untimed walk,
 * set-up and laws included. An operation is a whole run; the counter {@code events} is what counts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {
  private static final int SIZE = 4096;

  @Param({"FULL", "FOLDED"})
  private Detail detail;

  private Chip chip;
  private TileProgram program;

  /** Events handled. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Events {
    // CHECKSTYLE.OFF: VisibilityModifier (JMH reads public fields)
    /** Sum over runs. */
    public long events;
    // CHECKSTYLE.ON: VisibilityModifier
  }

  /** Maps the product. */
  @Setup
  public void map() {
    chip = Descriptions.here().chip("h100-sxm").value();
    program =
        Mapper.lower(
            MatMul.dense("gemm", SIZE, SIZE, SIZE, Format.BF16),
            MatMulMapping.of(128, 256, 64, 1, 3),
            chip);
  }

  /** One run. */
  @Benchmark
  public Timing run(final Events count) {
    final Timing timing = Engine.run(program, chip, detail);
    count.events += timing.events();
    return timing;
  }
}
