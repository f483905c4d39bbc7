package org.inferchip.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * RAGPulse. Times are whole seconds written as text. Block identifiers are those of components of
 * unlike lengths (system prompt, passages, history, ...), which the rows do not give, so they are
 * no blocks of a prefix cache and are left out.
 */
final class RagPulseReader implements RowReader {
  private static final String TIME = "timestamp";
  private static final Set<String> USED =
      Set.of(TIME, "input_length", "output_length", "hash_ids", "session_id");
  private static final Set<String> COMPONENTS =
      Set.of("sys_prompt", "passages_ids", "history", "web_search", "user_input");

  @Override
  public void read(final SourceText source, final Collected to) {
    JsonLines.each(source, 1, to.log, (node, line) -> readRow(node, line, to));
    to.log.note(
        "component_hashes",
        to.log.rows(),
        "identifiers of components without lengths are no prefix blocks; they are left out");
  }

  private static void readRow(final JsonNode node, final int line, final Collected to) {
    final JsonRow row = new JsonRow(node, line, to.log, true);
    row.noteUnused(USED);
    final Draft draft = to.next(line);
    draft.arrivalNanos = row.nanos(TIME, Row.SECONDS);
    draft.session = row.has("session_id") ? row.text("session_id") : "";
    final JsonNode components = row.node("hash_ids");
    if (components != null) {
      new JsonRow(components, line, to.log).noteUnused(COMPONENTS);
    }
    to.take(row, draft, row.lengths(draft, "input_length", "output_length"));
  }
}
