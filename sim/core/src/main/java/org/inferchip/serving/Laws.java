package org.inferchip.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
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
 * Sums are over all instances. The clock is checked as it moves ({@link Meter}).
 */
final class Laws {
  private final RequestTable table;
  private final Fleet fleet;
  private final List<RequestRecord> records;
  private final List<String> broken = new ArrayList<>();

  private Laws(final Fleet fleet, final List<RequestRecord> records) {
    this.table = fleet.requests().table();
    this.fleet = fleet;
    this.records = records;
  }

  /** The laws that a run broke, each in a sentence. */
  static List<String> violations(final Fleet fleet, final List<RequestRecord> records) {
    final Laws laws = new Laws(fleet, records);
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
    final long delivered = sum(loop -> loop.tally().outputTokens());
    if (sum != delivered) {
      broken.add(delivered + " tokens delivered, lengths sum to " + sum);
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
    final long computed = sum(loop -> loop.tally().prefillTokens());
    if (prompts != computed) {
      broken.add(computed + " prompt tokens computed of " + prompts);
    }
  }

  private void checkBlocks() {
    for (final ServingLoop loop : fleet.loops()) {
      final KvBlocks blocks = loop.blocks();
      if (!blocks.isConserved() || !isAnyoneLeft() && blocks.used() > 0) {
        broken.add("KV blocks are not conserved: " + blocks.used() + " of " + blocks.total());
      }
    }
  }

  private boolean isAnyoneLeft() {
    return records.stream().anyMatch(record -> record.outcome() == Outcome.UNFINISHED);
  }

  private void checkSwaps() {
    for (final ServingLoop loop : fleet.loops()) {
      final SwapSpace swap = loop.swap();
      if (!swap.isConserved() || !isAnyoneLeft() && swap.used() > 0) {
        broken.add("tokens behind device memory are not conserved: " + swap.used());
      }
    }
  }

  private long sum(final ToLongFunction<ServingLoop> of) {
    return fleet.loops().stream().mapToLong(of).sum();
  }

  private void checkLittle() {
    final Journal journal = fleet.requests().journal();
    long timeInSystem = 0;
    for (int i = 0; i < records.size(); i++) {
      final RequestRecord r = records.get(i);
      if (r.outcome() == Outcome.COMPLETED) {
        timeInSystem += r.e2ePicos() - journal.frontEndPicos(i);
      } else if (r.outcome() == Outcome.UNFINISHED && r.arrivalPicos() != RequestRecord.NEVER) {
        timeInSystem += fleet.now() - r.arrivalPicos() - journal.frontEndPicos(i);
      }
    }
    final long area =
        sum(loop -> loop.meter().systemArea()) + fleet.transfers().map(Transfers::area).orElse(0L);
    if (timeInSystem != area) {
      broken.add(
          "Little's law: "
              + area
              + " request-picoseconds in the system, "
              + timeInSystem
              + " by request");
    }
  }
}
