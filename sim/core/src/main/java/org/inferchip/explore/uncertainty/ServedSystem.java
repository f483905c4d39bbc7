package org.inferchip.explore.uncertainty;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Substitution;
import org.inferchip.cost.HourlyCost;
import org.inferchip.cost.TokenCost;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.energy.EnergyModel;
import org.inferchip.energy.SystemPower;
import org.inferchip.engine.Detail;
import org.inferchip.explore.Evaluation;
import org.inferchip.explore.Evaluator;
import org.inferchip.explore.TypicalStep;
import org.inferchip.serving.RunResult;
import org.inferchip.simulation.StepProfile;
import org.inferchip.units.Picoseconds;

/**
 * A run whose figures can be had for other values of the uncertain numbers, without simulating it.
 *
 * <ul>
 *   <li>Floors, energies, the power limit, prices and host times of steps are put into the
 *       description, and the energy and throttled clock of the run's typical steps counted again
 *       out of their recorded counters: exact for these steps.
 *   <li>Numbers that move the simulated time act through {@link Response}.
 *   <li>The run's joules of a component move as those of its typical steps do, by their shares of
 *       it; idle power counts over the run's whole time. Assumption: typical steps stand for all.
 *   <li>What the simulation itself is off by ({@link ModelError}) moves a step by the shares that
 *       classes of operators have of its time.
 *   <li>Latencies, duration and load follow the times of prompts and decoding through {@link
 *       Replays}.
 *   <li>Watts at the plug, dollars and tokens are then counted as for any run.
 * </ul>
 */
final class ServedSystem implements Subject {
  /** What is counted again, not simulated; other numbers move the simulated time. */
  private static final List<String> COUNTED =
      List.of(
          "enclosure.",
          "chip.power.",
          "chip.energy.",
          "chip.cost.",
          "chip.process.",
          "chip.dies",
          "stack.step.");

  private final Described<SystemDescription> described;
  private final Evaluator.Served served;
  private final List<TypicalStep> typical;
  private final List<StepProfile> steps = new ArrayList<>();
  private final double[][] shares;
  private final List<double[]> classes;
  private final Survey survey;
  private final Map<String, Response> responses = new LinkedHashMap<>();
  private final ResponseCheck check;
  private final Replays replays;

  /** The system with its numbers at given values. */
  private record Moved(List<StepMove> moves, SystemDescription system) {}

  /**
   * Simulates what the draws need.
   *
   * @param draws values by path, one map a draw
   */
  ServedSystem(
      final Described<SystemDescription> described,
      final Evaluator.Served served,
      final Survey survey,
      final Detail detail,
      final Map<String, String> pinned,
      final List<Map<String, Double>> draws) {
    this.described = described;
    this.served = served;
    this.survey = survey;
    typical = TypicalStep.of(served.evaluation());
    for (final TypicalStep step : typical) {
      steps.add(TypicalStep.profile(served.evaluation().plan(), step.shape(), detail, pinned));
    }
    shares = shares();
    classes = steps.stream().map(ModelError::shares).toList();
    for (final Variable one : survey.variables()) {
      if (!isCounted(one.path()) && !isSimulatedTime(one.path())) {
        responses.put(
            one.path(),
            new Response(
                one, steps, value -> step -> step.on(with(Map.of(one.path(), value)), detail)));
      }
    }
    check =
        ResponseCheck.of(
            responses.isEmpty() ? List.of() : draws,
            steps,
            this::predicted,
            (values, step) -> step.on(with(values), detail));
    final List<Moved> moved = draws.stream().map(this::moved).toList();
    replays =
        new Replays(
            served.evaluation().run(),
            served.again(),
            moved.stream().mapToDouble(this::prefillLog).toArray(),
            moved.stream().mapToDouble(one -> one.moves.get(0).time()).toArray());
  }

  private static boolean isCounted(final String path) {
    return COUNTED.stream().anyMatch(path::startsWith);
  }

  private static boolean isSimulatedTime(final String path) {
    return path.startsWith(ModelError.SIMULATED);
  }

  private SystemDescription with(final Map<String, Double> values) {
    return Substitution.of(described.value(), only(values, path -> !isSimulatedTime(path)));
  }

  private static Map<String, Double> only(
      final Map<String, Double> values, final java.util.function.Predicate<String> which) {
    final Map<String, Double> some = new HashMap<>(values);
    some.keySet().removeIf(path -> !which.test(path));
    return some;
  }

  /** Of each component's joules, the share that each typical step stands for. */
  private double[][] shares() {
    final double[][] of = new double[steps.size()][];
    final double[] all = new double[Parts.count()];
    for (int s = 0; s < of.length; s++) {
      of[s] = Parts.of(steps.get(s).energy());
      for (int i = 0; i < all.length; i++) {
        of[s][i] *= typical.get(s).share() / steps.get(s).latencyPicos();
        all[i] += of[s][i];
      }
    }
    for (final double[] step : of) {
      for (int i = 0; i < all.length; i++) {
        step[i] = all[i] == 0 ? 1.0 / of.length : step[i] / all[i];
      }
    }
    return of;
  }

  @Override
  public String name() {
    return served.evaluation().name();
  }

  @Override
  public List<Variable> variables() {
    return survey.variables();
  }

  @Override
  public boolean counts(final String path) {
    return isCounted(path);
  }

  /** How many numbers are not drawn, by reason. */
  Map<String, Integer> left() {
    return survey.left();
  }

  /** How far the response of steps was off. */
  ResponseCheck check() {
    return check;
  }

  /** What moves a step, apart from how far the simulation itself may be off. */
  private StepMove predicted(final Map<String, Double> values, final int step) {
    final SystemDescription counted =
        Substitution.of(described.value(), only(values, ServedSystem::isCounted));
    return responded(
        StepMove.between(steps.get(step), steps.get(step).repriced(counted)), values, step);
  }

  private StepMove responded(
      final StepMove counted, final Map<String, Double> values, final int step) {
    StepMove move = counted;
    for (final Map.Entry<String, Response> one : responses.entrySet()) {
      final Double value = values.get(one.getKey());
      if (value != null) {
        move = one.getValue().add(move, step, value);
      }
    }
    return move;
  }

  private Moved moved(final Map<String, Double> values) {
    final SystemDescription counted =
        Substitution.of(described.value(), only(values, ServedSystem::isCounted));
    SystemDescription system = described.value();
    final List<StepMove> moves = new ArrayList<>();
    for (int s = 0; s < steps.size(); s++) {
      final StepProfile repriced = steps.get(s).repriced(counted);
      system = repriced.plan().system();
      moves.add(
          responded(StepMove.between(steps.get(s), repriced), values, s)
              .stretched(modelError(s, values)));
    }
    return new Moved(moves, system);
  }

  /** By which factor the simulation of a step is off: as a whole, and its operators by class. */
  private double modelError(final int step, final Map<String, Double> values) {
    double operators = 1;
    for (final ModelError error : ModelError.values()) {
      final double factor = values.getOrDefault(error.path(), 1.0);
      operators += classes.get(step)[error.ordinal()] * (factor - 1);
    }
    final boolean routed = classes.get(step)[ModelError.EXPERTS.ordinal()] > 0;
    return operators
        * values.getOrDefault(step == 0 ? Survey.DECODE : Survey.PREFILL, 1.0)
        * (routed ? values.getOrDefault(Survey.ROUTED, 1.0) : 1);
  }

  private double prefillLog(final Moved moved) {
    return moved.moves.size() > 1 ? moved.moves.get(1).time() : 0;
  }

  @Override
  public double[] figures(final Map<String, Double> values) {
    final Moved moved = moved(values);
    final double[] run = replays.at(prefillLog(moved), moved.moves.get(0).time());
    final double seconds = run[4];
    final Evaluation base = served.evaluation();
    final RunResult before = base.run();
    final int chips = before.chips();
    final EnergyModel model = EnergyModel.of(moved.system.chip());
    final double joules =
        model.idleJoules(Math.round(seconds * Picoseconds.PER_SECOND), chips)
            + aboveIdle(before.energy().chips(), moved.moves);
    final SystemPower watts =
        SystemPower.of(moved.system, chips, joules / seconds, Math.min(1, run[5]));
    final HourlyCost hourly = HourlyCost.of(moved.system, base.plan().chips(), watts.facility());
    final double tokensPerSecond = before.counts().outputTokens() / seconds;
    final TokenCost owned = tokens(hourly.owned(), hourly.utilisation(), seconds, run[6]);
    final double[] figures = new double[Metric.values().length];
    figures[Metric.TTFT_P50.ordinal()] = run[0];
    figures[Metric.TTFT_P99.ordinal()] = run[1];
    figures[Metric.TPOT_P50.ordinal()] = run[2];
    figures[Metric.E2E_P50.ordinal()] = run[3];
    figures[Metric.OUTPUT_RATE.ordinal()] = tokensPerSecond;
    figures[Metric.SYSTEM_WATTS.ordinal()] = watts.system();
    figures[Metric.TOKENS_PER_JOULE.ordinal()] = tokensPerSecond / watts.system();
    figures[Metric.TOKENS_PER_CHIP_JOULE.ordinal()] = before.counts().outputTokens() / joules;
    figures[Metric.USD_PER_HOUR.ordinal()] = hourly.owned();
    figures[Metric.TOKENS_PER_USD.ordinal()] = owned.tokensPerDollar();
    figures[Metric.USD_PER_MILLION.ordinal()] = owned.total();
    figures[Metric.TOKENS_PER_USD_RENTED.ordinal()] =
        hourly
            .rental()
            .map(dollars -> tokens(dollars, 1, seconds, run[6]).tokensPerDollar())
            .orElse(Double.NaN);
    return figures;
  }

  /**
   * By which factor the joules of all operators of a name move, by the steps that stand for the
   * run; 1 where none has it. What only a simulation could follow is left out.
   */
  double operatorJoules(final String name, final Map<String, Double> values) {
    final SystemDescription counted =
        Substitution.of(described.value(), only(values, ServedSystem::isCounted));
    double before = 0;
    double after = 0;
    for (int s = 0; s < steps.size(); s++) {
      final double weight = typical.get(s).share() / steps.get(s).latencyPicos();
      before += weight * joules(steps.get(s), name);
      after += weight * joules(steps.get(s).repriced(counted), name);
    }
    return before == 0 ? 1 : after / before;
  }

  private static double joules(final StepProfile step, final String name) {
    return step.lines().stream()
        .filter(line -> line.result().operator().name().equals(name))
        .mapToDouble(line -> step.aboveIdle(line).total())
        .sum();
  }

  private double aboveIdle(final EnergyBreakdown before, final List<StepMove> moves) {
    final double[] parts = Parts.of(before);
    double joules = 0;
    for (int i = 0; i < parts.length; i++) {
      double factor = 0;
      for (int s = 0; s < moves.size(); s++) {
        factor += shares[s][i] * StrictMath.exp(moves.get(s).joules()[i]);
      }
      joules += parts[i] * factor;
    }
    return joules;
  }

  private TokenCost tokens(
      final double dollarsPerHour,
      final double utilisation,
      final double seconds,
      final double prefillShare) {
    return TokenCost.of(
        dollarsPerHour,
        utilisation,
        seconds,
        Math.min(1, prefillShare),
        served.evaluation().run().counts().inputTokens(),
        served.evaluation().run().counts().outputTokens());
  }
}
