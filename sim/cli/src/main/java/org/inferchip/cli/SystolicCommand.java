package org.inferchip.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inferchip.arch.MatrixUnit.Dataflow;
import org.inferchip.engine.SystolicArray;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code systolic}: cycles and SRAM accesses of one array for one matrix product. */
@Command(
    name = "systolic",
    description = "Counts the cycles of one systolic array for C[m x n] = A[m x k] B[k x n].",
    footer = "  inferchip systolic --rows 128 --cols 128 --dataflow ws --m 100 --n 2304 --k 768")
final class SystolicCommand extends BaseCommand {
  private static final int MOST_ROWS = 1 << 15;
  private static final long MOST_FOLDS = 20_000_000;

  /** Whose way of counting. */
  enum Compat {
    SCALESIM
  }

  @Option(names = "--rows", paramLabel = "R", required = true, description = "Rows of the array.")
  private int rows;

  @Option(names = "--cols", paramLabel = "C", required = true, description = "Its columns.")
  private int columns;

  @Option(
      names = "--dataflow",
      paramLabel = "D",
      required = true,
      description = "What stays: ws (weights), os (outputs), is (inputs).")
  private Dataflow dataflow;

  @Option(names = "--m", paramLabel = "M", required = true, description = "Rows of A and C.")
  private int m;

  @Option(names = "--n", paramLabel = "N", required = true, description = "Columns of B and C.")
  private int n;

  @Option(names = "--k", paramLabel = "K", required = true, description = "Reduction.")
  private int k;

  @Option(
      names = "--weight-buffers",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "1: each fold fills, streams and drains alone; 2: the next weights load behind the"
              + " present ones (default: ${DEFAULT-VALUE}).")
  private int weightBuffers;

  @Option(
      names = "--compat",
      paramLabel = "P",
      description = "Count as another program does: scalesim.")
  private Compat compat;

  @Override
  protected void check(final Problems problems) {
    final boolean array =
        Checks.within(problems, "--rows", rows, 1, MOST_ROWS)
            & Checks.within(problems, "--cols", columns, 1, MOST_ROWS);
    final boolean sizes =
        Checks.within(problems, "--m", m, 1, Integer.MAX_VALUE)
            & Checks.within(problems, "--n", n, 1, Integer.MAX_VALUE)
            & Checks.within(problems, "--k", k, 1, Integer.MAX_VALUE);
    Checks.within(problems, "--weight-buffers", weightBuffers, 1, 2);
    if (compat == Compat.SCALESIM && weightBuffers == 2) {
      problems.add(Checks.at("--weight-buffers", "SCALE-Sim has no second buffer", "2", "1"));
    }
    if (array && sizes && folds() > MOST_FOLDS) {
      problems.add(
          Checks.at("--m", "too many folds", folds() + " folds", MOST_FOLDS + " folds at most"));
    }
  }

  private double folds() {
    final double alongM = Math.ceil((double) m / (dataflow == Dataflow.OS ? rows : columns));
    final double alongN = Math.ceil((double) n / columns);
    final double alongK = Math.ceil((double) k / rows);
    return switch (dataflow) {
      case WS -> alongN * alongK;
      case IS -> alongM * alongK;
      case OS -> alongM * alongN;
    };
  }

  @Override
  protected int run() {
    final SystolicArray array = SystolicArray.of(rows, columns, dataflow, weightBuffers);
    final SystolicArray.Result result =
        compat == Compat.SCALESIM ? array.runAsScaleSim(m, n, k) : array.run(m, n, k);
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("cycles", result.cycles());
    json.put("folds", result.folds());
    json.put("utilisation", result.utilisation());
    json.put("reads", result.inputReads() + result.weightReads());
    json.put("writes", result.outputWrites());
    json.put("input_reads", result.inputReads());
    json.put("weight_reads", result.weightReads());
    final Table table =
        new Table()
            .right("cycles")
            .right("folds")
            .right("utilisation")
            .right("reads", "words")
            .right("writes", "words")
            .row(
                result.cycles(),
                result.folds(),
                result.utilisation(),
                result.inputReads() + result.weightReads(),
                result.outputWrites());
    result(json, table);
    return ExitCode.DONE;
  }
}
