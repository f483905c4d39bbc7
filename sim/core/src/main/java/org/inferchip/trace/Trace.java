package org.inferchip.trace;

import java.util.List;

/**
 * A trace as it is replayed.
 *
 * @param name file name or name
 * @param format the format it was read from
 * @param sha256 digest of the bytes read, hexadecimal; empty for a trace made in memory
 * @param scheme how block identifiers are to be read
 * @param tokenizer tokenizer that counted the tokens, or empty
 * @param source where the requests come from, or empty
 * @param license licence of that, or empty
 * @param rowsRead rows in the source; equals requests plus dropped rows
 * @param requests in order of arrival; equal times keep the order of the source. A request without
 *     an arrival stands where it could arrive at the earliest
 * @param drops rows that became no request, by reason
 * @param notes oddities handled and transforms applied
 */
public record Trace(
    String name,
    String format,
    String sha256,
    BlockScheme scheme,
    String tokenizer,
    String source,
    String license,
    long rowsRead,
    List<Request> requests,
    List<Drop> drops,
    List<Note> notes) {

  /** Takes copies and checks that no row is unaccounted for. */
  public Trace {
    requests = List.copyOf(requests);
    drops = List.copyOf(drops);
    notes = List.copyOf(notes);
    final long dropped = drops.stream().mapToLong(Drop::count).sum();
    if (rowsRead != requests.size() + dropped) {
      throw new IllegalStateException(
          name
              + ": "
              + rowsRead
              + " rows, "
              + requests.size()
              + " requests, "
              + dropped
              + " dropped");
    }
  }

  /**
   * A trace that was made in memory.
   *
   * @param name of it
   * @param requests in order of arrival
   */
  public static Trace synthetic(final String name, final List<Request> requests) {
    return new Trace(
        name,
        "synthetic",
        "",
        BlockScheme.MOONCAKE,
        "",
        "",
        "",
        requests.size(),
        requests,
        List.of(),
        List.of());
  }

  /** Prompt tokens of all requests. */
  public long inputTokens() {
    return requests.stream().mapToLong(Request::inputTokens).sum();
  }

  /** Output tokens of all requests. */
  public long outputTokens() {
    return requests.stream().mapToLong(Request::outputTokens).sum();
  }

  /** Time from the first to the last given arrival; 0 where there are fewer than two. */
  public long spanNanos() {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (final Request request : requests) {
      if (request.isTimed()) {
        first = Math.min(first, request.arrivalNanos());
        last = Math.max(last, request.arrivalNanos());
      }
    }
    return first > last ? 0 : last - first;
  }
}
