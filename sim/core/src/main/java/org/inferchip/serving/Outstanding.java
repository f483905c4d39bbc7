package org.inferchip.serving;

/** Requests that came to an instance and have not ended, and their known tokens. */
final class Outstanding {
  private int requests;
  private long tokens;

  /** One comes with so many tokens. */
  void come(final long known) {
    requests++;
    tokens += known;
  }

  /** One leaves with all of its tokens. */
  void leave(final long known) {
    requests--;
    tokens -= known;
  }

  /** One has a token more. */
  void generate() {
    tokens++;
  }

  int requests() {
    return requests;
  }

  /** Prompts and what has been generated. */
  long tokens() {
    return tokens;
  }
}
