package org.inferchip.serving;

import java.util.ArrayList;
import java.util.List;
import org.inferchip.serving.RequestRecord.Outcome;

/**
 * What holds on every run, whatever the chip and the trace:
 *
 * <ul>
 *   <li>requests in = completed + rejected + unfinished; a completed one has all its tokens;
 *   <li>tokens delivered = sum of the requests' lengths;
 *   <li>KV blocks: held + free = all, references are those of the requests, a block is known by its
 *       own hash; none is held when nobody is in the system;
 *   <li>tokens behind device memory are those that requests have there, and none when nobody is
 *       left;
 *   <li>of each prompt at least one token is computed; computed and cached tokens make the prompts
 *       where nothing was preempted or left unfinished;
 *   <li>arrival &lt;= scheduled &lt;= first token &lt;= last token;
 *   <li>Little's law behind the front end: the time integral of the number in the system = the sum
 *       of times in it, to the picosecond (modulo 2^64).
 * </ul>
 *
 * The clock is checked as it moves ({@link Meter}).
 */
final class Laws {
  private final RequestTable table;
  private final ServingLoop loop;
  private final List<RequestRecord> records;
  private final List<String> broken = new ArrayList<>();

  private Laws(
      final RequestTable table, final ServingLoop loop, final List<RequestRecord> records) {
    this.table = table;
    this.loop = loop;
    this.records = records;
  }

  /** The laws that a run broke, each in a sentence. */
  static List<String> violations(
      final RequestTable table, final ServingLoop loop, final List<RequestRecord> records) {
    final Laws laws = new Laws(table, loop, records);
    laws.checkRequests();
    laws.checkTokens();
    laws.checkPrompts();
    laws.checkBlocks();
    laws.checkSwaps();
    laws.checkLittle();
    return laws.broken;
  }

  private void checkRequests() {
    if (records.size() != table.size()) {
      broken.add(table.size() + " requests in, " + records.size() + " out");
    }
    for (int i = 0; i < records.size(); i++) {
      final RequestRecord r = records.get(i);
      final boolean whole = r.outputTokens() == table.outputTokens(i);
      if (r.outcome() != Outcome.REJECTED && whole != (r.outcome() == Outcome.COMPLETED)) {
        broken.add(r.id() + " has " + r.outputTokens() + " tokens and is " + r.outcome());
      }
      if (r.cachedTokens() >= Math.max(1, r.promptTokens())) {
        broken.add(r.id() + " found its whole prompt in the cache");
      }
      if (!isCausal(r)) {
        broken.add(r.id() + " is served out of order: " + r);
      }
    }
  }

  private static boolean isCausal(final RequestRecord r) {
    if (r.outcome() == Outcome.REJECTED) {
      return r.scheduledPicos() == RequestRecord.NEVER && r.outputTokens() == 0;
    }
    return follows(r.scheduledPicos(), r.arrivalPicos())
        && follows(r.firstTokenPicos(), r.scheduledPicos())
        && follows(r.secondTokenPicos(), r.firstTokenPicos())
        && r.lastTokenPicos() >= r.secondTokenPicos()
        && follows(r.lastTokenPicos(), r.firstTokenPicos());
  }

  /** Either did not happen, or happened after something that did. */
  private static boolean follows(final long later, final long earlier) {
    return later == RequestRecord.NEVER || earlier != RequestRecord.NEVER && later >= earlier;
  }

  private void checkTokens() {
    final long sum = records.stream().mapToLong(RequestRecord::outputTokens).sum();
    if (sum != loop.tally().outputTokens()) {
      broken.add(loop.tally().outputTokens() + " tokens delivered, lengths sum to " + sum);
    }
  }

  private void checkPrompts() {
    long prompts = 0;
    for (final RequestRecord r : records) {
      if (r.outcome() == Outcome.UNFINISHED || r.preemptions() > 0) {
        return;
      }
      prompts += r.outcome() == Outcome.COMPLETED ? r.promptTokens() - r.cachedTokens() : 0;
    }
    if (prompts != loop.tally().prefillTokens()) {
      broken.add(loop.tally().prefillTokens() + " prompt tokens computed of " + prompts);
    }
  }

  private void checkBlocks() {
    final KvBlocks blocks = loop.blocks();
    final boolean anyoneLeft =
        records.stream().anyMatch(record -> record.outcome() == Outcome.UNFINISHED);
    if (!blocks.isConserved() || !anyoneLeft && blocks.used() > 0) {
      broken.add("KV blocks are not conserved: " + blocks.used() + " of " + blocks.total());
    }
  }

  private void checkSwaps() {
    final SwapSpace swap = loop.swap();
    final boolean anyoneLeft =
        records.stream().anyMatch(record -> record.outcome() == Outcome.UNFINISHED);
    if (!swap.isConserved() || !anyoneLeft && swap.used() > 0) {
      broken.add("tokens behind device memory are not conserved: " + swap.used());
    }
  }

  private void checkLittle() {
    long timeInSystem = 0;
    for (int i = 0; i < records.size(); i++) {
      final RequestRecord r = records.get(i);
      if (r.outcome() == Outcome.COMPLETED) {
        timeInSystem += r.e2ePicos() - loop.journal().frontEndPicos(i);
      } else if (r.outcome() == Outcome.UNFINISHED && r.arrivalPicos() != RequestRecord.NEVER) {
        timeInSystem += loop.meter().now() - r.arrivalPicos() - loop.journal().frontEndPicos(i);
      }
    }
    if (timeInSystem != loop.meter().systemArea()) {
      broken.add(
          "Little's law: "
              + loop.meter().systemArea()
              + " request-picoseconds in the system, "
              + timeInSystem
              + " by request");
    }
  }
}
