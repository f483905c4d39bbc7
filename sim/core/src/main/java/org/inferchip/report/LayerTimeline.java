package org.inferchip.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.inferchip.engine.Detail;
import org.inferchip.lowering.Call;
import org.inferchip.lowering.LayerBlock;
import org.inferchip.lowering.LoweredStep;
import org.inferchip.report.chart.Gantt;
import org.inferchip.simulation.OperatorResult;
import org.inferchip.simulation.Plan;
import org.inferchip.simulation.StepProfile;

/** The timeline of one layer of a step: the operators that are launched, one after the other. */
public final class LayerTimeline {
  private LayerTimeline() {}

  /**
   * Writes the layer that the step has most of.
   *
   * @return its operators and the units of one core over time, for a chart
   */
  public static List<Gantt.Stay> write(
      final ResultFolder folder,
      final String title,
      final StepProfile profile,
      final Detail detail) {
    final Plan plan = profile.plan();
    final LoweredStep step = plan.lower(profile.shape());
    final LayerBlock block =
        step.blocks().stream().max(Comparator.comparingInt(LayerBlock::repeat)).orElseThrow();
    final var results =
        profile.lines().stream()
            .map(StepProfile.Line::result)
            .collect(Collectors.toMap(OperatorResult::operator, result -> result));
    final List<OperatorResult> layer = new ArrayList<>();
    for (final Call call : block.calls()) {
      if (results.containsKey(call.operator())) {
        layer.add(results.get(call.operator()));
      }
    }
    return TimelineFile.write(
        folder,
        title + ", layer " + block.layers().get(0) + " of " + plan.model().numHiddenLayers(),
        plan.system().chip(),
        detail,
        layer);
  }
}
