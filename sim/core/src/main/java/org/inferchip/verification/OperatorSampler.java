package org.inferchip.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.simulation.OperatorResult;
import org.inferchip.simulation.OperatorSimulator;

/**
 * Executes a seeded sample of the programs that a run was timed with.
 *
 * <p>Operators that differ only in their tokens or contexts are a family (the projection {@code
 * qkv_proj} of every batch size, say). Of each family a member is drawn; some of its items that
 * store results are executed with all that they need, their corners compared with float64, and its
 * program is audited whole where it is not too large. The sample is a function of the run and the
 * seed alone; operators are checked side by side, which changes nothing.
 */
public final class OperatorSampler {
  /** Items executed of an operator that was drawn. */
  private static final int ITEMS = 2;

  /** Programs with more tasks are not audited. */
  private static final long AUDIT_TASKS = 100_000;

  private OperatorSampler() {}

  /** Samples what a simulator has simulated. */
  public static SampleReport sample(final OperatorSimulator simulator, final long seed) {
    final Map<String, List<Operator>> families = new TreeMap<>();
    final List<OperatorResult> results = simulator.results();
    for (final OperatorResult result : results) {
      families
          .computeIfAbsent(family(result.operator()), key -> new ArrayList<>())
          .add(result.operator());
    }
    final SplittableRandom random = new SplittableRandom(seed);
    final List<Operator> drawn = new ArrayList<>();
    for (final List<Operator> family : families.values()) {
      drawn.add(family.get(random.nextInt(family.size())));
    }
    final OperatorVerifier verifier = new OperatorVerifier(simulator, seed, AUDIT_TASKS);
    final List<OperatorVerification> verified =
        drawn.parallelStream().map(operator -> verifier.sample(operator, ITEMS)).toList();
    return report(verified, results.size());
  }

  private static SampleReport report(
      final List<OperatorVerification> verified, final int distinct) {
    final List<String> violations = new ArrayList<>();
    long tiles = 0;
    long elements = 0;
    int audited = 0;
    double worst = 0;
    double lost = 0;
    for (final OperatorVerification one : verified) {
      tiles += one.tiles();
      elements += one.elements();
      audited += one.audited() ? 1 : 0;
      worst = Math.max(worst, one.relativeError());
      lost = Math.max(lost, one.formatError());
      one.findings().forEach(found -> violations.add(one.operator().name() + ": " + found));
    }
    return new SampleReport(
        verified.size(), distinct, audited, tiles, elements, worst, lost, violations);
  }

  /** What an operator is, without how many tokens or how long contexts it has. */
  private static String family(final Operator operator) {
    if (operator instanceof MatMul op) {
      return "matmul " + op.n() + " " + op.k() + " " + op.groups() + " " + op.weight();
    }
    if (operator instanceof Attention op) {
      final boolean decodes = op.sequences().stream().allMatch(s -> s.queries() == 1);
      return "attention " + op.heads() + " " + op.headDim() + " " + op.window() + " " + decodes;
    }
    if (operator instanceof Elementwise op) {
      return "elementwise " + op.kind() + " " + op.cols();
    }
    final Collective op = (Collective) operator;
    return "collective " + op.kind() + " " + op.devices();
  }
}
