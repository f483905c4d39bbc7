package org.inferchip.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.SourceIndex;
import org.inferchip.arch.yaml.SourceIndex.Claim;
import org.inferchip.arch.yaml.YamlNode;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.arch.yaml.YamlNode.Sequence;
import org.inferchip.units.Keyed;

/**
 * Draws a composed description as an indented tree, each number with the mark and the citation of
 * the source that vouches for it. Maps of plain numbers stand on one line.
 */
final class DescriptionTree {
  private static final int LABEL_WIDTH = 30;
  private static final int VALUE_WIDTH = 26;
  private static final int LINE_WIDTH = 100;

  private final SourceIndex sources;
  private final StringBuilder text = new StringBuilder();

  private DescriptionTree(final SourceIndex sources) {
    this.sources = sources;
  }

  /** The tree of a description; its name and description are left to the caller. */
  static String text(final Described<?> described) {
    final DescriptionTree tree = new DescriptionTree(described.sources());
    tree.map(described.tree(), "", 0);
    return tree.text.toString();
  }

  /** How many numbers each mark vouches for, in a sentence. */
  static String sources(final Described<?> described) {
    final Map<String, Integer> marks = new LinkedHashMap<>();
    for (final Claim claim : described.sources().claims().values()) {
      marks.merge(Keyed.of(claim.mark()), 1, Integer::sum);
    }
    final String counts =
        marks.entrySet().stream()
            .map(mark -> mark.getValue() + " " + mark.getKey())
            .collect(Collectors.joining(", "));
    final long share = Math.round(100 * described.sources().estimateShare());
    return "Numbers by source: " + counts + ". " + share + " % are estimates.";
  }

  private void map(final Mapping map, final String path, final int depth) {
    map.entries()
        .forEach(
            (key, entry) -> {
              final boolean told =
                  key.equals("sources")
                      || depth == 0 && (key.equals("name") || key.equals("description"));
              if (!told) {
                node(key, entry.value(), path.isEmpty() ? key : path + "." + key, depth);
              }
            });
  }

  private void node(final String label, final YamlNode node, final String path, final int depth) {
    if (node instanceof Scalar scalar) {
      line(depth, label, scalar.text(), path);
    } else if (node instanceof Mapping map) {
      heading(depth, label);
      map(map, path, depth + 1);
    } else if (node instanceof Sequence list && list.items().stream().allMatch(this::plain)) {
      line(
          depth,
          label,
          list.items().stream().map(YamlNode::found).collect(Collectors.joining(", ")),
          path);
    } else if (node instanceof Sequence list) {
      for (int i = 0; i < list.items().size(); i++) {
        node(label + "[" + i + "]", list.items().get(i), path + "[" + i + "]", depth);
      }
    }
  }

  private boolean plain(final YamlNode node) {
    return node instanceof Scalar;
  }

  private void heading(final int depth, final String label) {
    text.append("  ".repeat(depth)).append(label).append('\n');
  }

  private void line(final int depth, final String label, final String value, final String path) {
    final String start = "  ".repeat(depth) + label;
    final StringBuilder line = new StringBuilder(start);
    line.append(" ".repeat(Math.max(2, LABEL_WIDTH - start.length()))).append(value);
    final Optional<Claim> claim = Optional.ofNullable(sources.claims().get(path));
    if (claim.isPresent()) {
      line.append(" ".repeat(Math.max(2, VALUE_WIDTH - value.length())))
          .append(Keyed.of(claim.get().mark()))
          .append(' ')
          .append(claim.get().citation());
    }
    text.append(shortened(line.toString().stripTrailing())).append('\n');
  }

  private static String shortened(final String line) {
    return line.length() <= LINE_WIDTH ? line : line.substring(0, LINE_WIDTH - 3) + "...";
  }
}
