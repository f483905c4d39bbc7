package org.inferchip.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Runs command lines in this process and keeps what they say. */
final class Cli {
  private Cli() {}

  /** What a command line did. */
  record Outcome(int exit, String out, String err) {}

  /** Runs one of the program's own command lines. */
  static Outcome run(final String... args) {
    return run(Main.commands(), args);
  }

  /** Runs a command line of a program with these commands. */
  static Outcome run(final List<Object> commands, final String... args) {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Console console = new Console(new PrintWriter(out), new PrintWriter(err), false, false);
    final int exit = Main.execute(console, commands, args);
    return new Outcome(exit, out.toString(), err.toString());
  }
}
