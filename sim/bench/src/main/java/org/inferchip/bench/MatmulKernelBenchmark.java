package org.inferchip.bench;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.inferchip.numerics.CounterGenerator;
import org.inferchip.numerics.Kernels;
import org.inferchip.numerics.MacRule;
import org.inferchip.numerics.MatmulKernel;
import org.inferchip.numerics.MatrixView;
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
 * The matrix kernels against the fused multiply-add peak of one thread.
 *
 * <p>Counter {@code flops} gives floating-point operations a second (two a multiply-add). {@link
 * #peak} runs enough independent chains of vector fma in registers to saturate the units and
 * touches no memory; kernel over peak is the figure to read. A chain is the addend of its fma: as a
 * factor it would be moved before each one, since the instruction overwrites the addend.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class MatmulKernelBenchmark {

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int PEAK_STEPS = 10_000;
  private static final int PEAK_CHAINS = 12;

  /** Shape m x n x k. 126 x 256 x 64 is like the tile of a tensor core, 512 cubed a large one. */
  @Param({"126x256x64", "120x256x512", "512x512x512"})
  String shape;

  private MatrixView a;
  private MatrixView b;
  private MatrixView c;
  private final MatmulKernel vector = Kernels.matmul();
  private final MatmulKernel plain = Kernels.plainMatmul();

  /** Floating-point operations done. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    /** Two for each multiply-add. */
    public long flops;
  }

  /** Fills the operands. */
  @Setup
  public void fill() {
    final String[] sizes = shape.split("x");
    final int m = Integer.parseInt(sizes[0]);
    final int n = Integer.parseInt(sizes[1]);
    final int k = Integer.parseInt(sizes[2]);
    a = random(m, k, 1);
    b = random(k, n, 2);
    c = MatrixView.zeros(m, n);
  }

  private static MatrixView random(final int rows, final int columns, final int tensor) {
    final MatrixView view = MatrixView.zeros(rows, columns);
    for (int r = 0; r < rows; r++) {
      new CounterGenerator(1).normals(tensor, r, 0, columns, 1f, view.data(), view.index(r, 0));
    }
    return view;
  }

  private float run(final MatmulKernel kernel, final MacRule rule, final Work work) {
    kernel.multiply(rule, a, b, c);
    work.flops += 2L * a.rows() * a.columns() * b.columns();
    return c.get(0, 0);
  }

  /** The kernel on the Vector API, fp32 in order of k. */
  @Benchmark
  public float vectorFp32(final Work work) {
    return run(vector, MacRule.FP32_FMA, work);
  }

  /** The same in plain Java. */
  @Benchmark
  public float plainFp32(final Work work) {
    return run(plain, MacRule.FP32_FMA, work);
  }

  /** Sums rounded to bfloat16. */
  @Benchmark
  public float vectorBf16EachMac(final Work work) {
    return run(vector, MacRule.BF16_EACH_MAC, work);
  }

  /** Sums rounded to binary16. */
  @Benchmark
  public float vectorFp16EachMac(final Work work) {
    return run(vector, MacRule.FP16_EACH_MAC, work);
  }

  /** Trees of four. */
  @Benchmark
  public float vectorDot4(final Work work) {
    return run(vector, MacRule.FP32_DOT4, work);
  }

  /** The fma peak of one thread; its {@link #shape} has no meaning. */
  @Benchmark
  public float peak(final Work work) {
    final FloatVector x = FloatVector.broadcast(S, 0.999f);
    final FloatVector y = FloatVector.broadcast(S, 0.001f);
    FloatVector s0 = x;
    FloatVector s1 = x;
    FloatVector s2 = x;
    FloatVector s3 = x;
    FloatVector s4 = x;
    FloatVector s5 = x;
    FloatVector s6 = x;
    FloatVector s7 = x;
    FloatVector s8 = x;
    FloatVector s9 = x;
    FloatVector s10 = x;
    FloatVector s11 = x;
    for (int i = 0; i < PEAK_STEPS; i++) {
      s0 = x.fma(y, s0);
      s1 = x.fma(y, s1);
      s2 = x.fma(y, s2);
      s3 = x.fma(y, s3);
      s4 = x.fma(y, s4);
      s5 = x.fma(y, s5);
      s6 = x.fma(y, s6);
      s7 = x.fma(y, s7);
      s8 = x.fma(y, s8);
      s9 = x.fma(y, s9);
      s10 = x.fma(y, s10);
      s11 = x.fma(y, s11);
    }
    work.flops += 2L * PEAK_STEPS * PEAK_CHAINS * S.length();
    final FloatVector low = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
    final FloatVector high = s6.add(s7).add(s8).add(s9).add(s10).add(s11);
    return low.add(high).lane(0);
  }
}
