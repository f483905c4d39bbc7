package org.inferchip.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.arch.Cost;
import org.inferchip.arch.Defaults;
import org.inferchip.arch.Die;
import org.inferchip.arch.EnergyTable;
import org.inferchip.arch.ExternalMemory;
import org.inferchip.arch.LocalMemory;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.MatrixUnit.Dataflow;
import org.inferchip.arch.MatrixUnit.EdgeTiles;
import org.inferchip.arch.MatrixUnit.Overlap;
import org.inferchip.arch.Port;
import org.inferchip.arch.Power;
import org.inferchip.arch.Process;
import org.inferchip.arch.VectorUnit;
import org.inferchip.numerics.Format;
import org.inferchip.program.Task;
import org.inferchip.program.TaskList;

/**
 * Cycles and SRAM accesses of one systolic array for one matrix product, by the same engine and law
 * ({@link SystolicLaw}) as whole chips: the comparison with register-level Verilog and with
 * SCALE-Sim's stall-free mode.
 */
public final class SystolicArray {
  private static final double CLOCK_HERTZ = 1e9;
  private static final long PICOS_PER_CYCLE = 1000;

  /** More than any array takes a cycle: operands are free here. */
  private static final double UNLIMITED = 1e18;

  private final MatrixUnit.Systolic array;

  private SystolicArray(final MatrixUnit.Systolic array) {
    this.array = array;
  }

  /**
   * What an array did.
   *
   * @param cycles from the first weight in to the last output out
   * @param folds tiles that the array held
   * @param utilisation multiply-accumulates over cycles x rows x columns
   * @param inputReads elements of the first operand read from SRAM
   * @param weightReads elements of the second
   * @param outputWrites results and partial sums written to SRAM
   */
  public record Result(
      long cycles,
      long folds,
      double utilisation,
      long inputReads,
      long weightReads,
      long outputWrites) {}

  /**
   * An array without overlap of folds, as in SCALE-Sim and in the register-level models; with two
   * weight buffers, one whose folds overlap their fill and drain with their neighbours' streaming.
   */
  public static SystolicArray of(
      final int rows, final int columns, final Dataflow dataflow, final int weightBuffers) {
    return new SystolicArray(
        new MatrixUnit.Systolic(
            1,
            rows,
            columns,
            Map.of(Format.INT8, Math.multiplyExact(rows, columns)),
            Format.INT32,
            dataflow,
            weightBuffers,
            0,
            weightBuffers == 1 ? Overlap.NONE : Overlap.FILL_AND_DRAIN,
            EdgeTiles.FULL));
  }

  /** Runs C[m x n] = A[m x k] B[k x n]. */
  public Result run(final int m, final int n, final int k) {
    final SystolicProgram program = new SystolicProgram(array, m, n, k);
    final Timing timing = Engine.run(program, chip(), Detail.FULL);
    final long cycles = timing.makespanPicos() / PICOS_PER_CYCLE;
    final long[] accesses = accesses(program);
    return new Result(
        cycles,
        program.folds(),
        (double) m * n * k / ((double) cycles * array.rows() * array.columns()),
        accesses[0],
        accesses[1],
        accesses[2]);
  }

  /**
   * As {@link #run}, with the cycle count that SCALE-Sim v2 and v3 print: the index of the last
   * cycle rather than their number (one less), and for output-stationary flow without the drain of
   * R cycles a fold (there the bottom row leaves before it is complete). Only without overlap.
   */
  public Result runAsScaleSim(final int m, final int n, final int k) {
    if (array.overlap() != Overlap.NONE) {
      throw new IllegalArgumentException("SCALE-Sim has one weight buffer and no overlap");
    }
    final Result result = run(m, n, k);
    final long drain = array.dataflow() == Dataflow.OS ? result.folds() * array.rows() : 0;
    final long cycles = result.cycles() - drain - 1;
    return new Result(
        cycles,
        result.folds(),
        result.utilisation() * result.cycles() / (cycles + 1),
        result.inputReads(),
        result.weightReads(),
        result.outputWrites());
  }

  private static long[] accesses(final SystolicProgram program) {
    final TaskList tasks = new TaskList();
    final long[] sums = new long[3];
    for (int item = 0; item < program.items(0); item++) {
      for (int block = 0; block < program.blocks(0, item); block++) {
        final long trips = program.trips(0, item, block);
        tasks.fill(program, 0, item, block, 0);
        for (int i = 0; i < tasks.size(); i++) {
          final Task task = tasks.get(i);
          if (task.kind == Task.Kind.MULTIPLY) {
            sums[0] += trips * task.m * task.k;
            sums[1] += trips * task.k * task.n;
            sums[2] += trips * task.m * task.n;
          }
        }
      }
    }
    return sums;
  }

  private Chip chip() {
    final CoreGroup core =
        new CoreGroup(
            "array",
            1,
            array,
            new VectorUnit(1, 1, 0),
            new LocalMemory(UNLIMITED, UNLIMITED, UNLIMITED, 0),
            new Port(UNLIMITED, UNLIMITED, 0));
    return new Chip(
        "systolic array",
        "one array that nothing holds back",
        CLOCK_HERTZ,
        new Process("none", 1, 1, 0),
        List.of(new Die("none", 1, 1, 0)),
        List.of(core),
        Optional.empty(),
        Optional.of(new ExternalMemory("free", 1, UNLIMITED, UNLIMITED, 1, 1, 0)),
        Optional.empty(),
        Optional.empty(),
        new Power(1, 0, 0),
        new EnergyTable(Map.of(), 0, 0, 0, 0, 0, 0, 0, 0),
        new Cost(0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty()),
        Map.of(),
        new Defaults("none", "none"),
        Map.of());
  }
}
