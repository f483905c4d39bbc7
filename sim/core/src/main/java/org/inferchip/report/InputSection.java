package org.inferchip.report;

import java.util.List;

/** The section of the page on what was read: files with their hashes. */
final class InputSection {
  private final List<SystemResult> results;

  InputSection(final List<SystemResult> results) {
    this.results = results;
  }

  String html() {
    final HtmlTable table = HtmlTable.kind("hash", "file", "SHA-256");
    results.stream()
        .flatMap(r -> r.inputs().stream())
        .distinct()
        .forEach(i -> table.row(i.file(), i.sha256()));
    return table.html();
  }
}
