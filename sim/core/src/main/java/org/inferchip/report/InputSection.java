package org.inferchip.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The section of the page on what went in: documents that the numbers of each description rest on,
 * with how far they can be trusted, and the files that were read, with their hashes.
 */
final class InputSection {
  private final List<SystemResult> results;

  InputSection(final List<SystemResult> results) {
    this.results = results;
  }

  String html() {
    final HtmlTable files = HtmlTable.kind("hash", "file", "SHA-256");
    results.stream()
        .flatMap(r -> r.inputs().stream())
        .distinct()
        .forEach(i -> files.row(i.file(), i.sha256()));
    return sources() + files.html();
  }

  /** A row for each document, with the systems whose numbers rest on it. */
  private String sources() {
    final Map<String, SystemResult.Cited> cited = new LinkedHashMap<>();
    final Map<String, List<String>> users = new LinkedHashMap<>();
    for (final SystemResult result : results) {
      for (final SystemResult.Cited one : result.sources()) {
        final String key = one.mark() + " " + one.what();
        cited.merge(key, one, InputSection::both);
        users.computeIfAbsent(key, k -> new ArrayList<>()).add(result.name());
      }
    }
    if (cited.isEmpty()) {
      return "";
    }
    final HtmlTable table = HtmlTable.kind("sources", "source", "mark", "numbers", "of");
    cited.forEach(
        (key, one) ->
            table.row(
                one.what().isEmpty() ? "none" : one.what(),
                one.mark(),
                Figure.count(one.numbers()),
                String.join(", ", users.get(key))));
    return "<p class=\"note\">What the numbers of the descriptions rest on: checked, recalled,"
        + " calculated and fitted ones have a document, estimates and derived ones a guess or a law"
        + " with large errors.</p>\n"
        + table.html();
  }

  private static SystemResult.Cited both(final SystemResult.Cited a, final SystemResult.Cited b) {
    return new SystemResult.Cited(a.what(), a.mark(), a.numbers() + b.numbers());
  }
}
