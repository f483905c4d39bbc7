package org.inferchip.simulation;

import java.util.Locale;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.FarMemory;
import org.inferchip.energy.EnergyBreakdown;
import org.inferchip.units.Picoseconds;

/**
 * Copies between device memory (of SRAM-only chips, what all cores share) and the memory behind it
 * in a step: the share of each layer's weights that is kept there, one layer after the other into
 * two buffers, and keys and values of preempted requests.
 *
 * <pre>
 *   copy(l)    starts when copy(l - 1) is done and layer l - 2 has left its buffer,
 *              takes latency + bytes / rate
 *   layer(l)   starts when layer(l - 1) and copy(l) are done, takes its operators' time,
 *              and no less than device memory needs for its weights, its cache and the copies
 *   step       from the end of one step to that of the next; copies go on between them
 *   swaps      come before the step's layers, after the copies for which there were buffers, and
 *              hold up the others; both ways at once over a host link, in turn where the memory
 *              is the chip's own
 * </pre>
 *
 * <p>The step before is taken to have been like this one, and layers to be as heavy as their mean.
 * Experts are copied with their layer, whether tokens visit them or not. Each chip has its own
 * link; with a pipeline each stage copies its own layers. Energy: each byte over the link and once
 * more through device memory.
 */
final class FarTransfers {
  /** Layers whose copied weights have room in device memory at once. */
  static final int BUFFERS = 2;

  private static final int BITS_PER_BYTE = 8;

  private final Plan plan;
  private final FarMemory far;
  private final double layerBytes;
  private final double copiedBytes;
  private final double memoryRate;
  private final double memoryJoulesPerBit;

  private FarTransfers(final Plan plan, final FarMemory far) {
    this.plan = plan;
    this.far = far;
    layerBytes =
        PlanRoom.layerBytes(
            plan.model(), plan.weights(), plan.tensorParallel(), plan.ranks().dataParallel());
    copiedBytes = plan.offload().weightShare() * layerBytes;
    final Chip chip = plan.system().chip();
    memoryRate =
        chip.memory()
            .map(memory -> memory.bandwidth() * memory.efficiency())
            .orElseGet(() -> chip.shared().orElseThrow().bandwidth());
    memoryJoulesPerBit =
        chip.memory().isPresent() ? chip.energy().memory() : chip.energy().shared();
  }

  /** Those of a plan; empty where everything is in device memory. */
  static Optional<FarTransfers> of(final Plan plan) {
    return plan.offload().none()
        ? Optional.empty()
        : FarMemory.of(plan.system()).map(far -> new FarTransfers(plan, far));
  }

  /** What is kept there, in words that end a layout's. */
  String words() {
    final double share = plan.offload().weightShare();
    final String weights =
        share == 0 ? "" : String.format(Locale.ROOT, "%.3g %% of layers' weights", 100 * share);
    final String cache = plan.farTokens() == 0 ? "" : plan.farTokens() + " preempted tokens";
    final String and = weights.isEmpty() || cache.isEmpty() ? "" : " and ";
    final boolean streamed = share > 0 && plan.system().chip().memory().isEmpty();
    return ", " + weights + and + cache + (streamed ? " streamed from " : " in ") + far.name();
  }

  /**
   * What copies add to a step.
   *
   * @param waitPicos time that the step takes longer
   * @param intervalPicos time that the slowest stage takes longer
   * @param leastPicos bytes of the fullest chip over the stated rate of its link
   * @param bytes copied by all chips
   * @param linkJoules of the copies' way
   * @param memoryJoules of device memory
   */
  record Cost(
      double waitPicos,
      double intervalPicos,
      double leastPicos,
      double bytes,
      double linkJoules,
      double memoryJoules) {
    /** Joules by component. */
    EnergyBreakdown energy() {
      return new EnergyBreakdown(0, 0, 0, 0, 0, 0, 0, memoryJoules, 0, linkJoules);
    }
  }

  /**
   * Copies of a step.
   *
   * @param layersPicos of all layers' operators
   * @param outsidePicos of the others
   */
  Cost cost(final StepBatch batch, final double layersPicos, final double outsidePicos) {
    final int layers = plan.model().numHiddenLayers();
    final double own = layersPicos / layers;
    final double layer = Math.max(own, memoryPicos(batch) / layers);
    final double in = swapPicos(batch.swappedInTokens());
    final double out = swapPicos(batch.swappedOutTokens());
    final double step = stepPicos(layer, outsidePicos, layers, in, out);
    final int most = plan.stages().mostLayers();
    final double stage = stepPicos(layer, 0, most, in, out);
    return new Cost(
        step - layersPicos - outsidePicos,
        stage - most * own,
        leastPicos(batch),
        bytes(batch),
        bytes(batch) * BITS_PER_BYTE * far.joulesPerBit(),
        bytes(batch) * BITS_PER_BYTE * memoryJoulesPerBit);
  }

  /** Bytes of a step's copies on the fullest chip over the stated rate: no step is faster. */
  double leastPicos(final StepBatch batch) {
    final double weights = copiedBytes * plan.stages().mostLayers();
    final double in = weights + (double) batch.swappedInTokens() * plan.kvBytesPerToken();
    final double out = (double) batch.swappedOutTokens() * plan.kvBytesPerToken();
    return Picoseconds.PER_SECOND * (far.oneWay() ? in + out : Math.max(in, out)) / far.peak();
  }

  private double bytes(final StepBatch batch) {
    final double weights =
        copiedBytes * plan.model().numHiddenLayers() * (double) plan.stageChips();
    final double tokens = (double) batch.swappedInTokens() + batch.swappedOutTokens();
    final double each =
        (double) plan.kvBytesPerToken() * plan.tensorParallel() * plan.pipelineParallel();
    return weights + tokens * each;
  }

  /** Device memory alone: weights read, copies written, and the cache that decoding reads. */
  private double memoryPicos(final StepBatch batch) {
    final double share = 1.0 / plan.ranks().dataParallel();
    final double cache = batch.decodeContextSum() * share * plan.kvBytesPerToken();
    final double all =
        plan.model().numHiddenLayers() * (layerBytes + copiedBytes)
            + cache * plan.pipelineParallel();
    return copiedBytes == 0 ? 0 : Picoseconds.PER_SECOND * all / memoryRate;
  }

  private double swapPicos(final long tokens) {
    return tokens == 0 ? 0 : copyPicos((double) tokens * plan.kvBytesPerToken());
  }

  private double copyPicos(final double bytes) {
    return Picoseconds.PER_SECOND * (far.latency() + bytes / far.rate());
  }

  /** Time of the second of two steps that follow each other, of which it alone has swaps. */
  private double stepPicos(
      final double layer,
      final double outside,
      final int layers,
      final double in,
      final double out) {
    final Link link = new Link(copiedBytes == 0 ? 0 : copyPicos(copiedBytes), 2 * layers);
    final double there = far.oneWay() ? in + out : in;
    double done = 0;
    double first = 0;
    for (int l = 0; l < 2 * layers; l++) {
      if (l == layers) {
        first = done + outside;
        link.copyUpTo(l + BUFFERS);
        done = Math.max(first + out, there > 0 ? link.swap(first, there) : first);
      }
      link.copyUpTo(l + 1);
      done = Math.max(done, link.copied[l]) + layer;
      link.left[l] = done;
    }
    return done + outside - first;
  }

  /** What a link does, in the order in which it is asked to. */
  private static final class Link {
    private final double copy;
    private final double[] copied;
    private final double[] left;
    private int next;
    private double free;

    /** A link that takes so long for the weights of each of so many layers. */
    Link(final double copy, final int layers) {
      this.copy = copy;
      copied = new double[layers];
      left = new double[layers];
    }

    /** Copies layers before one, each when its buffer is free. */
    void copyUpTo(final int end) {
      for (; copy > 0 && next < Math.min(end, copied.length); next++) {
        free = Math.max(free, next < BUFFERS ? 0 : left[next - BUFFERS]) + copy;
        copied[next] = free;
      }
    }

    /** Does something else, from a time on; gives its end. */
    double swap(final double from, final double picos) {
      free = Math.max(free, from) + picos;
      return free;
    }
  }
}
