package org.inferchip.verification;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.arithmetic.Execution;
import org.inferchip.arithmetic.MatrixRule;
import org.inferchip.arithmetic.OperatorCheck;
import org.inferchip.arithmetic.OperatorReport;
import org.inferchip.arithmetic.SyntheticTensors;
import org.inferchip.arithmetic.TensorStore;
import org.inferchip.audit.Audit;
import org.inferchip.audit.AuditReport;
import org.inferchip.audit.Finding;
import org.inferchip.operator.Operator;
import org.inferchip.program.TileProgram;
import org.inferchip.simulation.OperatorResult;
import org.inferchip.simulation.OperatorSimulator;

/**
 * Audits and executes the programs that a simulator chose: the very ones that were timed. Inputs
 * come from the counter-based generator.
 */
public final class OperatorVerifier {
  private final OperatorSimulator operators;
  private final long seed;
  private final long auditTasks;

  /**
   * A verifier.
   *
   * @param operators chooses the programs
   * @param seed of inputs and samples
   * @param auditTasks programs with more tasks are not audited
   */
  public OperatorVerifier(
      final OperatorSimulator operators, final long seed, final long auditTasks) {
    this.operators = operators;
    this.seed = seed;
    this.auditTasks = auditTasks;
  }

  /** Executes every task and compares every element. */
  public OperatorVerification whole(final Operator operator) {
    return verify(operator, Integer.MAX_VALUE);
  }

  /** Executes some items that a seed picks, with all that they need, and compares parts of them. */
  public OperatorVerification sample(final Operator operator, final int items) {
    return verify(operator, items);
  }

  private OperatorVerification verify(final Operator operator, final int items) {
    final boolean whole = items == Integer.MAX_VALUE;
    final OperatorResult result = operators.simulate(operator);
    final TileProgram program = operators.program(operator);
    final TensorStore tensors = SyntheticTensors.of(operator, seed);
    final int group = program.placement().coreGroup(0);
    final MatrixRule rule = MatrixRule.of(operators.chip().cores().get(group).matrix(), seed);
    final OperatorReport values =
        whole
            ? OperatorCheck.whole(program, tensors, rule, Execution.Order.ASCENDING)
            : OperatorCheck.sample(program, tensors, rule, seed, items);
    final List<String> findings = new ArrayList<>(values.faults());
    final long tasks = result.timing().counters().tasks();
    final boolean audited = tasks <= auditTasks;
    if (audited) {
      audit(program, findings);
    }
    return new OperatorVerification(
        operator,
        values.format(),
        result.choice().text(),
        whole,
        audited,
        tasks,
        values.tiles(),
        values.elements(),
        values.relativeError(),
        values.formatError(),
        values.bound(),
        findings);
  }

  private void audit(final TileProgram program, final List<String> findings) {
    final AuditReport report = Audit.of(program, operators.chip());
    report.findings().stream().map(Finding::toString).forEach(findings::add);
    if (!report.complete()) {
      findings.add("the audit gave up after too many findings");
    }
  }
}
