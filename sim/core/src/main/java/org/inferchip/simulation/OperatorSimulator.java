package org.inferchip.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inferchip.arch.Chip;
import org.inferchip.arch.Stack;
import org.inferchip.energy.EnergyModel;
import org.inferchip.energy.Throttle;
import org.inferchip.engine.Bounds;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Timing;
import org.inferchip.lowering.Call;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.Mapping;
import org.inferchip.mapping.MappingSearch;
import org.inferchip.mapping.MappingSpace;
import org.inferchip.mapping.NearestMapping;
import org.inferchip.operator.Operator;
import org.inferchip.program.TileProgram;
import org.inferchip.program.Warmth;
import org.inferchip.simulation.FastestRun.Found;

/**
 * Costs of operators on a chip with its software: the mapping is searched by simulated time, the
 * chosen program is timed, its energy counted, and the clock throttled where the power limit asks
 * for it; the stack's launch floor comes on top.
 *
 * <p>Equal work is simulated once ({@link Operator#workKey}). Thread-safe; results do not depend on
 * who asks first.
 */
public final class OperatorSimulator {
  private final Chip chip;
  private final Stack stack;
  private final Detail detail;
  private final EnergyModel energy;
  private final Map<String, Mapping> pinned;
  private final OperatorSimulator kept;
  private final Timings timings;
  private final Once<Found> found;
  private final KernelTime kernels;
  private final Once<OperatorResult> memo = new Once<>();

  /**
   * A simulator with an empty memo.
   *
   * @param pinned mappings that are not searched, by operator name
   */
  public OperatorSimulator(
      final Chip chip, final Stack stack, final Detail detail, final Map<String, Mapping> pinned) {
    this(chip, stack, detail, pinned, null, new Timings(chip, detail), new Once<>());
  }

  private OperatorSimulator(
      final Chip chip,
      final Stack stack,
      final Detail detail,
      final Map<String, Mapping> pinned,
      final OperatorSimulator kept,
      final Timings timings,
      final Once<Found> found) {
    this.chip = chip;
    this.stack = stack;
    this.detail = detail;
    this.energy = EnergyModel.of(chip);
    this.pinned = Map.copyOf(pinned);
    this.kept = kept;
    this.timings = timings;
    this.found = found;
    this.kernels =
        new KernelTime(chip, stack, (part, warmth) -> simulate(part, warmth).latencyPicos());
  }

  /**
   * The same simulator, of which nothing is known yet, with timings that others of its chip use.
   */
  public OperatorSimulator sharing(final Timings shared) {
    if (!shared.of(chip, detail)) {
      throw new IllegalArgumentException("timings of another chip");
    }
    return new OperatorSimulator(chip, stack, detail, pinned, kept, shared, new Once<>());
  }

  /**
   * What of a chip its times at nominal clock depend on: all but power, energy, silicon area, price
   * and who vouches for its numbers.
   */
  public static Object timed(final Chip chip) {
    return List.of(
        chip.clock(),
        chip.dies().stream().map(die -> List.of(die.name(), die.count())).toList(),
        chip.cores(),
        chip.shared(),
        chip.memory(),
        chip.scaleUp(),
        chip.host(),
        chip.peak(),
        chip.dieLinks(),
        chip.network());
  }

  /**
   * The same simulator of a chip that differs in power, energy or price only: mappings and times
   * that one of the two has found serve the other.
   */
  public OperatorSimulator costing(final Chip other) {
    if (!timed(chip).equals(timed(other)) || kept != null) {
      throw new IllegalArgumentException("another chip's times");
    }
    return new OperatorSimulator(other, stack, detail, pinned, null, timings, found);
  }

  /**
   * A simulator of a chip and software whose numbers differ. Work that this one has simulated keeps
   * its tiles, which is far quicker than to search them anew; what the mapping says of the pace of
   * the software's code is that of the other software.
   */
  public OperatorSimulator keepingMappings(final Chip otherChip, final Stack otherStack) {
    return new OperatorSimulator(
        otherChip, otherStack, detail, pinned, this, new Timings(otherChip, detail), new Once<>());
  }

  /** The chip. */
  public Chip chip() {
    return chip;
  }

  /** A step as the software launches it: without operators that its kernels do beside others. */
  LoweredStep launched(final LoweredStep step) {
    return ExpertFusion.of(step, stack);
  }

  /** What of a step as the software launches it is done beside other work: its bound alone. */
  Set<Call> beside(final LoweredStep launched) {
    return Alongside.of(launched, stack);
  }

  /** The cost of an operator in serving: see {@link Warmth#COLD}. */
  public OperatorResult simulate(final Operator operator) {
    return simulate(operator, Warmth.COLD);
  }

  /** The cost of an operator whose tensors start warm in the shared memory. */
  public OperatorResult simulate(final Operator operator, final Warmth warmth) {
    final Object work = pinned.containsKey(operator.name()) ? operator : operator.workKey();
    final Object key = warmth.hits().isEmpty() ? work : List.of(work, warmth);
    return memo.get(
        key,
        () ->
            cost(
                operator,
                found.get(key, () -> find(operator, warmth, keptChoice(key, operator, warmth)))));
  }

  private Optional<Mapping> keptChoice(
      final Object key, final Operator operator, final Warmth warmth) {
    final OperatorResult before = kept == null ? null : kept.memo.find(key);
    return before == null
        ? Optional.empty()
        : MappingSpace.alike(before.choice(), operator, chip, stack, warmth);
  }

  /** The program that {@link #simulate} chose. */
  public TileProgram program(final Operator operator) {
    return Mapper.lower(operator, simulate(operator).choice(), chip);
  }

  /** Different operators simulated so far. */
  public int simulated() {
    return memo.size();
  }

  /** Attention that the chip's fixed-function units do not do: see {@link AttentionFallbacks}. */
  public List<String> fallbacks() {
    return AttentionFallbacks.of(chip, results());
  }

  /** All that was simulated, in an order that does not depend on who asked first. */
  public List<OperatorResult> results() {
    return memo.sorted();
  }

  private Found find(
      final Operator operator, final Warmth warmth, final Optional<Mapping> keptChoice) {
    final FastestRun fastest = new FastestRun(operator, warmth, stack, timings);
    final Mapping named = pinned.get(operator.name());
    final Mapping mapping =
        Optional.ofNullable(named)
            .or(() -> keptChoice)
            .orElseGet(
                () -> MappingSearch.find(operator, chip, stack, warmth, fastest::picos).mapping());
    if (fastest.isEmpty()) {
      fastest.picos(
          mapping,
          named != null
              ? Mapper.named(
                  operator, mapping, chip, () -> NearestMapping.of(operator, mapping, chip, stack))
              : Mapper.lower(operator, mapping, chip));
    }
    return fastest.found(mapping);
  }

  private OperatorResult cost(final Operator operator, final Found at) {
    final Timing timing = at.run().timing();
    final Bounds bounds = at.run().bounds();
    final Throttle throttle = throttle(timing, at.devices(), Double.POSITIVE_INFINITY, 1);
    final long makespan = throttle.makespanPicos();
    final long launch =
        kernels.launchPicos(operator, at.mapping(), at.leastPicos()) + at.betweenPicos();
    final long waited =
        Math.max(launch, kernels.leastPicos(operator, launch, bounds.compute()) - makespan);
    final long least = (long) Math.ceil(bounds.lower());
    final boolean fused = kernels.isFused(operator);
    return new OperatorResult(
        operator,
        fused ? least : makespan + waited - kernels.hiddenPicos(operator, makespan, least),
        fused ? 0 : waited,
        throttle.phi(),
        timing,
        bounds,
        throttle.energy(),
        at.devices(),
        at.mapping());
  }

  /**
   * An operator that is repeated for a while after a rest, as measurements are: the power limit
   * asks for less of a clock than in serving.
   *
   * @param result of the operator in serving
   * @param stretchSeconds for how long
   * @param switching joules of a matrix operation on its data, of those on random data
   */
  public OperatorResult repeated(
      final OperatorResult result, final double stretchSeconds, final double switching) {
    final Throttle throttle =
        throttle(result.timing(), result.devices(), stretchSeconds, switching);
    return new OperatorResult(
        result.operator(),
        throttle.makespanPicos() + result.launchPicos(),
        result.launchPicos(),
        throttle.phi(),
        result.timing(),
        result.bounds(),
        throttle.energy(),
        result.devices(),
        result.choice());
  }

  private Throttle throttle(
      final Timing timing, final int devices, final double stretchSeconds, final double switching) {
    return energy.throttle(
        energy
            .energy(timing.counters(), timing.makespanPicos(), timing.residentShare(), devices)
            .switching(switching),
        timing.makespanPicos(),
        devices,
        stretchSeconds);
  }
}
