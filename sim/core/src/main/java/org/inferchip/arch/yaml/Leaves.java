package org.inferchip.arch.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.inferchip.arch.yaml.YamlNode.Mapping;
import org.inferchip.arch.yaml.YamlNode.Scalar;
import org.inferchip.arch.yaml.YamlNode.Sequence;

/** The values of a composed tree by key path, as their files spell them. */
public final class Leaves {
  private Leaves() {}

  /**
   * Every value, in order; a list of single values is one of them. Sources are left out.
   *
   * @param tree of a description
   */
  public static Map<String, String> of(final Mapping tree) {
    final Map<String, String> leaves = new LinkedHashMap<>();
    add(tree, "", leaves);
    return leaves;
  }

  private static void add(
      final YamlNode node, final String path, final Map<String, String> leaves) {
    if (node instanceof Scalar scalar) {
      leaves.put(path, scalar.text());
    } else if (node instanceof Mapping map) {
      map.entries()
          .forEach(
              (key, entry) -> {
                if (!key.equals(Merge.SOURCES)) {
                  add(entry.value(), KeyPath.child(path, key), leaves);
                }
              });
    } else if (node instanceof Sequence list) {
      addItems(list.items(), path, leaves);
    }
  }

  private static void addItems(
      final List<YamlNode> items, final String path, final Map<String, String> leaves) {
    if (items.stream().allMatch(Scalar.class::isInstance)) {
      leaves.put(
          path,
          items.stream()
              .map(item -> ((Scalar) item).text())
              .collect(Collectors.joining(", ", "[", "]")));
      return;
    }
    for (int i = 0; i < items.size(); i++) {
      add(items.get(i), KeyPath.item(path, i), leaves);
    }
  }
}
