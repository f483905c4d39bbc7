package org.inferchip.simulation;

import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.CoreGroup;
import org.inferchip.engine.LawViolation;
import org.inferchip.lowering.Numbers;
import org.inferchip.model.Layer;
import org.inferchip.model.Model;
import org.inferchip.model.WeightMatrix;
import org.inferchip.numerics.Format;
import org.inferchip.units.Picoseconds;

/**
 * The least time of a step that physics allows, from the step's own numbers and independent of
 * tiles, mappings and interpolation: every multiply-accumulate at the full rate of the matrix
 * units, and every weight that a token visits and every cached key and value once at the stated
 * bandwidth of the memory that holds them; and every byte that comes from behind that memory at the
 * stated rate of its link. Asserted on every step.
 */
public final class StepFloor {
  private final double macsPerToken;
  private final double macsPerSample;
  private final double macsPerPair;
  private final double macsPerPico;
  private final double bytesPerPico;
  private final double weightBytes;
  private final double cacheBytesPerToken;
  private final Optional<FarTransfers> transfers;

  /** The floor of a plan's steps. */
  public StepFloor(final Plan plan) {
    final Model model = plan.model();
    final double share = 1.0 / plan.stageChips();
    final Numbers numbers = plan.numbers();
    double perToken = 0;
    double bytes = 0;
    for (final Layer layer : model.layers()) {
      for (final WeightMatrix matrix : layer.shape().matrices()) {
        final double elements = (double) matrix.elementsPerCopy() * matrix.copiesPerToken();
        perToken += elements;
        bytes += elements * numbers.weight(matrix.name()).bits() / 8;
      }
    }
    // Latent attention multiplies its up-projections with the context in prefill and absorbs them
    // in
    // decode; either way each is used at least once a token.
    final boolean windowed = model.slidingWindow().isPresent();
    macsPerToken = perToken * share;
    macsPerSample =
        model.head().map(WeightMatrix::elementsPerCopy).orElse(0L)
            / (double) (plan.split().vocabularyDevices() * plan.ranks().dataParallel());
    macsPerPair =
        windowed
            ? 0
            : 2.0
                * model.headDim()
                * model.numAttentionHeads()
                * model.numHiddenLayers()
                * share
                * (model.mla().isPresent() ? 0.5 : 1);
    final Chip chip = plan.system().chip();
    macsPerPico = rate(chip, plan);
    transfers = FarTransfers.of(plan);
    bytesPerPico = bandwidth(chip) / Picoseconds.PER_SECOND;
    final boolean oneStage = plan.pipelineParallel() == 1;
    weightBytes = oneStage && plan.analog().isEmpty() ? bytes * share : 0;
    cacheBytesPerToken =
        windowed || !oneStage ? 0 : plan.kvBytesPerToken() / (double) plan.ranks().dataParallel();
  }

  /** Fails where a step takes less than its floor. */
  void check(final StepBatch batch, final long latencyPicos) {
    final Least least = least(batch);
    final double copies = transfers.map(all -> all.leastPicos(batch)).orElse(0.0);
    if (latencyPicos < Math.max(least.picos(), copies)) {
      throw new LawViolation(
          "a step of "
              + batch.tokens()
              + " tokens takes "
              + latencyPicos
              + " ps, under its floor of "
              + Math.round(least.computePicos())
              + " ps of arithmetic, "
              + Math.round(least.memoryPicos())
              + " ps of memory and "
              + Math.round(copies)
              + " ps of copies from behind it");
    }
  }

  /**
   * The least that a step takes.
   *
   * @param computePicos of its arithmetic
   * @param memoryPicos of its bytes
   * @param bytes that each chip reads from the memory that holds weights and cache
   */
  public record Least(double computePicos, double memoryPicos, double bytes) {
    /** The longer of both. */
    public double picos() {
      return Math.max(computePicos, memoryPicos);
    }
  }

  /** The least that a step takes. */
  public Least least(final StepBatch batch) {
    double pairs = batch.decodeContextSum();
    double cached = batch.decodeContextSum();
    for (int i = 0; i < batch.chunks(); i++) {
      final double tokens = batch.chunkTokens(i);
      pairs += tokens * (batch.chunkContext(i) + tokens / 2);
      cached += batch.chunkContext(i);
    }
    final double compute =
        (macsPerToken * batch.tokens() + macsPerSample * batch.samples() + macsPerPair * pairs)
            / macsPerPico;
    final double bytes = weightBytes + cached * cacheBytesPerToken;
    return new Least(compute, bytes / bytesPerPico, bytes);
  }

  private static double rate(final Chip chip, final Plan plan) {
    double macs = 0;
    for (final CoreGroup group : chip.cores()) {
      final Format format = Format.multiplied(plan.inputs(), plan.weights());
      final double rate = group.matrix().macsPerSecond(format, chip.clock());
      // Beside analog arrays, other cores do what these cannot, in formats of their own.
      final boolean beside = rate == 0 && plan.weights() == Format.ANALOG;
      final int most = group.matrix().macsPerCycle().values().stream().reduce(0, Math::max);
      macs += group.count() * group.matrix().arrays() * (beside ? most * chip.clock() : rate);
    }
    return macs / Picoseconds.PER_SECOND;
  }

  private static double bandwidth(final Chip chip) {
    return chip.memory().isPresent()
        ? chip.memory().get().bandwidth()
        : chip.shared().map(shared -> shared.bandwidth()).orElse(Double.MAX_VALUE);
  }
}
