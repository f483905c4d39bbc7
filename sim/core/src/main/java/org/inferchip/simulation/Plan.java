package org.inferchip.simulation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.inferchip.arch.Chip;
import org.inferchip.arch.MatrixUnit;
import org.inferchip.arch.Regions;
import org.inferchip.arch.Stack;
import org.inferchip.arch.StoredWeights;
import org.inferchip.arch.SystemDescription;
import org.inferchip.lowering.Numbers;
import org.inferchip.lowering.Split;
import org.inferchip.lowering.StepShape;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.operator.Attention;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

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
    int vocabularyStages) {

  /** Regions of a chip that share an embedding or a head, at most. */
  private static final int MOST_VOCABULARY = 8;

  /** What the user may ask for; empty means the plan chooses. */
  public record Wishes(
      Optional<Integer> tensorParallel,
      Optional<Integer> pipelineParallel,
      Optional<Format> weights) {
    /** No wishes. */
    public static final Wishes NONE =
        new Wishes(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Chips (or regions of chips) that the run uses; it pays for these. */
  public int chips() {
    return tensorParallel * pipelineParallel;
  }

  /** Chips as they are bought, of which the last may be used in part. */
  public int packages() {
    return (chips() + regions - 1) / regions;
  }

  /** How the model lies on the chips, in words. */
  public String layout() {
    final PipelineStages stages = stages();
    final int least =
        Math.min(stages.middle() > 0 ? stages.middle() : stages.first(), stages.mostLayers());
    return tensorParallel
        + (regions > 1 ? " region" : " chip")
        + (tensorParallel > 1 ? "s" : "")
        + " a stage, "
        + pipelineParallel
        + " stages of "
        + (least == stages.mostLayers() ? "" : least + " to ")
        + stages.mostLayers()
        + (stages.mostLayers() > 1 ? " layers" : " layer")
        + (regions > 1 ? ", " + regions + " regions a chip" : "")
        + (vocabularyStages > 1 ? ", " + vocabularyStages + " stages for the head" : "");
  }

  /** How layers lie over the stages. */
  PipelineStages stages() {
    return PipelineStages.of(model, pipelineParallel, vocabularyStages);
  }

  /** How layers are split. */
  public Split split() {
    return new Split(tensorParallel, pipelineParallel, vocabularyStages);
  }

  /** Formats: 16-bit activations, sums as the matrix unit has them. */
  public Numbers numbers() {
    final Optional<StoredWeights> stored = system.stack().stored(weights);
    // Analog arrays take activations as they are.
    final Format inputs = weights == Format.ANALOG ? wide() : inputs();
    final Format activations = inputs.bits() >= Format.BF16.bits() ? inputs : wide();
    return new Numbers(
        weights,
        inputs,
        activations,
        cache,
        unit().accumulator(),
        system.stack().summed().orElse(activations),
        stored.flatMap(StoredWeights::projections).orElse(Map.of()));
  }

  /** The format in which weights are multiplied. */
  public Format inputs() {
    return system.stack().stored(weights).map(StoredWeights::inputs).orElse(weights.dense());
  }

  private Format wide() {
    final boolean bf16 =
        weights == Format.ANALOG
            ? system.chip().cores().stream()
                .filter(cores -> !(cores.matrix() instanceof MatrixUnit.Analog))
                .anyMatch(cores -> cores.matrix().macsPerCycle().containsKey(Format.BF16))
            : unit().macsPerCycle().containsKey(Format.BF16);
    return bf16 ? Format.BF16 : Format.FP16;
  }

  private MatrixUnit unit() {
    return unit(system.chip());
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

  /** Refuses a step whose sequences are too long for the model or, in sum, for the cache. */
  void require(final StepShape step) {
    final List<Attention.Sequence> all =
        Stream.concat(step.prefill().stream(), step.decode().stream()).toList();
    final int longest = all.stream().mapToInt(Attention.Sequence::context).max().orElse(0);
    if (longest > model.maxPositionEmbeddings()) {
      throw new InvalidInputException(
          problem(system, "a sequence is longer than the model's positions")
              .but(
                  longest + " tokens",
                  "at most " + model.maxPositionEmbeddings() + " (" + model.name() + ")"));
    }
    final long tokens = all.stream().mapToLong(Attention.Sequence::context).sum();
    if (tokens > kvTokens) {
      throw new InvalidInputException(
          problem(system, "the sequences do not fit into the KV cache")
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
   * few chips are cut as hold the model.
   *
   * @throws InvalidInputException if the model does not fit, with the number of chips that it needs
   */
  public static Plan of(final SystemDescription system, final Model model, final Wishes wishes) {
    final Format weights = weightFormat(system, wishes.weights());
    final Optional<Integer> tp =
        wishes.tensorParallel().or(() -> system.placement().tensorParallel());
    final Optional<Integer> pp =
        wishes.pipelineParallel().or(() -> system.placement().pipelineParallel());
    if (tp.isPresent() && pp.isPresent()) {
      return fitted(system, model, weights, tp.get(), pp.get());
    }
    if (tp.isEmpty() && pp.isEmpty() && system.chip().memory().isEmpty()) {
      return system
          .placement()
          .regionLayers()
          .map(layers -> onRegions(system, model, weights, layers))
          .orElseGet(() -> onFewest(system, model, weights));
    }
    Plan last = null;
    for (int chips = tp.orElse(1) * pp.orElse(1); chips <= system.count(); ) {
      final int stages = pp.orElse(tp.isPresent() ? chips / tp.get() : 1);
      final Plan plan = at(system, model, weights, tp.orElse(chips / stages), stages);
      if (plan.kvTokens() >= neededTokens(model)) {
        return plan;
      }
      last = plan;
      chips = tp.isPresent() ? chips + tp.get() : chips * 2;
      if (stages > model.numHiddenLayers() + 2 * MOST_VOCABULARY) {
        break;
      }
    }
    throw tooSmall(system, model, weights, last);
  }

  private static Plan onFewest(
      final SystemDescription system, final Model model, final Format weights) {
    final int widest = system.chip().scaleUp().map(link -> link.reach()).orElse(1);
    Plan last = null;
    for (int tp = 1; tp <= Math.min(widest, system.count()); tp *= 2) {
      if (model.numAttentionHeads() % tp != 0) {
        break;
      }
      final int most = Math.min(model.numHiddenLayers() + 2 * widest / tp, system.count() / tp);
      for (int stages = 1; stages <= most; stages++) {
        last = at(system, model, weights, tp, stages);
        if (last.kvTokens() >= neededTokens(model)) {
          return last;
        }
      }
    }
    throw tooSmall(system, model, weights, last);
  }

  private static Plan onRegions(
      final SystemDescription system, final Model model, final Format weights, final int layers) {
    final int own = (model.numHiddenLayers() + layers - 1) / layers;
    Plan last = null;
    for (int chips = 1; chips <= Math.min(system.count(), own + 2); chips++) {
      for (int vocabulary = 1; vocabulary <= MOST_VOCABULARY; vocabulary *= 2) {
        final int stages = own + 2 * vocabulary;
        final int regions = Regions.count(system.chip(), (stages + chips - 1) / chips);
        final SystemDescription cut = Regions.of(system, regions);
        last = at(cut, model, weights, 1, stages, vocabulary).on(regions);
        if (last.kvTokens() >= neededTokens(model)) {
          return last;
        }
      }
    }
    throw tooSmall(system, model, weights, last);
  }

  private Plan on(final int cut) {
    return new Plan(
        system,
        model,
        tensorParallel,
        pipelineParallel,
        weights,
        cache,
        weightBytes,
        kvBytesPerToken,
        kvTokens,
        cut,
        vocabularyStages);
  }

  /** The same on a system whose numbers differ. */
  Plan on(final SystemDescription other) {
    return new Plan(
        Regions.of(other, regions),
        model,
        tensorParallel,
        pipelineParallel,
        weights,
        cache,
        weightBytes,
        kvBytesPerToken,
        kvTokens,
        regions,
        vocabularyStages);
  }

  private static Plan fitted(
      final SystemDescription system,
      final Model model,
      final Format weights,
      final int tp,
      final int pp) {
    final Plan plan = at(system, model, weights, tp, pp);
    if (plan.chips() > system.count()) {
      throw new InvalidInputException(
          problem(system, "the placement needs more chips than the system has")
              .but(
                  "tensor parallel " + tp + " x pipeline parallel " + pp,
                  "at most " + system.count() + " chips"));
    }
    if (plan.kvTokens() < system.stack().scheduler().blockTokens()) {
      throw tooSmall(system, model, weights, plan);
    }
    return plan;
  }

  private static Plan at(
      final SystemDescription system,
      final Model model,
      final Format weights,
      final int tp,
      final int pp) {
    if (tp > model.numAttentionHeads() || model.numAttentionHeads() % tp != 0) {
      throw new InvalidInputException(
          problem(system, "tensor parallelism must divide the model's attention heads")
              .but(
                  Integer.toString(tp),
                  "a divisor of " + model.numAttentionHeads() + " (" + model.name() + ")"));
    }
    final Plan one = at(system, model, weights, tp, pp, 1);
    if (system.chip().memory().isPresent() || one.kvTokens() >= neededTokens(model)) {
      return one;
    }
    final int reach = system.chip().scaleUp().map(link -> link.reach()).orElse(1);
    for (int groups = 2; tp * groups <= reach && pp > 2 * groups; groups *= 2) {
      final Plan more = at(system, model, weights, tp, pp, groups);
      if (more.kvTokens() >= neededTokens(model)) {
        return more;
      }
    }
    return one;
  }

  private static Plan at(
      final SystemDescription system,
      final Model model,
      final Format weights,
      final int tp,
      final int pp,
      final int vocabularyStages) {
    final Format cache = cacheFormat(system, weights);
    final PipelineStages stages = PipelineStages.of(model, pp, vocabularyStages);
    final double layerShare = (double) stages.mostLayers() / model.numHiddenLayers();
    final Optional<AnalogRoom> arrays = AnalogRoom.of(system.chip(), model, weights, tp, stages);
    final long weightBytes =
        arrays
            .map(room -> movedBytes(model, weights, room))
            .orElse((long) Math.ceil(stages.fullestElements() * weights.bits() / 8 / tp));
    final int copies = model.mla().isPresent() ? 1 : Math.min(tp, model.numKeyValueHeads());
    final long kv = (long) Math.ceil(model.kvBytesPerToken(cache) * layerShare / copies);
    final double room = room(system) - weightBytes - workspace(system, model, weights);
    final boolean fits = arrays.map(AnalogRoom::fits).orElse(true);
    final long most = kv == 0 ? Integer.MAX_VALUE : (long) Math.max(0, room / kv);
    final long tokens = fits ? most : 0;
    return new Plan(
        system, model, tp, pp, weights, cache, weightBytes, kv, tokens, 1, vocabularyStages);
  }

  /** Bytes of weights that do not stand in arrays, in the format of activations. */
  private static long movedBytes(final Model model, final Format weights, final AnalogRoom arrays) {
    final double bits = Math.max(weights.bits(), Format.BF16.bits());
    return (long) Math.ceil(Math.max(0, model.parameters() - arrays.heldElements()) * bits / 8);
  }

  /** Bytes of one chip that weights and cache may take. */
  private static double room(final SystemDescription system) {
    final Chip chip = system.chip();
    final double capacity =
        chip.memory().isPresent()
            ? chip.memory().get().capacity()
            : chip.shared().map(shared -> shared.capacity()).orElse(0.0);
    final Stack.Scheduler scheduler = system.stack().scheduler();
    return capacity * scheduler.memoryUtilisation() - scheduler.reserved().orElse(0.0);
  }

  /** Activations of the largest step: residual stream, and the wider of the two hidden widths. */
  private static double workspace(
      final SystemDescription system, final Model model, final Format format) {
    final long tokens =
        Math.min(system.stack().scheduler().maxBatchedTokens(), model.maxPositionEmbeddings());
    final boolean onChip = system.chip().memory().isEmpty();
    // Chips without external memory stream activations through; they hold one tile of tokens.
    return onChip ? 0 : (double) tokens * model.hiddenSize() * 4 * format.bits() / 8;
  }

  private static long neededTokens(final Model model) {
    return Math.min(4096, model.maxPositionEmbeddings());
  }

  private static Format weightFormat(final SystemDescription system, final Optional<Format> wish) {
    final MatrixUnit unit = unit(system.chip());
    final boolean analog = unit instanceof MatrixUnit.Analog;
    final Format wanted = wish.orElse(analog ? Format.ANALOG : system.stack().weights());
    final Format inputs =
        system.stack().stored(wanted).map(StoredWeights::inputs).orElse(wanted.dense());
    if (unit.macsPerCycle().containsKey(inputs)) {
      return wanted;
    }
    if (wish.isEmpty() && wanted.bits() == Format.FP16.bits()) {
      final Format other = wanted == Format.BF16 ? Format.FP16 : Format.BF16;
      if (unit.macsPerCycle().containsKey(other)) {
        return other;
      }
    }
    throw new InvalidInputException(
        problem(
                system,
                analog
                    ? "the arrays of "
                        + system.chip().name()
                        + " are analog and not set to emulate this format (matrix.emulates)"
                    : "the matrix unit of " + system.chip().name() + " lacks this format")
            .but(
                wanted.key(),
                String.join(
                    ", ",
                    unit.macsPerCycle().keySet().stream().map(Format::key).sorted().toList())));
  }

  private static Format cacheFormat(final SystemDescription system, final Format weights) {
    final Format cache = system.stack().cache();
    return cache.bits() == Format.BF16.bits() && weights.bits() == Format.BF16.bits()
        ? weights
        : cache;
  }

  private static InvalidInputException tooSmall(
      final SystemDescription system, final Model model, final Format weights, final Plan last) {
    final Optional<AnalogRoom> arrays =
        AnalogRoom.of(system.chip(), model, weights, 1, PipelineStages.of(model, 1));
    if (arrays.isPresent() && arrays.get().chips() > (last == null ? 0 : 1)) {
      return fullArrays(system, model, weights, arrays.get());
    }
    final long bytes = weights.bytes(model.parameters());
    final long needed = (long) Math.ceil(bytes / room(system));
    return new InvalidInputException(
        problem(system, "the model does not fit")
            .but(
                system.count()
                    + " x "
                    + system.chip().name()
                    + ", "
                    + (last == null ? 0 : last.chips())
                    + " of them tried",
                "more than "
                    + needed
                    + " chips for "
                    + model.name()
                    + " in "
                    + weights.key()
                    + " ("
                    + bytes / 1_000_000_000
                    + " GB of weights, then its cache)"));
  }

  private static InvalidInputException fullArrays(
      final SystemDescription system,
      final Model model,
      final Format weights,
      final AnalogRoom arrays) {
    return new InvalidInputException(
        problem(system, "the weights do not fit into the analog arrays, which hold them for good")
            .but(
                system.count()
                    + " x "
                    + system.chip().name()
                    + " with "
                    + arrays.there()
                    + " arrays each",
                "at least "
                    + arrays.chips()
                    + " chips for the "
                    + arrays.whole()
                    + " arrays of "
                    + model.name()
                    + " in "
                    + weights.key()
                    + " ("
                    + arrays.heldElements()
                    + " weights)"));
  }

  private static Problem problem(final SystemDescription system, final String message) {
    return new Problem("system " + system.name(), 0, 0, "placement", message, "", "", "");
  }
}
