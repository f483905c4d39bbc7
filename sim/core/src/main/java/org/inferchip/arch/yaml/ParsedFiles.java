package org.inferchip.arch.yaml;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.inferchip.units.Problems;

/**
 * Documents of files by name and digest: parts that many descriptions use are parsed once, and a
 * file that has changed is parsed anew. Thread-safe.
 */
final class ParsedFiles {
  private final Map<InputFile, YamlNode> documents = new ConcurrentHashMap<>();

  /** The document of a file's bytes; only one without problems is remembered. */
  Optional<YamlNode> read(final InputFile file, final byte[] bytes, final Problems problems) {
    final YamlNode known = documents.get(file);
    if (known != null) {
      return Optional.of(known);
    }
    final int before = problems.count();
    final Optional<YamlNode> document = YamlReader.read(bytes, file.file(), problems);
    if (problems.count() == before) {
      document.ifPresent(node -> documents.put(file, node));
    }
    return document;
  }
}
