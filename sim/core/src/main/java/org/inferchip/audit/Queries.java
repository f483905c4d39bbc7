package org.inferchip.audit;

/**
 * Rows of attention tiles: some tokens, and for each token some heads; token after token.
 *
 * @param token first row of the query tensor
 * @param tokens rows
 * @param head first head
 * @param heads heads
 */
record Queries(int token, int tokens, int head, int heads) {
  int count() {
    return tokens * heads;
  }

  /** The rows from one on; null if they are no block of tokens and heads. */
  Queries part(final int row, final int rows) {
    if (row % heads == 0 && rows % heads == 0) {
      return new Queries(token + row / heads, rows / heads, head, heads);
    }
    final int first = row % heads;
    return first + rows <= heads ? new Queries(token + row / heads, 1, head + first, rows) : null;
  }

  Queries someHeads(final int first, final int count) {
    return new Queries(token, tokens, head + first, count);
  }

  /** Both together, if the other follows; else null. */
  Queries joined(final Queries next) {
    if (next.head == head && next.heads == heads && next.token == token + tokens) {
      return new Queries(token, tokens + next.tokens, head, heads);
    }
    final boolean sameToken = tokens == 1 && next.tokens == 1 && next.token == token;
    return sameToken && next.head == head + heads
        ? new Queries(token, 1, head, heads + next.heads)
        : null;
  }
}
