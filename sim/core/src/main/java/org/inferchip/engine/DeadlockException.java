package org.inferchip.engine;

/**
 * A program whose tasks wait for each other for ever: it breaks the order rule of {@link
 * org.inferchip.program.TileProgram}. A defect of a mapping.
 */
public final class DeadlockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Which tasks wait for what. */
  public DeadlockException(final String message) {
    super(message);
  }
}
