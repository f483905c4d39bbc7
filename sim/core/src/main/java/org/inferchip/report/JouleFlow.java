package org.inferchip.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inferchip.report.chart.Chart;
import org.inferchip.report.chart.Sankey;
import org.inferchip.report.chart.Sankey.Node;

/**
 * Where the joules of a run go, from the facility over the system and its boards to the parts of
 * the chips: mean watts around the chips times the run's time, and the chips' joules by component,
 * each for a generated token.
 */
final class JouleFlow {
  private JouleFlow() {}

  static Chart of(final SystemResult result) {
    final double tokens = Math.max(1, result.number("output_tokens"));
    final double each = result.number("duration_s") / tokens;
    final Map<String, Double> around = result.optionalNumbers("power_w/around");
    final List<Node> parts = new ArrayList<>();
    result
        .energy()
        .forEach((part, joules) -> parts.add(Node.leaf(part.replace('_', ' '), joules / tokens)));
    final Node chips = new Node("chips", sum(parts), parts);
    final Node board = over("boards", chips, leaf("regulators", "boards", around, each));
    final Node system =
        over(
            "system",
            board,
            leaf("supply losses", "supply", around, each),
            leaf("host at rest", "resting", around, each),
            leaf("host at work", "working", around, each));
    final Node facility =
        over("facility", system, leaf("cooling, distribution", "cooling", around, each));
    return Sankey.of(
        "Joules a token on " + result.name() + ": " + Figures.of(facility.value()) + " J",
        facility,
        "J a token");
  }

  private static Node leaf(
      final String name, final String key, final Map<String, Double> watts, final double seconds) {
    return Node.leaf(name, seconds * watts.getOrDefault(key, 0.0));
  }

  /** A boundary around an inner one; the inner one itself where nothing lies between. */
  private static Node over(final String name, final Node inner, final Node... between) {
    final List<Node> parts = new ArrayList<>(List.of(between));
    parts.add(inner);
    final double sum = sum(parts);
    return sum == inner.value() ? inner : new Node(name, sum, parts);
  }

  private static double sum(final List<Node> parts) {
    return parts.stream().mapToDouble(Node::value).sum();
  }
}
