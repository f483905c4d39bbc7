package org.inferchip.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.arch.yaml.SourceIndex;
import org.inferchip.cost.HourlyCost;
import org.inferchip.cost.TokenCost;
import org.inferchip.model.LoadedModel;
import org.inferchip.serving.InstanceUse;
import org.inferchip.serving.RunResult;
import org.inferchip.simulation.InterpolationCheck;
import org.inferchip.simulation.OperatorTotal;
import org.inferchip.trace.Trace;
import org.inferchip.verification.OperatorSampler;
import org.inferchip.verification.SampleReport;

/** What a finished run took, of all its instances together. */
final class FleetEvaluation {
  private final Evaluator.Options options;
  private final FleetSetUp fleet;
  private final RunResult run;
  private final List<Pooled> pools = new ArrayList<>();

  FleetEvaluation(final Evaluator.Options options, final FleetSetUp fleet, final RunResult run) {
    this.options = options;
    this.fleet = fleet;
    this.run = run;
    int from = 0;
    for (final PoolSetUp one : fleet.pools()) {
      final int to = from + one.instances();
      pools.add(one.pooled(run.instances().subList(from, to)));
      from = to;
    }
  }

  Evaluation of(final LoadedModel loaded, final Trace trace) {
    final SampleReport verified =
        fleet.pools().stream()
            .map(one -> OperatorSampler.sample(one.operators(), options.seed()))
            .reduce(SampleReport::plus)
            .orElseThrow();
    final HourlyCost hourly =
        pools.stream().map(Pooled::hourly).reduce(HourlyCost::plus).orElseThrow();
    final double prefillShare = prefillShare();
    return new Evaluation(
        name(),
        fleet.serving().plan(),
        options.fleet(),
        pools,
        run,
        operators(),
        fleet.pools().stream().mapToDouble(one -> one.steps().hostSeconds()).sum(),
        interpolation(),
        hourly,
        tokens(hourly.owned(), hourly.utilisation(), prefillShare),
        hourly.rental().map(dollars -> tokens(dollars, 1, prefillShare)).orElse(null),
        fleet.pools().stream()
            .flatMap(one -> one.operators().fallbacks().stream())
            .distinct()
            .toList(),
        verified,
        estimateShare(),
        cited(),
        inputs(loaded, trace));
  }

  /** Both names, where prompts are computed on another system. */
  private String name() {
    final Set<String> names = new LinkedHashSet<>();
    fleet.pools().forEach(one -> names.add(one.plan().system().name()));
    return String.join("+", names);
  }

  private List<OperatorTotal> operators() {
    final Map<String, OperatorTotal> byName = new LinkedHashMap<>();
    for (final PoolSetUp one : fleet.pools()) {
      one.steps().totals().forEach(of -> byName.merge(of.name(), of, OperatorTotal::plus));
    }
    return List.copyOf(byName.values());
  }

  private Evaluation.Interpolation interpolation() {
    int checked = 0;
    double sum = 0;
    double largest = 0;
    for (final PoolSetUp one : fleet.pools()) {
      final InterpolationCheck check = one.steps().check();
      checked += check.checked();
      sum += check.meanError() * check.checked();
      largest = Math.max(largest, check.largestError());
    }
    final double mean =
        fleet.pools().size() == 1
            ? fleet.serving().steps().check().meanError()
            : sum / Math.max(1, checked);
    return new Evaluation.Interpolation(checked, mean, largest);
  }

  /**
   * Share of the dollars that prompts caused: of each instance by its own step time, weighted with
   * what it costs.
   */
  private double prefillShare() {
    if (pools.size() == 1) {
      return run.occupancy().prefillShare();
    }
    double dollars = 0;
    double prefill = 0;
    int index = 0;
    for (final Pooled pool : pools) {
      for (int i = 0; i < pool.instances(); i++) {
        final InstanceUse use = run.instances().get(index++);
        final double each = pool.hourly().owned() / pool.instances();
        dollars += each;
        prefill += each * use.prefillShare();
      }
    }
    return prefill / dollars;
  }

  private TokenCost tokens(
      final double dollarsPerHour, final double utilisation, final double prefillShare) {
    return TokenCost.of(
        dollarsPerHour,
        utilisation,
        run.rates().durationSeconds(),
        prefillShare,
        run.counts().inputTokens(),
        run.counts().outputTokens());
  }

  /** By count of numbers. */
  private double estimateShare() {
    if (pools.size() == 1) {
      return fleet.serving().described().sources().estimateShare();
    }
    double estimates = 0;
    double numbers = 0;
    for (final PoolSetUp one : fleet.pools()) {
      final SourceIndex sources = one.described().sources();
      estimates += sources.estimateShare() * sources.numbers().size();
      numbers += sources.numbers().size();
    }
    return estimates / numbers;
  }

  private List<SourceIndex.Cited> cited() {
    final Set<SourceIndex.Cited> all = new LinkedHashSet<>();
    fleet.pools().forEach(one -> all.addAll(one.described().sources().cited()));
    return List.copyOf(all);
  }

  private List<InputFile> inputs(final LoadedModel loaded, final Trace trace) {
    final Set<InputFile> inputs = new LinkedHashSet<>();
    fleet.pools().forEach(one -> inputs.addAll(one.described().files()));
    inputs.addAll(loaded.files());
    inputs.add(new InputFile(trace.name(), trace.sha256()));
    return List.copyOf(inputs);
  }
}
