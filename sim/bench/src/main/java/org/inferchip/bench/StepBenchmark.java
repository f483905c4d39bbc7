package org.inferchip.bench;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.Models;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepBatch;
import org.inferchip.simulation.StepProfile;
import org.inferchip.simulation.StepSimulator;
import org.inferchip.simulation.StepTime;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of a decode step of Llama-3.1-8B on an H100, batch 64 with 2,048 tokens of context: with the
 * search of every operator's mapping in a JVM that has just started, and asked again as a serving
 * run does for every step.
 */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StepBenchmark {
  private static final int BATCH = 64;
  private static final int CONTEXT = 2048;

  private final StepBatch batch = new StepBatch();
  private final StepTime time = new StepTime();
  private Plan plan;
  private StepSimulator simulator;

  /** Reads the descriptions. */
  @Setup
  public void plan() {
    plan =
        Plan.of(
            Descriptions.here().system("h100-sxm", Optional.empty(), Overrides.none()).value(),
            Models.here().read("llama-3.1-8b").model(),
            Plan.Wishes.NONE);
    for (int i = 0; i < BATCH; i++) {
      batch.addDecode(CONTEXT - 1);
    }
  }

  /** Every mapping searched; nothing compiled before. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Fork(5)
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  public StepProfile cold() {
    return StepProfile.of(plan, StepShape.decode(BATCH, CONTEXT), Detail.FOLDED, Map.of());
  }

  /** The cost of a step whose operators are known. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @Fork(1)
  @Warmup(iterations = 3, time = 1)
  @Measurement(iterations = 5, time = 1)
  public long memoised() {
    if (simulator == null) {
      simulator =
          new StepSimulator(
              plan,
              new OperatorSimulator(
                  plan.system().chip(), plan.system().stack(), Detail.FOLDED, Map.of()));
    }
    simulator.cost(batch, time);
    return time.latencyPicos();
  }
}
