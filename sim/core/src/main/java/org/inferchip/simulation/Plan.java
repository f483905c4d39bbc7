package org.inferchip.simulation;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.inferchip.arch.Chip;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.Offload;
import org.inferchip.arch.Regions;
import org.inferchip.arch.Stack;
import org.inferchip.arch.SystemDescription;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.Lowering;
import org.inferchip.lowering.Numbers;
import org.inferchip.lowering.Split;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.units.InvalidInputException;

/**
 * How a model lies on a system: split, formats, and what of the memory is left for the KV cache.
 * Checked: a plan exists only where the weights fit.
 *
 * @param system the box
 * @param model the transformer
 * @param tensorParallel chips that each layer is split over
 * @param pipelineParallel stages
 * @param weights format of most weights, as they lie in memory
 * @param cache format of keys and values
 * @param weightBytes bytes of weights on the fullest chip
 * @param kvBytesPerToken bytes of cache for one token on one chip
 * @param kvTokens tokens that the cache holds
 * @param regions regions of a chip, each of which counts as a chip here; 1: whole chips
 * @param vocabularyStages stages that share the embedding, and the head
 * @param ranks how many ranks there are with sequences of their own, and over how many groups of
 *     devices the experts are dealt
 * @param offload what is kept behind device memory, which the bytes above leave out
 */
public record Plan(
    SystemDescription system,
    Model model,
    int tensorParallel,
    int pipelineParallel,
    Format weights,
    Format cache,
    long weightBytes,
    long kvBytesPerToken,
    long kvTokens,
    int regions,
    int vocabularyStages,
    Ranks ranks,
    Offload offload) {

  /**
   * Ranks of data-parallel attention and groups of expert parallelism.
   *
   * @param dataParallel ranks of a stage, each with all weights but the experts' and with sequences
   *     of its own
   * @param expertParallel groups of a stage's chips, each with some of the experts
   * @param expertSkew power of its rank by which an expert is liked less than others; absent: as
   *     the model says
   */
  public record Ranks(int dataParallel, int expertParallel, Optional<Double> expertSkew) {
    /** Of experts that are liked as the model says. */
    public Ranks(final int dataParallel, final int expertParallel) {
      this(dataParallel, expertParallel, Optional.empty());
    }

    /** One rank, whose chips share every expert. */
    public static final Ranks ONE = new Ranks(1, 1);

    /** Whether it is that. */
    public boolean one() {
      return dataParallel == 1 && expertParallel == 1;
    }
  }

  /** What the user may ask for; empty means the plan chooses. */
  public record Wishes(
      Optional<Integer> tensorParallel,
      Optional<Integer> pipelineParallel,
      Optional<Format> weights,
      Ranks ranks,
      Offload offload) {
    /** Wishes to keep everything in device memory, but for what the system says. */
    public Wishes(
        final Optional<Integer> tensorParallel,
        final Optional<Integer> pipelineParallel,
        final Optional<Format> weights,
        final Ranks ranks) {
      this(tensorParallel, pipelineParallel, weights, ranks, Offload.NONE);
    }

    /** Wishes of one rank, whose chips share every expert. */
    public Wishes(
        final Optional<Integer> tensorParallel,
        final Optional<Integer> pipelineParallel,
        final Optional<Format> weights) {
      this(tensorParallel, pipelineParallel, weights, Ranks.ONE);
    }

    /** No wishes. */
    public static final Wishes NONE =
        new Wishes(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Chips (or regions of chips) that the run uses; it pays for these. */
  public int chips() {
    return stageChips() * pipelineParallel;
  }

  /** Chips of a stage. */
  public int stageChips() {
    return tensorParallel * ranks.dataParallel();
  }

  /** Chips as they are bought, of which the last may be used in part. */
  public int packages() {
    return (chips() + regions - 1) / regions;
  }

  /** How the model lies on the chips, in words. */
  public String layout() {
    return PlanWords.layout(this);
  }

  /** By which power of its rank an expert is liked less than others; 0: alike, or no experts. */
  public double expertSkew() {
    return model.moe().map(moe -> moe.skew(ranks.expertSkew())).orElse(0.0);
  }

  /** How layers lie over the stages. */
  PipelineStages stages() {
    return PipelineStages.of(model, pipelineParallel, vocabularyStages);
  }

  /** How layers are split. */
  public Split split() {
    return new Split(
        tensorParallel,
        pipelineParallel,
        vocabularyStages,
        ranks.dataParallel(),
        ranks.expertParallel(),
        ranks.expertSkew());
  }

  /** Formats: 16-bit activations, sums as the matrix unit has them. */
  public Numbers numbers() {
    return PlanFormats.numbers(this);
  }

  /** The format in which weights are multiplied. */
  public Format inputs() {
    return PlanFormats.inputs(system.stack(), weights);
  }

  /** The unit that holds or streams the weights: analog arrays where there are any. */
  public static MatrixUnit unit(final Chip chip) {
    return AnalogRoom.group(chip).orElse(chip.cores().get(0)).matrix();
  }

  /** What of the weights stands in analog arrays; empty without any. */
  public Optional<AnalogRoom> analog() {
    return AnalogRoom.of(system.chip(), model, weights, tensorParallel, stages());
  }

  /** Blocks of the cache. */
  public long kvBlocks() {
    return kvTokens / system.stack().scheduler().blockTokens();
  }

  /** Bytes of the fullest chip that are kept behind device memory. */
  double farBytes() {
    final double layer = PlanRoom.layerBytes(model, weights, tensorParallel, ranks.dataParallel());
    return PlanRoom.farBytes(
        offload, offload.weightShare() * layer * stages().mostLayers(), chips());
  }

  /** Tokens whose keys and values find room behind device memory, on all ranks together. */
  public long farTokens() {
    final double each = (double) kvBytesPerToken * tensorParallel * pipelineParallel;
    return each == 0 ? 0 : (long) Math.min(Integer.MAX_VALUE, offload.cacheBytes() / each);
  }

  /** Decoding sequences with what of their caches is read: all of it where shapes are static. */
  List<Attention.Sequence> asRead(final List<Attention.Sequence> sequences) {
    final Stack stack = system.stack();
    if (stack.contextSizes().isEmpty() || sequences.isEmpty()) {
      return sequences;
    }
    final int longest =
        sequences.stream().mapToInt(Attention.Sequence::context).max().orElseThrow();
    return Collections.nCopies(
        sequences.size(), new Attention.Sequence(1, stack.readContext(longest)));
  }

  /** The operators of a step of all ranks, as the rank that has most of it runs them. */
  public LoweredStep lower(final StepShape step) {
    final RankedStep ranked = RankedStep.of(step, ranks.dataParallel());
    return lowering().lower(ranked.fullest(), ranked.tokens());
  }

  /** What lowers steps to operators of one device. */
  public Lowering lowering() {
    return new Lowering(model, split(), numbers());
  }

  /**
   * Refuses a step whose sequences are too long for the model or, in sum, for the cache.
   *
   * @throws InvalidInputException if they are
   */
  public void require(final StepShape step) {
    final List<Attention.Sequence> all =
        Stream.concat(step.prefill().stream(), step.decode().stream()).toList();
    final int longest = all.stream().mapToInt(Attention.Sequence::context).max().orElse(0);
    if (longest > model.maxPositionEmbeddings()) {
      throw new InvalidInputException(
          PlanProblems.of(system, "a sequence is longer than the model's positions")
              .but(
                  longest + " tokens",
                  "at most " + model.maxPositionEmbeddings() + " (" + model.name() + ")"));
    }
    final long tokens = all.stream().mapToLong(Attention.Sequence::context).sum();
    if (tokens > kvTokens) {
      throw new InvalidInputException(
          PlanProblems.of(system, "the sequences do not fit into the KV cache")
              .but(
                  tokens + " tokens",
                  "at most " + kvTokens + " beside the weights on " + chips() + " chips"));
    }
  }

  /**
   * Makes the plan: the split that was asked for, else the system's own, else the least power of
   * two of chips on which weights and a cache for one longest request of 4,096 tokens fit. Where a
   * chip has no external memory and the system names no split, a stage has as few chips as hold a
   * layer, and there are as few stages as hold the model. Where layers have regions of a chip, as
   * few chips are cut as hold the model. Weights that are streamed to such a chip pass one whole
   * chip; where they are streamed only if they must, what fits stays on the chips.
   *
   * @throws InvalidInputException if the model does not fit, with the number of chips that it needs
   */
  public static Plan of(final SystemDescription system, final Model model, final Wishes wishes) {
    final Offload offload = wishes.offload().or(system.placement().offload().orElse(Offload.NONE));
    if (offload.spills()) {
      try {
        return of(system, model, wishes, offload.resident());
      } catch (final InvalidInputException doesNotFit) {
        return of(system, model, wishes, offload);
      }
    }
    return of(system, model, wishes, offload);
  }

  /** The same on software that serves it ({@link TunedExperts}). */
  private Plan tuned() {
    final Stack served = TunedExperts.of(system.stack(), this);
    return served == system.stack() ? this : on(system.with(served), regions);
  }

  private static Plan of(
      final SystemDescription system,
      final Model model,
      final Wishes wishes,
      final Offload offload) {
    final Format weights = PlanFormats.weights(system, wishes.weights());
    return new PlanSearch(system, model, weights, wishes.ranks(), offload)
        .plan(
            wishes.tensorParallel().or(() -> system.placement().tensorParallel()),
            wishes.pipelineParallel().or(() -> system.placement().pipelineParallel()))
        .tuned();
  }

  /** The same on regions of so many to a chip. */
  Plan on(final int cut) {
    return on(system, cut);
  }

  /** The same on a system whose numbers differ. */
  Plan on(final SystemDescription other) {
    return on(Regions.of(other, regions), regions).tuned();
  }

  private Plan on(final SystemDescription other, final int cut) {
    return new Plan(
        other,
        model,
        tensorParallel,
        pipelineParallel,
        weights,
        cache,
        weightBytes,
        kvBytesPerToken,
        kvTokens,
        cut,
        vocabularyStages,
        ranks,
        offload);
  }
}
