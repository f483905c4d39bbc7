package org.inferchip.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.inferchip.engine.Detail;
import org.inferchip.explore.Evaluation;
import org.inferchip.lowering.Call;
import org.inferchip.lowering.LayerBlock;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.lowering.Lowering;
import org.inferchip.lowering.StepShape;
import org.inferchip.serving.RequestRecord;
import org.inferchip.simulation.OperatorResult;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepProfile;

/** The timeline of one layer of a step: its operators one after the other. */
public final class LayerTimeline {
  private LayerTimeline() {}

  /** Writes the layer that the step has most of. */
  public static void write(
      final ResultFolder folder,
      final String title,
      final StepProfile profile,
      final Detail detail) {
    final Plan plan = profile.plan();
    final LoweredStep step =
        Lowering.lower(plan.model(), profile.shape(), plan.split(), plan.numbers());
    final LayerBlock block =
        step.blocks().stream().max(Comparator.comparingInt(LayerBlock::repeat)).orElseThrow();
    final var results =
        profile.lines().stream()
            .map(StepProfile.Line::result)
            .collect(Collectors.toMap(OperatorResult::operator, result -> result));
    final List<OperatorResult> layer = new ArrayList<>();
    for (final Call call : block.calls()) {
      layer.add(results.get(call.operator()));
    }
    TimelineFile.write(
        folder.file(TimelineFile.NAME),
        title + ", layer " + block.layers().get(0) + " of " + plan.model().numHiddenLayers(),
        plan.system().chip(),
        detail,
        layer);
  }

  /**
   * A decode step that stands for those of a run: as many sequences as ran at once on average, each
   * with the mean context of the completed requests half-way through their output.
   */
  public static StepShape typical(final Evaluation evaluation) {
    final double running = evaluation.run().occupancy().meanRunning();
    final double context =
        evaluation.run().records().stream()
            .filter(record -> record.outcome() == RequestRecord.Outcome.COMPLETED)
            .mapToDouble(record -> record.promptTokens() + record.outputTokens() / 2.0)
            .average()
            .orElse(1);
    return StepShape.decode(
        (int) Math.max(1, Math.round(running)), (int) Math.max(1, Math.round(context)));
  }
}
