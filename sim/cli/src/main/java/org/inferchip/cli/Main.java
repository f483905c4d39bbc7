package org.inferchip.cli;

/** The {@code inferchip} program. */
public final class Main {
  private Main() {}

  /**
   * Runs one command.
   *
   * @param args the command line
   */
  public static void main(final String[] args) {
    System.exit(0);
  }
}
