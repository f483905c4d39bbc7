package org.inferchip.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.inferchip.arch.Stack;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.energy.EnergyLaw;
import org.inferchip.lowering.Call;
import org.inferchip.lowering.Call.Reach;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.Lowering;
import org.inferchip.lowering.StepShape;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Operator;
import org.inferchip.simulation.StepLayout.Item;

/**
 * Costs of serving steps, out of simulated operators:
 *
 * <pre>
 *   step = host + sum over operators (device time + launch floor)
 *   host = {@link HostTime}
 * </pre>
 *
 * <p>Operators whose work depends on the number of tokens only are simulated at {@link Knots} of
 * tokens; decode attention at knots of (sequences, mean context); prefill attention at knots of
 * (chunk, context), chunk by chunk. Between knots costs are interpolated in coordinates in which
 * they are affine; how far that is off is measured on steps of the run itself ({@link
 * InterpolationCheck}). Rows are padded to the stack's graph sizes, those of steps with prefill too
 * (piecewise graphs); contexts are padded where the stack's shapes are static; the attention of a
 * layer is launched once for all sequences. No step may be faster than {@link StepFloor}.
 *
 * <p>Known error: sequences of one decode batch are taken to have their mean context; operators do
 * not overlap each other.
 */
public final class StepSimulator implements StepCost {
  private static final int PER_DOUBLING = 2;

  private final Plan plan;
  private final boolean checked;
  private final OperatorSimulator operators;
  private final StepLayout layout;
  private final PipelineStages stages;
  private final StepFloor floor;
  private final CostCurve perToken;
  private final CostCurve perSample;
  private final CostCurve perPickedSample;
  private final CostSurface decode;
  private final CostSurface prefill;
  private final InterpolationCheck check;
  private final Interleaving interleaving;
  private final Optional<RankedCosts> ranks;
  private final Optional<FarTransfers> transfers;
  private final double[] sum;
  private final double[] totals;
  private double hostTotal;
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
    this.plan = plan;
    this.checked = checked;
    this.operators = operators;
    this.stages = plan.stages();
    this.floor = new StepFloor(plan);
    this.layout =
        StepLayout.of(
            List.of(lower(StepShape.prefill(16, 16)), lower(StepShape.decode(1, 16)), mixed()),
            plan.system().chip().memory().isEmpty(),
            FarTransfers.of(plan).isPresent());
    this.transfers = FarTransfers.of(plan);
    final Stack stack = plan.system().stack();
    final int tokens = stack.scheduler().maxBatchedTokens() + stack.scheduler().maxSequences();
    final int contexts = plan.model().maxPositionEmbeddings() + 1;
    final Knots tokenKnots = Knots.tokens(tokens);
    this.perToken = new CostCurve(tokenKnots, this::tokenCost);
    this.perSample = new CostCurve(tokenKnots, samples -> sampleCost(samples, false));
    this.perPickedSample = new CostCurve(tokenKnots, samples -> sampleCost(samples, true));
    this.decode =
        new CostSurface(
            Knots.geometric(1, 2, PER_DOUBLING, stack.scheduler().maxSequences()),
            Knots.geometric(1, 16, PER_DOUBLING, contexts),
            (batch, context) -> batch,
            (batch, context) -> attentionCost(StepShape.decode(batch, context)));
    this.prefill =
        new CostSurface(
            Knots.geometric(1, 32, 1, tokens),
            Knots.geometric(0, 256, 1, contexts),
            // Pairs of query and key: (context + tokens/2) tokens, where context is what came
            // before.
            (chunk, before) -> chunk * (before + chunk / 2.0),
            (chunk, before) -> attentionCost(StepShape.prefill(chunk, before + chunk)));
    this.check = new InterpolationCheck(this);
    this.interleaving = new Interleaving(plan, layout);
    this.ranks =
        Optional.of(plan.ranks().dataParallel())
            .filter(count -> count > 1)
            .map(count -> new RankedCosts(this, layout, count, tokens));
    this.sum = new double[layout.size()];
    this.totals = new double[layout.size()];
  }

  @Override
  public void cost(final StepBatch batch, final StepTime out) {
    final StepBatch fullest = ranks.isEmpty() ? batch : ranks.get().cost(batch, sum);
    if (ranks.isEmpty()) {
      interpolate(batch, sum);
    }
    final double whole = deviceLatency(sum);
    final double resident = inTurns(batch, whole);
    final Optional<FarTransfers.Cost> copies = copies(batch, resident);
    final double device = resident + copies.map(FarTransfers.Cost::waitPicos).orElse(0.0);
    final double host =
        HostTime.picos(plan, fullest.requests(), fullest.tokens(), name -> layout.calls(sum, name))
            + HostTime.launches(plan, fullest, device);
    final long latency = (long) Math.ceil(device + host);
    floor.check(batch, latency);
    final long interval =
        Math.min(
            latency,
            resident < whole
                ? latency
                : (long)
                    Math.ceil(
                        slowestStage(sum[layout.layers()], sum[layout.outside()])
                            + copies.map(FarTransfers.Cost::intervalPicos).orElse(0.0)
                            + host));
    final EnergyBreakdown joules = layout.energy(sum);
    EnergyLaw.check("joules of a step by operator", layout.total(sum, Item.ENERGY), joules);
    out.set(latency, interval, prefillShare(batch, device), joules);
    CostCurve.add(totals, sum, 1);
    hostTotal += host;
    steps++;
    if (checked) {
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
    final int size = (batch.decodes() + 1) / 2;
    final double[] half = new double[layout.size()];
    perToken.addTo(half, padded(size));
    perSample.addTo(half, padded(size));
    decode.addTo(half, size, decodeContext(batch));
    final double picos = interleaving.picos(half, sum);
    if (picos >= whole) {
      return whole;
    }
    java.util.Arrays.fill(sum, 0);
    CostCurve.add(sum, half, 2);
    return picos;
  }

  @Override
  public Optional<StepBounds> bounds(final StepLimits limits) {
    if (ranks.isPresent() || transfers.isPresent()) {
      return Optional.empty();
    }
    final WorstStep worst =
        new WorstStep(perToken, perSample, perPickedSample, decode, prefill, limits);
    final int requests = limits.decodes() + 1;
    final int tokens = padded(limits.decodes() + limits.chunkTokens());
    final int samples = padded(requests);
    final double host =
        HostTime.picos(
                plan,
                requests,
                limits.decodes() + limits.chunkTokens(),
                name -> worst.most(vector -> layout.calls(vector, name), tokens, samples))
            + HostTime.mostLaunches(plan);
    final double device = worst.most(this::deviceLatency, tokens, samples);
    final double interval =
        slowestStage(
            worst.most(vector -> vector[layout.layers()], tokens, samples),
            worst.most(vector -> vector[layout.outside()], tokens, samples));
    final long most = (long) Math.ceil(device + host) + 1;
    return Optional.of(
        new StepBounds(
            (long) Math.floor(worst.least(this::deviceLatency, tokens)),
            most,
            Math.min(most, (long) Math.ceil(interval + host) + 1)));
  }

  /**
   * Latency of the slowest stage: most layers, or the head with the layers beside it. The embedding
   * counts with the head.
   */
  private double slowestStage(final double layers, final double outside) {
    final double layer = layers / plan.model().numHiddenLayers();
    return Math.max(stages.mostLayers() * layer, stages.last() * layer + outside);
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

  /** The operators of a step, of one device. */
  public LoweredStep lower(final StepShape shape) {
    return Lowering.lower(plan.model(), shape, plan.split(), plan.numbers());
  }

  /** Device time of a step without interpolation, picoseconds. */
  double exactDevicePicos(final StepShape shape, final int paddedTokens) {
    return deviceLatency(ranks.isPresent() ? ranks.get().exact(shape) : exact(shape, paddedTokens));
  }

  /** Cost of a step of one rank without interpolation, but for what concerns all ranks. */
  double[] exact(final StepShape shape, final int paddedTokens) {
    final double[] exact = new double[layout.size()];
    CostCurve.add(exact, tokenCost(paddedTokens), 1);
    if (shape.samples() > 0) {
      final boolean picked = shape.samples() < shape.tokens();
      CostCurve.add(exact, sampleCost(padded(shape.samples()), picked), 1);
    }
    for (final Attention.Sequence chunk : shape.prefill()) {
      CostCurve.add(exact, attentionCost(new StepShape(List.of(chunk), List.of(), 0)), 1);
    }
    if (!shape.decode().isEmpty()) {
      CostCurve.add(
          exact, attentionCost(new StepShape(List.of(), plan.asRead(shape.decode()), 0)), 1);
    }
    layout.launchAttentionOnce(exact, shape.prefill().size(), !shape.decode().isEmpty());
    return exact;
  }

  /** Rows that the device computes: those of the next graph, if there is one. */
  int padded(final int rows) {
    return Stack.padded(plan.system().stack().graphSizes(), rows);
  }

  /** Cost of a step of one rank, but for what concerns all ranks. */
  void interpolate(final StepBatch batch, final double[] to) {
    java.util.Arrays.fill(to, 0);
    perToken.addTo(to, padded(batch.tokens()));
    if (batch.samples() > 0) {
      final boolean picked = batch.samples() < batch.tokens();
      (picked ? perPickedSample : perSample).addTo(to, padded(batch.samples()));
    }
    if (batch.decodes() > 0) {
      decode.addTo(to, batch.decodes(), decodeContext(batch));
    }
    for (int i = 0; i < batch.chunks(); i++) {
      prefill.addTo(to, batch.chunkTokens(i), batch.chunkContext(i));
    }
    layout.launchAttentionOnce(to, batch.chunks(), batch.decodes() > 0);
  }

  /** Keys that each decoding sequence reads, the new one included. */
  private double decodeContext(final StepBatch batch) {
    final Stack stack = plan.system().stack();
    return stack.contextSizes().isPresent()
        ? stack.readContext(1 + batch.decodeContextMax())
        : 1 + (double) batch.decodeContextSum() / batch.decodes();
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

  private StepShapeParts parts(final StepShape shape) {
    return new StepShapeParts(operators.launched(lower(shape)));
  }

  /** Everything but attention and what follows the layers. */
  private double[] tokenCost(final int tokens) {
    final StepShape shape =
        new StepShape(List.of(new Attention.Sequence(tokens, tokens)), List.of(), 0);
    return vector(
        parts(shape),
        call -> !(call.operator() instanceof Attention) && call.reach() == Reach.RANK);
  }

  /** What so many tokens of each rank cost on their way to the experts and back. */
  double[] exchangeCost(final int tokens) {
    final StepShape shape =
        new StepShape(List.of(new Attention.Sequence(tokens, tokens)), List.of(), 0);
    return vector(parts(shape), call -> call.reach() == Reach.EXCHANGE);
  }

  /** What so many tokens of all ranks, which are as even as can be, cost the experts. */
  double[] expertCost(final int all) {
    final int ranks = plan.ranks().dataParallel();
    final List<Integer> tokens = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      tokens.add((all + ranks - 1 - rank) / ranks);
    }
    final int most = tokens.get(0);
    final StepShape shape =
        new StepShape(List.of(new Attention.Sequence(most, most)), List.of(), 0);
    final LoweredStep step =
        Lowering.lower(plan.model(), shape, plan.split(), plan.numbers(), tokens);
    return vector(
        new StepShapeParts(operators.launched(step)), call -> call.reach() == Reach.EXPERTS);
  }

  /** What follows the layers; where only some rows are sampled, they are picked from all. */
  private double[] sampleCost(final int samples, final boolean picked) {
    final Attention.Sequence one = new Attention.Sequence(1, 1);
    final StepShape shape =
        picked
            ? new StepShape(
                List.of(new Attention.Sequence(2, 2)),
                Collections.nCopies(samples - 1, one),
                samples)
            : StepShape.decode(samples, 1);
    final LoweredStep step = lower(shape);
    final double[] vector = new double[layout.size()];
    step.epilogue().forEach(call -> add(vector, call, 1, layout.outside()));
    return vector;
  }

  private double[] attentionCost(final StepShape shape) {
    return vector(parts(shape), call -> call.operator() instanceof Attention);
  }

  private double[] vector(final StepShapeParts parts, final Predicate<Call> wanted) {
    final double[] vector = new double[layout.size()];
    parts.outer(
        call -> {
          if (wanted.test(call)) {
            add(vector, call, 1, layout.outside());
          }
        });
    parts.layers(
        (call, count) -> {
          if (wanted.test(call)) {
            add(vector, call, count, layout.layers());
          }
        });
    return vector;
  }

  private void add(final double[] vector, final Call call, final int count, final int place) {
    final Operator operator = call.operator();
    final OperatorResult result = operators.simulate(operator);
    final OperatorResult named =
        result.operator().name().equals(operator.name()) ? result : result.as(operator);
    final int own =
        place == layout.outside() ? plan.split().vocabularyDevices() : plan.tensorParallel();
    final int devices = call.reach() == Reach.RANK ? own : plan.stageChips();
    final int groups = devices / named.devices();
    final double share = operator.name().equals(LoweredStep.SEND) ? 1.0 / plan.split().hops() : 1;
    layout.add(vector, named, count, Math.max(1, groups) * call.meanShare(), place, share);
  }

  private LoweredStep mixed() {
    return lower(
        new StepShape(
            List.of(new Attention.Sequence(16, 16)), List.of(new Attention.Sequence(1, 16)), 1));
  }
}
