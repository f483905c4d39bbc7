package org.inferchip.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.inferchip.arch.Chip;
import org.inferchip.arch.RowKernel;
import org.inferchip.arch.RowWork;
import org.inferchip.arch.Sections;
import org.inferchip.arch.Stack;
import org.inferchip.energy.EnergyModel;
import org.inferchip.energy.Throttle;
import org.inferchip.engine.Detail;
import org.inferchip.engine.Engine;
import org.inferchip.engine.Timing;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.mapping.AttentionMapping;
import org.inferchip.mapping.AttentionRules;
import org.inferchip.mapping.AttentionUnits;
import org.inferchip.mapping.Mapper;
import org.inferchip.mapping.Mapping;
import org.inferchip.mapping.MappingSearch;
import org.inferchip.mapping.MappingSpace;
import org.inferchip.operator.Attention;
import org.inferchip.operator.Collective;
import org.inferchip.operator.Elementwise;
import org.inferchip.operator.MatMul;
import org.inferchip.operator.Operator;
import org.inferchip.program.TileProgram;
import org.inferchip.program.Warmth;
import org.inferchip.units.Picoseconds;

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

  /**
   * Attention that the chip's fixed-function units do not do, so that matrix and vector units did:
   * which, why, and in how many different shapes. Empty where there are no such units.
   */
  public List<String> fallbacks() {
    final Map<String, Integer> counts = new TreeMap<>();
    for (final OperatorResult result : results()) {
      if (result.operator() instanceof final Attention attention
          && AttentionUnits.of(attention, chip).isPresent()
          && result.choice() instanceof final AttentionMapping mapping
          && !mapping.fixed()) {
        final String why = AttentionUnits.misfit(attention, chip).orElse("no room for its blocks");
        counts.merge(attention.name() + ": " + why, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .map(
            one ->
                "the attention units of "
                    + chip.name()
                    + " do not do "
                    + one.getKey()
                    + "; matrix and vector units do (shapes: "
                    + one.getValue()
                    + ")")
        .toList();
  }

  /** All that was simulated, in an order that does not depend on who asked first. */
  public List<OperatorResult> results() {
    return memo.sorted();
  }

  /**
   * A mapping with its times at nominal clock.
   *
   * @param leastPicos of its program, and of what comes between its kernels
   */
  private record Found(
      Mapping mapping, Engine.Run run, int devices, long leastPicos, long betweenPicos) {}

  private Found find(
      final Operator operator, final Warmth warmth, final Optional<Mapping> keptChoice) {
    final Timed timed = new Timed(operator, warmth);
    final Mapping named = pinned.get(operator.name());
    final Mapping mapping =
        Optional.ofNullable(named)
            .or(() -> keptChoice)
            .orElseGet(
                () -> MappingSearch.find(operator, chip, stack, warmth, timed::picos).mapping());
    if (timed.best == null) {
      timed.picos(
          mapping,
          named != null
              ? Mapper.named(operator, mapping, chip)
              : Mapper.lower(operator, mapping, chip));
    }
    return new Found(mapping, timed.best, timed.devices, timed.least, timed.betweenPicos);
  }

  private OperatorResult cost(final Operator operator, final Found at) {
    final Engine.Run run = at.run;
    final int devices = at.devices;
    final Throttle throttle = throttle(run.timing(), devices, Double.POSITIVE_INFINITY, 1);
    final long launch =
        launchPicos(operator, at.mapping, at.leastPicos) + at.betweenPicos + groupedPicos(operator);
    final long pace =
        Math.max(pacePicos(operator), launch + convertPicos(operator, run.bounds().compute()));
    final long waited = Math.max(launch, pace - throttle.makespanPicos());
    final boolean fused = isFused(operator);
    final long least = (long) Math.ceil(run.bounds().lower());
    final long hidden = hiddenPicos(operator, throttle.makespanPicos(), least);
    return new OperatorResult(
        operator,
        fused ? least : throttle.makespanPicos() + waited - hidden,
        fused ? 0 : waited,
        throttle.phi(),
        run.timing(),
        run.bounds(),
        throttle.energy(),
        devices,
        at.mapping);
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

  /**
   * Times programs and remembers the fastest, the first of equals: the one that a search picks. The
   * others are given up as soon as they are no faster.
   */
  private final class Timed {
    private final Operator operator;
    private final Warmth warmth;
    private Engine.Run best;
    private int devices;
    private long least;
    private long betweenPicos;

    Timed(final Operator operator, final Warmth warmth) {
      this.operator = operator;
      this.warmth = warmth;
    }

    long picos(final Mapping mapping, final TileProgram program) {
      final long between =
          Picoseconds.of((program.kernels() - 1) * stack.matmul().fixUp()) + program.startPicos();
      final long limit = best == null ? Long.MAX_VALUE : least - between;
      final Optional<Engine.Run> run = timings.within(operator, mapping, warmth, program, limit);
      if (run.isPresent()) {
        best = run.get();
        least = best.timing().makespanPicos() + between;
        devices = program.placement().devices();
        betweenPicos = between;
      }
      return least + (run.isPresent() ? 0 : 1);
    }
  }

  private Optional<RowKernel> rowKernel(final Operator operator) {
    return operator instanceof final Elementwise rows
        ? stack.elementwise().map(all -> all.get(RowWork.valueOf(rows.kind().name())))
        : Optional.empty();
  }

  private long groupedPicos(final Operator operator) {
    return operator instanceof final MatMul product
        ? stack.matmul().groupedPicos(product.multiplied(), product.experts())
        : 0;
  }

  private long convertPicos(final Operator operator, final long peakPicos) {
    return operator instanceof final MatMul product
        ? stack
            .stored(product.weight())
            .map(
                one ->
                    one.leastPicos(
                        (long) product.groups() * product.n() * product.k(), peakPicos, chip))
            .orElse(0L)
        : 0;
  }

  /** Whether element-wise work is done as its rows pass, by the kernel before or on their way. */
  private boolean isFused(final Operator operator) {
    if (!(operator instanceof final Elementwise rows)) {
      return false;
    }
    final RowWork work = RowWork.valueOf(rows.kind().name());
    return stack.sections().map(all -> all.passing().contains(work)).orElse(false)
        || work == RowWork.QUANTIZE
            && Optional.ofNullable(stack.matmul().quantize().get(rows.output().key()))
                .flatMap(Stack.Quantize::fused)
                .orElse(false);
  }

  /** Latency of a product's first load that is hidden since its weights come ahead. */
  private long hiddenPicos(final Operator operator, final long makespanPicos, final long least) {
    final boolean ahead = stack.sections().map(Sections::weightsAhead).orElse(false);
    return ahead && operator instanceof MatMul
        ? Math.max(0, Math.min(RowKernel.latencyPicos(chip), makespanPicos - least))
        : 0;
  }

  private long pacePicos(final Operator operator) {
    final double seconds =
        rowKernel(operator).flatMap(RowKernel::pace).orElse(stack.launch().pace().orElse(0.0));
    return Picoseconds.of(seconds);
  }

  private long launchPicos(
      final Operator operator, final Mapping mapping, final long makespanPicos) {
    final Stack.Launch launch = stack.launch();
    if (operator instanceof final Elementwise rows && rows.kind() == Elementwise.Kind.QUANTIZE) {
      final Stack.Quantize quantize = stack.matmul().quantize().get(rows.output().key());
      if (quantize != null) {
        return quantize.beyondPicos(
            makespanPicos,
            rows.rows(),
            (double) rows.compulsoryReadBytes() + rows.compulsoryWriteBytes(),
            chip);
      }
    }
    final Optional<RowKernel> kernel = rowKernel(operator);
    if (kernel.isPresent()) {
      final Elementwise rows = (Elementwise) operator;
      if (kernel.get().parts().isPresent()) {
        final long parts =
            new RowParts(rows, chip)
                .picos(
                    kernel.get().parts().get(), (one, warm) -> simulate(one, warm).latencyPicos());
        return Picoseconds.of(kernel.get().launch()) + parts - makespanPicos;
      }
      final boolean shares = rows.kind() == Elementwise.Kind.ARGMAX && rows.parameter() > 1;
      return (shares ? kernel.get().ofShares() : kernel.get())
          .beyondPicos(
              makespanPicos,
              rows.rows(),
              rows.cols(),
              (double) rows.compulsoryReadBytes() / rows.rows(),
              (double) rows.compulsoryWriteBytes() / rows.rows(),
              chip);
    }
    final double seconds;
    if (operator instanceof MatMul) {
      seconds = launch.matmul();
    } else if (operator instanceof final Attention attention) {
      seconds = AttentionRules.launchSeconds(attention, chip, stack, mapping);
    } else if (operator instanceof Elementwise) {
      seconds = launch.elementwise();
    } else if (operator instanceof Collective) {
      seconds = launch.collective();
    } else {
      throw new IllegalArgumentException("no launch floor of " + operator);
    }
    return Picoseconds.of(seconds);
  }
}
