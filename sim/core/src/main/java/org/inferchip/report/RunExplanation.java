package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.explore.Elasticity;
import org.inferchip.explore.TypicalStep;
import org.inferchip.simulation.OperatorTotal;

/**
 * Where the time, joules and dollars of a run go, and what a better part would buy.
 *
 * <p>Components add up to the run's duration, the chips' joules and the owner's dollars. What units
 * do and wait for is told of the steps that stand for the run (see {@link TypicalStep}).
 */
public final class RunExplanation {
  private final SystemResult result;
  private final List<TypicalStep> steps;
  private final List<Explanation> explanations;
  private final List<Elasticity> elasticities;
  private final RunAccount account;

  /**
   * Explains a run.
   *
   * @param steps that stand for it
   * @param explanations of these steps
   * @param elasticities of the run
   */
  public RunExplanation(
      final SystemResult result,
      final List<TypicalStep> steps,
      final List<Explanation> explanations,
      final List<Elasticity> elasticities) {
    this.result = result;
    this.steps = List.copyOf(steps);
    this.explanations = List.copyOf(explanations);
    this.elasticities = List.copyOf(elasticities);
    account = new RunAccount(result);
  }

  /** The JSON form. */
  public Map<String, Object> json() {
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", result.name());
    json.put("model", result.text("model"));
    json.put("trace", result.text("trace"));
    json.put("duration_s", result.number("duration_s"));
    json.put("tokens_per_joule", result.number("tokens_per_joule"));
    json.put("tokens_per_usd", result.number("tokens_per_usd"));
    json.put("time_s", time());
    json.put("energy_j", energy());
    json.put("usd", money());
    json.put("operators", operators());
    final List<Map<String, Object>> typical = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      final Map<String, Object> step = new LinkedHashMap<>();
      step.put("name", steps.get(i).name());
      step.put("share_of_step_time", steps.get(i).share());
      step.putAll(explanations.get(i).json());
      typical.add(step);
    }
    json.put("typical_steps", typical);
    json.put("elasticities", elasticities);
    json.put("violations", result.violations());
    json.put("sentences", sentences());
    return json;
  }

  /** Seconds by component; they add up to the run's duration. */
  public Map<String, Double> time() {
    return account.times();
  }

  /** Joules of the chips by component. */
  public Map<String, Double> energy() {
    return result.energy();
  }

  /** An owner's dollars by component. */
  public Map<String, Double> money() {
    return account.dollars();
  }

  /** The operators that ran, each with its part of the time, the chips' joules and the dollars. */
  public List<Map<String, Object>> operators() {
    final List<Map<String, Object>> rows = new ArrayList<>();
    for (final OperatorTotal total : result.operators()) {
      if (total.calls() > 0) {
        final Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", total.name());
        row.put("calls", total.calls());
        row.put("time_s", account.share(total.seconds()) * result.number("duration_s"));
        row.put("time_share", account.share(total.seconds()));
        row.put("bound_share", total.boundSeconds() / total.seconds());
        row.put("energy_j", total.joules());
        row.put("energy_share", account.energyShare(total.joules()));
        row.put("usd", account.dollars(total));
        row.put("usd_share", account.dollars(total) / account.allDollars());
        rows.add(row);
      }
    }
    return rows;
  }

  /** What the numbers say, in words. */
  public List<String> sentences() {
    final List<String> sentences = new ArrayList<>();
    sentences.add(Sentences.largest("time", time(), "s"));
    sentences.add(Sentences.largest("energy", energy(), "J"));
    sentences.add(Sentences.largest("money", money(), "dollars"));
    sentences.addAll(Sentences.better("the time with a request", elasticities));
    return sentences;
  }
}
