package org.inferchip.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Weka's kv-cache-tester, one session a line, each call counted as a row. Sessions have no start
 * times, so the trace needs an arrival process for them. A call is sent a think time after the one
 * before is complete: recorded times hold the latency of the recorded server and are not used.
 * Sub-agents start when the call before them is complete, run side by side, and the next call of
 * their parent waits for all of them. Identifiers are local to the session; the last partial block
 * has none.
 */
final class WekaReader implements RowReader {
  private static final Set<String> SESSION =
      Set.of(
          "id",
          "models",
          "block_size",
          "hash_id_scope",
          "tool_tokens",
          "system_tokens",
          "requests",
          "totals");
  private static final Set<String> CALL =
      Set.of(
          "t",
          "type",
          "model",
          "in",
          "out",
          "hash_ids",
          "input_types",
          "output_types",
          "stop",
          "think_time",
          "api_time",
          "ttft");

  @Override
  public void read(final SourceText source, final Collected to) {
    to.lengthsOnly = true;
    final int[] block = new int[1];
    JsonLines.each(
        source, 1, to.log, (node, line) -> readSession(new JsonRow(node, line, to.log), to, block));
    to.header =
        new TraceHeader(
            new BlockScheme(
                Math.max(1, block[0]), BlockScheme.Scope.SESSION, BlockScheme.Partial.FLOOR),
            "",
            "",
            "");
  }

  private static void readSession(final JsonRow row, final Collected to, final int[] block) {
    row.noteUnused(SESSION);
    final int size =
        row.wholeNumber("block_size", 1, 1 << 20, "tokens in a block, a whole number above 0");
    if (block[0] != 0 && block[0] != size) {
      row.bad("block_size", "differs between sessions", "" + size, "" + block[0]);
    }
    block[0] = size;
    final String session = row.has("id") ? row.text("id") : "line-" + row.line();
    final JsonNode calls = row.node("requests");
    if (calls == null || !calls.isArray()) {
      row.bad("requests", "not a list", String.valueOf(calls), "a list of calls");
    }
    if (!row.isBad()) {
      new Chain(session, row.line(), to).walk(calls, session, List.of());
    }
  }

  /** Walks the calls of a session and of the sub-agents below it. */
  private static final class Chain {
    private final String session;
    private final int line;
    private final Collected to;
    private int turn;

    Chain(final String session, final int line, final Collected to) {
      this.session = session;
      this.line = line;
      this.to = to;
    }

    /** Reads calls in order; gives what a call after them must wait for. */
    List<String> walk(final JsonNode calls, final String prefix, final List<String> start) {
      List<String> before = start;
      final List<String> subAgents = new ArrayList<>();
      int call = 0;
      for (final JsonNode node : calls) {
        final JsonRow row = new JsonRow(node, line, to.log);
        if ("subagent".equals(row.text("type"))) {
          subAgents.addAll(subAgent(row, prefix, before));
        } else {
          final String id = prefix + "/" + call++;
          final List<String> waits = new ArrayList<>(before);
          subAgents.stream().filter(one -> !waits.contains(one)).forEach(waits::add);
          before = readCall(row, id, waits) ? List.of(id) : waits;
          subAgents.clear();
        }
      }
      final List<String> end = new ArrayList<>(before);
      subAgents.stream().filter(one -> !end.contains(one)).forEach(end::add);
      return end;
    }

    private List<String> subAgent(
        final JsonRow row, final String prefix, final List<String> before) {
      final JsonNode calls = row.node("requests");
      if (calls == null || !calls.isArray()) {
        row.bad("requests", "not a list", String.valueOf(calls), "a list of calls");
        return before;
      }
      final String name = row.has("agent_id") ? row.text("agent_id") : "agent";
      return walk(calls, prefix + "/" + name, before);
    }

    private boolean readCall(final JsonRow row, final String id, final List<String> waits) {
      row.noteUnused(CALL);
      final Draft draft = to.next(line);
      draft.id = id;
      draft.session = session;
      draft.turn = turn++;
      draft.waitFor = waits;
      draft.delayNanos = waits.isEmpty() ? 0 : row.nanos("think_time", Row.SECONDS, 0);
      draft.blocks = row.blockIds("hash_ids");
      draft.recordedTtftNanos = row.nanos("ttft", Row.SECONDS, Request.UNTIMED);
      draft.recordedE2eNanos = row.nanos("api_time", Row.SECONDS, Request.UNTIMED);
      final boolean hasLengths = row.lengths(draft, "in", "out");
      to.take(row, draft, hasLengths);
      return hasLengths;
    }
  }
}
