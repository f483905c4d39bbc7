package org.inferchip.simulation;

import java.util.Optional;
import org.inferchip.arch.Offload;
import org.inferchip.arch.Regions;
import org.inferchip.arch.SystemDescription;
import org.inferchip.model.MixtureOfExperts;
import org.inferchip.model.Model;
import org.inferchip.numerics.Format;
import org.inferchip.units.InvalidInputException;

/** Looks for the fewest chips, stages and regions of chips that hold a model and its cache. */
final class PlanSearch {
  /** Regions of a chip that share an embedding or a head, at most. */
  private static final int MOST_VOCABULARY = 8;

  private final SystemDescription system;
  private final Model model;
  private final Format weights;
  private final Plan.Ranks ranks;
  private final Offload offload;

  PlanSearch(
      final SystemDescription system,
      final Model model,
      final Format weights,
      final Plan.Ranks ranks,
      final Offload offload) {
    this.system = system;
    this.model = model;
    this.weights = weights;
    this.ranks = ranks;
    this.offload = offload;
  }

  /**
   * The plan of a split.
   *
   * @param tp chips of a layer; empty: as few as do
   * @param pp stages; empty: as few as do
   */
  Plan plan(final Optional<Integer> tp, final Optional<Integer> pp) {
    checkRanks(tp);
    checkChips(tp, pp);
    PlanProblems.checkOffload(system, offload);
    if (tp.isPresent() && pp.isPresent()) {
      return fitted(tp.get(), pp.get());
    }
    if (tp.isEmpty() && pp.isEmpty() && system.chip().memory().isEmpty() && ranks.one()) {
      if (offload.weightShare() > 0) {
        return fitted(1, 1);
      }
      return system.placement().regionLayers().map(this::onRegions).orElseGet(this::onFewest);
    }
    Plan last = null;
    final int most = system.count() / ranks.dataParallel();
    for (int chips = tp.orElse(1) * pp.orElse(1); chips <= most; ) {
      final int stages = pp.orElse(tp.isPresent() ? chips / tp.get() : 1);
      final int wide = tp.orElse(chips / stages);
      if (dealt(wide)) {
        last = at(wide, stages);
        if (last.kvTokens() >= PlanRoom.neededTokens(model)) {
          return last;
        }
      }
      chips = tp.isPresent() ? chips + tp.get() : chips * 2;
      if (stages > model.numHiddenLayers() + 2 * MOST_VOCABULARY) {
        break;
      }
    }
    throw PlanProblems.tooSmall(system, model, weights, last);
  }

  /** Whether the experts can be dealt over the chips of a stage. */
  private boolean dealt(final int tp) {
    return tp * ranks.dataParallel() % ranks.expertParallel() == 0;
  }

  private void checkRanks(final Optional<Integer> tp) {
    final int experts = model.moe().map(MixtureOfExperts::numExperts).orElse(1);
    if (experts % ranks.expertParallel() != 0) {
      throw new InvalidInputException(
          PlanProblems.of(system, "expert parallelism must divide the model's experts")
              .but(
                  Integer.toString(ranks.expertParallel()),
                  "a divisor of " + experts + " (" + model.name() + ")"));
    }
    if (ranks.expertSkew().orElse(0.0) > 0 && model.moe().isEmpty()) {
      throw new InvalidInputException(
          PlanProblems.of(system, "a skew of experts needs a model with experts")
              .but(Double.toString(ranks.expertSkew().get()), "none with " + model.name()));
    }
    if (tp.isPresent() && !dealt(tp.get())) {
      throw new InvalidInputException(
          PlanProblems.of(system, "expert parallelism must divide the chips of a stage")
              .but(
                  Integer.toString(ranks.expertParallel()),
                  "a divisor of tensor parallel "
                      + tp.get()
                      + " x data parallel "
                      + ranks.dataParallel()));
    }
    if (!ranks.one() && AnalogRoom.group(system.chip()).isPresent()) {
      throw new InvalidInputException(
          PlanProblems.of(system, "ranks and groups of experts are not laid over analog arrays")
              .but(system.chip().name(), "one rank, whose chips share every expert"));
    }
  }

  private void checkChips(final Optional<Integer> tp, final Optional<Integer> pp) {
    final long asked = (long) tp.orElse(1) * pp.orElse(1) * ranks.dataParallel();
    if (asked > system.count()) {
      throw new InvalidInputException(
          PlanProblems.of(system, "the placement needs more chips than the system has")
              .but(
                  "tensor parallel "
                      + tp.orElse(1)
                      + " x pipeline parallel "
                      + pp.orElse(1)
                      + (ranks.dataParallel() > 1
                          ? " x data parallel " + ranks.dataParallel()
                          : ""),
                  "at most " + system.count() + " x " + system.chip().name()));
    }
    final int reach = system.chip().reach();
    final int joined = tp.orElse(1) * ranks.dataParallel();
    if (joined > reach || pp.orElse(1) > 1 && reach == 1) {
      throw new InvalidInputException(
          PlanProblems.of(system, "the links do not join the chips of the placement")
              .but(
                  "tensor parallel " + tp.orElse(1) + " x data parallel " + ranks.dataParallel(),
                  reach == 1
                      ? "one chip, as " + system.chip().name() + " has no links"
                      : "at most " + reach + " x " + system.chip().name()));
    }
  }

  private Plan onFewest() {
    final int widest = system.chip().reach();
    Plan last = null;
    for (int tp = 1; tp <= Math.min(widest, system.count()); tp *= 2) {
      if (model.numAttentionHeads() % tp != 0) {
        break;
      }
      final int most = Math.min(model.numHiddenLayers() + 2 * widest / tp, system.count() / tp);
      for (int stages = 1; stages <= most; stages++) {
        last = at(tp, stages);
        if (last.kvTokens() >= PlanRoom.neededTokens(model)) {
          return last;
        }
      }
    }
    throw PlanProblems.tooSmall(system, model, weights, last);
  }

  private Plan onRegions(final int layers) {
    final int own = (model.numHiddenLayers() + layers - 1) / layers;
    Plan last = null;
    for (int chips = 1; chips <= Math.min(system.count(), own + 2); chips++) {
      for (int vocabulary = 1; vocabulary <= MOST_VOCABULARY; vocabulary *= 2) {
        final int stages = own + 2 * vocabulary;
        final int regions = Regions.count(system.chip(), (stages + chips - 1) / chips);
        final SystemDescription cut = Regions.of(system, regions);
        last = at(cut, 1, stages, vocabulary).on(regions);
        if (last.kvTokens() >= PlanRoom.neededTokens(model)) {
          return last;
        }
      }
    }
    throw PlanProblems.tooSmall(system, model, weights, last);
  }

  private Plan fitted(final int tp, final int pp) {
    final Plan plan = at(tp, pp);
    if (plan.kvTokens() < system.stack().scheduler().blockTokens()) {
      throw PlanProblems.tooSmall(system, model, weights, plan);
    }
    return plan;
  }

  private Plan at(final int tp, final int pp) {
    if (tp > model.numAttentionHeads() || model.numAttentionHeads() % tp != 0) {
      throw new InvalidInputException(
          PlanProblems.of(system, "tensor parallelism must divide the model's attention heads")
              .but(
                  Integer.toString(tp),
                  "a divisor of " + model.numAttentionHeads() + " (" + model.name() + ")"));
    }
    final Plan one = at(system, tp, pp, 1);
    if (system.chip().memory().isPresent() || one.kvTokens() >= PlanRoom.neededTokens(model)) {
      return one;
    }
    final int reach = system.chip().reach();
    for (int groups = 2; tp * groups <= reach && pp > 2 * groups; groups *= 2) {
      final Plan more = at(system, tp, pp, groups);
      if (more.kvTokens() >= PlanRoom.neededTokens(model)) {
        return more;
      }
    }
    return one;
  }

  private Plan at(
      final SystemDescription on, final int tp, final int pp, final int vocabularyStages) {
    final Format cache = PlanFormats.cache(on, weights);
    final PipelineStages stages = PipelineStages.of(model, pp, vocabularyStages);
    final double layerShare = (double) stages.mostLayers() / model.numHiddenLayers();
    final Optional<AnalogRoom> arrays = AnalogRoom.of(on.chip(), model, weights, tp, stages);
    final double layer = PlanRoom.layerBytes(model, weights, tp, ranks.dataParallel());
    final double copied = offload.weightShare() * layer;
    final int buffers = Math.min(FarTransfers.BUFFERS, stages.mostLayers());
    final long weightBytes =
        arrays
                .map(room -> PlanRoom.movedBytes(model, weights, room))
                .orElse((long) Math.ceil(stages.fullestElements() * weights.bits() / 8 / tp))
            - spreadBytes(stages, tp)
            - (long) (copied * (stages.mostLayers() - buffers));
    final int copies = model.mla().isPresent() ? 1 : Math.min(tp, model.numKeyValueHeads());
    final long kv = (long) Math.ceil(model.kvBytesPerToken(cache) * layerShare / copies);
    final double room = PlanRoom.bytes(on) - weightBytes - PlanRoom.workspace(on, model, weights);
    final boolean fits =
        arrays.map(AnalogRoom::fits).orElse(true)
            && PlanRoom.farBytes(
                    offload, copied * stages.mostLayers(), tp * pp * ranks.dataParallel())
                <= PlanRoom.farCapacity(on);
    final long most = kv == 0 ? Integer.MAX_VALUE : (long) Math.max(0, room / kv);
    final long tokens = fits ? most : 0;
    return new Plan(
        on,
        model,
        tp,
        pp,
        weights,
        cache,
        weightBytes,
        kv,
        tokens * ranks.dataParallel(),
        1,
        vocabularyStages,
        ranks,
        offload);
  }

  /** Bytes of experts that are on chips of other ranks. */
  private long spreadBytes(final PipelineStages stages, final int tp) {
    final double here =
        PlanRoom.expertElements(model) * stages.mostLayers() / model.numHiddenLayers() / tp;
    return (long) (here * (1 - 1.0 / ranks.dataParallel()) * weights.bits() / 8);
  }
}
