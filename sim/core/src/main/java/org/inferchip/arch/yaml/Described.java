package org.inferchip.arch.yaml;

import java.util.List;
import org.inferchip.arch.yaml.YamlNode.Mapping;

/**
 * A description that was read, with where it came from.
 *
 * @param value the record
 * @param sources who vouches for its numbers
 * @param files every file it was read from, the first one being its own
 * @param tree the composed tree, for showing and comparing
 * @param stated the same without what follows: derived numbers and the chosen mode's
 * @param <T> the record
 */
public record Described<T>(
    T value, SourceIndex sources, List<InputFile> files, Mapping tree, Mapping stated) {

  /** The same with another value. */
  public Described<T> with(final T other) {
    return new Described<>(other, sources, files, tree, stated);
  }

  /**
   * Where a value stands; where there is none, where the description begins.
   *
   * @param path of keys
   */
  public Place place(final String path) {
    final Overrides.One one = new Overrides.One(path, "", "");
    final YamlNode node = Graft.find(tree, one.steps());
    return node == null ? tree.place() : node.place();
  }
}
