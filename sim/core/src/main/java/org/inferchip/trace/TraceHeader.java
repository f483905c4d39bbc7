package org.inferchip.trace;

/**
 * What the optional first line of a {@code request-trace/1} file says.
 *
 * @param scheme how block identifiers are to be read
 * @param tokenizer tokenizer that counted the tokens, or empty
 * @param source where the requests come from, or empty
 * @param license licence of that, or empty
 */
record TraceHeader(BlockScheme scheme, String tokenizer, String source, String license) {
  /** The name of the schema. */
  static final String SCHEMA = "request-trace/1";

  /** A file without a header is read as Mooncake's. */
  static final TraceHeader MOONCAKE = new TraceHeader(BlockScheme.MOONCAKE, "", "", "");
}
