package org.inferchip.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.inferchip.arch.Stack;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.energy.EnergyLaw;
import org.inferchip.lowering.StepShape;
import org.inferchip.simulation.StepLayout.Item;

/**
 * Costs of serving steps, out of simulated operators:
 *
 * <pre>
 *   step = host + sum over operators (device time + launch floor)
 *   host = {@link HostTime}
 * </pre>
 *
 * <p>Operators are simulated at knots of tokens and contexts ({@link StepOperators}) and costs
 * interpolated between them ({@link StepCurves}); how far that is off is measured on steps of the
 * run itself ({@link InterpolationCheck}). Rows are padded to the stack's graph sizes, those of
 * steps with prefill too (piecewise graphs); contexts are padded where the stack's shapes are
 * static; the attention of a layer is launched once for all sequences. No step may be faster than
 * {@link StepFloor}.
 *
 * <p>Drafts of a batch are rows of all operators but the attention, whose work is that of one row a
 * sequence; drafting costs an average layer and what follows the layers for each of them.
 *
 * <p>Known error: sequences of one decode batch are taken to have their mean context; operators do
 * not overlap each other.
 */
public final class StepSimulator implements StepCost {
  private final Plan plan;
  private final boolean checked;
  private final StepOperators operators;
  private final StepCurves curves;
  private final StepLayout layout;
  private final PipelineStages stages;
  private final StepFloor floor;
  private final InterpolationCheck check;
  private final Interleaving interleaving;
  private final Optional<RankedCosts> ranks;
  private final Optional<FarTransfers> transfers;
  private final double[] sum;
  private final double[] totals;
  private double hostTotal;
  private double lead;
  private long steps;

  /** A simulator of one plan that checks its interpolation. */
  public StepSimulator(final Plan plan, final OperatorSimulator operators) {
    this(plan, operators, true);
  }

  /**
   * A simulator of one plan.
   *
   * @param checked whether some steps are simulated again without interpolation
   */
  public StepSimulator(final Plan plan, final OperatorSimulator operators, final boolean checked) {
    final Stack.Scheduler scheduler = plan.system().stack().scheduler();
    final int tokens = scheduler.maxBatchedTokens() + scheduler.maxSequences();
    this.plan = plan;
    this.checked = checked;
    this.operators = new StepOperators(plan, operators);
    this.curves = new StepCurves(plan, this.operators, tokens);
    this.layout = this.operators.layout();
    this.stages = plan.stages();
    this.floor = new StepFloor(plan);
    this.check = new InterpolationCheck(this::exactDevicePicos);
    this.interleaving = new Interleaving(plan, layout);
    this.ranks =
        Optional.of(plan.ranks().dataParallel())
            .filter(count -> count > 1)
            .map(count -> new RankedCosts(this.operators, curves, count, tokens));
    this.transfers = FarTransfers.of(plan);
    this.sum = new double[layout.size()];
    this.totals = new double[layout.size()];
  }

  @Override
  public void cost(final StepBatch batch, final StepTime out) {
    final StepBatch fullest = ranks.isEmpty() ? batch : ranks.get().cost(batch, sum);
    if (ranks.isEmpty()) {
      curves.step(batch, sum);
    }
    final double whole = deviceLatency(sum);
    final double resident = inTurns(batch, whole);
    final Optional<FarTransfers.Cost> copies = copies(batch, resident);
    final double device = resident + copies.map(FarTransfers.Cost::waitPicos).orElse(0.0);
    final double launches = HostTime.launches(plan, fullest);
    final double host =
        HostTime.picos(plan, fullest.requests(), fullest.tokens(), name -> layout.calls(sum, name))
            + Math.max(0, launches - lead - device);
    final long latency = (long) Math.ceil(device + host);
    lead = HostTime.lead(plan, lead, launches, latency);
    floor.check(batch, latency);
    final long interval =
        Math.min(
            latency,
            resident < whole
                ? latency
                : (long)
                    Math.ceil(
                        stages.slowest(
                                sum[layout.layers()] / plan.model().numHiddenLayers(),
                                sum[layout.outside()])
                            + copies.map(FarTransfers.Cost::intervalPicos).orElse(0.0)
                            + host));
    final EnergyBreakdown joules = layout.energy(sum);
    EnergyLaw.check("joules of a step by operator", layout.total(sum, Item.ENERGY), joules);
    out.set(latency, interval, prefillShare(batch, device), joules);
    CostCurve.add(totals, sum, 1);
    hostTotal += host;
    steps++;
    if (checked && batch.drafts() == 0) {
      check.maybe(steps, batch, whole);
    }
  }

  /** Copies from behind device memory, which then stand in the sum. */
  private Optional<FarTransfers.Cost> copies(final StepBatch batch, final double resident) {
    final double layers = sum[layout.layers()];
    final Optional<FarTransfers.Cost> copies =
        transfers.map(all -> all.cost(batch, layers, Math.max(0, resident - layers)));
    copies.ifPresent(cost -> layout.add(sum, cost));
    return copies;
  }

  /** Device time; of halves in turns, whose cost then stands in the sum, if they are faster. */
  private double inTurns(final StepBatch batch, final double whole) {
    if (!interleaving.takes(batch)) {
      return whole;
    }
    final double[] half = curves.half(batch);
    final double picos = interleaving.picos(half, sum);
    if (picos >= whole) {
      return whole;
    }
    Arrays.fill(sum, 0);
    CostCurve.add(sum, half, 2);
    return picos;
  }

  @Override
  public Optional<StepBounds> bounds(final StepLimits limits) {
    if (ranks.isPresent() || transfers.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(WorstStep.bounds(plan, layout, curves, limits));
  }

  /** What all steps so far did, by operator. */
  public List<OperatorTotal> totals() {
    final List<OperatorTotal> list = new ArrayList<>();
    for (int i = 0; i < layout.operators().size(); i++) {
      list.add(
          new OperatorTotal(
              layout.operators().get(i),
              totals[layout.index(i, Item.CALLS)],
              totals[layout.index(i, Item.LATENCY)] * 1e-12,
              totals[layout.index(i, Item.LAUNCH)] * 1e-12,
              totals[layout.index(i, Item.BOUND)] * 1e-12,
              totals[layout.index(i, Item.ENERGY)],
              totals[layout.index(i, Item.MACS)],
              totals[layout.index(i, Item.BYTES)]));
    }
    return list;
  }

  /** Host time of all steps so far, seconds. */
  public double hostSeconds() {
    return hostTotal * 1e-12;
  }

  /** How far interpolation was off on sampled steps. */
  public InterpolationCheck check() {
    return check;
  }

  /** The plan. */
  public Plan plan() {
    return plan;
  }

  /** Device time of a step without interpolation, picoseconds. */
  private double exactDevicePicos(final StepShape shape) {
    return deviceLatency(
        ranks.isPresent()
            ? ranks.get().exact(shape)
            : operators.step(shape, operators.padded(shape.tokens(), shape.hasPrompts())));
  }

  private double deviceLatency(final double[] vector) {
    return layout.total(vector, Item.LATENCY);
  }

  private double prefillShare(final StepBatch batch, final double device) {
    if (batch.chunks() == 0) {
      return 0;
    }
    if (batch.decodes() == 0) {
      return 1;
    }
    double own = 0;
    double other = 0;
    for (int i = 0; i < layout.operators().size(); i++) {
      final double latency = sum[layout.index(i, Item.LATENCY)];
      switch (layout.operators().get(i)) {
        case "attention_prefill" -> own += latency;
        case "attention_decode" -> {}
        default -> other += latency;
      }
    }
    return Math.min(1, (own + other * batch.prefillTokenShare()) / device);
  }
}
