package org.inferchip.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output that knows whether everything could be written: a {@link java.io.PrintWriter}
 * tells that something failed, not what. A reader that went away ({@code inferchip ... | head})
 * wants no more and is no failure.
 */
final class ResultStream extends FilterOutputStream {
  private static final String READER_IS_GONE = "Broken pipe";

  private boolean whole = true;

  ResultStream(final OutputStream to) {
    super(to);
  }

  /** Whether nothing was lost that anybody wanted. */
  boolean whole() {
    return whole;
  }

  @Override
  public void write(final byte[] bytes, final int from, final int count) throws IOException {
    try {
      out.write(bytes, from, count);
    } catch (final IOException e) {
      whole &= READER_IS_GONE.equals(e.getMessage());
      throw e;
    }
  }
}
