package org.inferchip.simulation;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.engine.Counters;
import org.inferchip.lowering.LoweredStep;

/**
 * Where the numbers of a step stand in a cost vector: some for each operator name, then joules by
 * component, then the latency of all layers, then what one stage does besides its layers.
 */
final class StepLayout {
  /** Numbers for each operator. */
  enum Item {
    /** Calls. */
    CALLS,
    /** Device time with launch floors, picoseconds. */
    LATENCY,
    /** Launch floors in it. */
    LAUNCH,
    /** Lower bound, picoseconds. */
    BOUND,
    /** Joules above idle, all devices. */
    ENERGY,
    /** Multiply-accumulates, all devices. */
    MACS,
    /** Bytes of external (or on-chip weight) memory, all devices. */
    BYTES
  }

  private static final int ITEMS = Item.values().length;
  private static final int COMPONENTS = 11;
  private static final int MEMORY = 6;
  private static final int HOST = 8;

  /** Name of copies between device memory and what is behind it. */
  static final String TRANSFER = "far_transfer";

  private static final String ATTENTION_PREFILL = "attention_prefill";

  private final List<String> operators;
  private final boolean onChip;

  private StepLayout(final List<String> operators, final boolean onChip) {
    this.operators = List.copyOf(operators);
    this.onChip = onChip;
  }

  /**
   * The layout of steps that have at most the operators of the given ones.
   *
   * @param onChip whether weights live in shared memory on the chip, whose bytes then count
   * @param transfers whether steps copy from the memory behind device memory
   */
  static StepLayout of(
      final List<LoweredStep> steps, final boolean onChip, final boolean transfers) {
    final List<String> names = new ArrayList<>();
    for (final LoweredStep step : steps) {
      step.forEach(
          (operator, count) -> {
            if (!names.contains(operator.name())) {
              names.add(operator.name());
            }
          });
    }
    if (transfers) {
      names.add(TRANSFER);
    }
    return new StepLayout(names, onChip);
  }

  /** Operator names, in the order of a step. */
  List<String> operators() {
    return operators;
  }

  /** Length of a vector. */
  int size() {
    return operators.size() * ITEMS + COMPONENTS + 2;
  }

  int index(final int operator, final Item item) {
    return operator * ITEMS + item.ordinal();
  }

  /** Latency of all layers. */
  int layers() {
    return size() - 2;
  }

  /** Latency of embedding, head, sampling and one send to the next stage. */
  int outside() {
    return size() - 1;
  }

  /**
   * Adds an operator to a vector.
   *
   * @param count how often it runs in the step
   * @param groups groups of devices that run it at once (tensor-parallel ranks), by their work
   * @param place {@link #layers()} or {@link #outside()}
   * @param share of its runs that count there
   */
  void add(
      final double[] vector,
      final OperatorResult result,
      final int count,
      final double groups,
      final int place,
      final double share) {
    final int operator = operators.indexOf(result.operator().name());
    final EnergyBreakdown e = result.energy();
    final double times = (double) count * groups;
    final double latency = (double) count * result.latencyPicos();
    vector[index(operator, Item.CALLS)] += count;
    vector[index(operator, Item.LATENCY)] += latency;
    vector[index(operator, Item.LAUNCH)] += (double) count * result.launchPicos();
    vector[index(operator, Item.BOUND)] += (double) count * result.bounds().lower();
    vector[index(operator, Item.ENERGY)] += times * (e.total() - e.idle());
    vector[index(operator, Item.MACS)] += times * result.timing().counters().totalMacs();
    vector[index(operator, Item.BYTES)] += times * bytes(result.timing().counters());
    final int base = operators.size() * ITEMS;
    final double[] components = components(e);
    for (int i = 0; i < COMPONENTS; i++) {
      vector[base + i] += times * components[i];
    }
    vector[place] += latency * share;
  }

  /** Adds the copies of a step; their latency is what the step takes longer. */
  void add(final double[] vector, final FarTransfers.Cost copies) {
    final int operator = operators.indexOf(TRANSFER);
    vector[index(operator, Item.CALLS)] += 1;
    vector[index(operator, Item.LATENCY)] += copies.waitPicos();
    vector[index(operator, Item.BOUND)] += copies.leastPicos();
    vector[index(operator, Item.ENERGY)] += copies.linkJoules() + copies.memoryJoules();
    vector[index(operator, Item.BYTES)] += copies.bytes();
    final int base = operators.size() * ITEMS;
    vector[base + MEMORY] += copies.memoryJoules();
    vector[base + HOST] += copies.linkJoules();
  }

  /** A number of all operators together. */
  double total(final double[] vector, final Item item) {
    double total = 0;
    for (int i = 0; i < operators.size(); i++) {
      total += vector[index(i, item)];
    }
    return total;
  }

  /**
   * Adds what a rank costs to what all do: work always, time if this rank is the slowest.
   *
   * @param times as much work
   */
  void addRank(final double[] to, final double[] rank, final double times, final boolean slowest) {
    for (int i = 0; i < rank.length; i++) {
      final boolean work =
          i < operators.size() * ITEMS
              ? i % ITEMS >= Item.ENERGY.ordinal()
              : i < operators.size() * ITEMS + COMPONENTS;
      if (work) {
        to[i] += times * rank[i];
      } else if (slowest) {
        to[i] += rank[i];
      }
    }
  }

  /** How often an operator runs. */
  double calls(final double[] vector, final String operator) {
    final int index = operators.indexOf(operator);
    return index < 0 ? 0 : vector[index(index, Item.CALLS)];
  }

  /**
   * Takes the launches away that a batch of chunks does not have: each layer launches its attention
   * once, for all sequences of the step.
   *
   * @param chunks prefill chunks, which were added one by one
   * @param decodes whether there are decode sequences as well
   */
  void launchAttentionOnce(final double[] vector, final int chunks, final boolean decodes) {
    final int prefill = operators.indexOf(ATTENTION_PREFILL);
    if (prefill < 0 || chunks == 0) {
      return;
    }
    final double launches = vector[index(prefill, Item.LAUNCH)];
    final double saved = launches * (decodes ? 1 : 1 - 1.0 / chunks);
    vector[index(prefill, Item.LAUNCH)] -= saved;
    vector[index(prefill, Item.LATENCY)] -= saved;
    vector[layers()] -= saved;
  }

  /** Joules by component; the idle part is 0. */
  EnergyBreakdown energy(final double[] vector) {
    final int b = operators.size() * ITEMS;
    return new EnergyBreakdown(
        0,
        vector[b],
        vector[b + 1],
        vector[b + 2],
        vector[b + 3],
        vector[b + 4],
        vector[b + 5],
        vector[b + 6],
        vector[b + 7],
        vector[b + 8],
        vector[b + 9],
        vector[b + 10]);
  }

  private long bytes(final Counters counters) {
    return onChip
        ? counters.sharedReadBytes() + counters.sharedWriteBytes()
        : counters.memoryBytes();
  }

  private static double[] components(final EnergyBreakdown e) {
    return new double[] {
      e.busyFloor(),
      e.matrix(),
      e.vector(),
      e.local(),
      e.port(),
      e.shared(),
      e.memory(),
      e.link(),
      e.host(),
      e.device(),
      e.network()
    };
  }
}
