package org.inferchip.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * Where a command writes: results to {@link #out}, everything else to {@link #err}, both in UTF-8.
 *
 * <p>Whether a stream is a terminal comes from the launcher (system property {@code
 * inferchip.terminal}, holding {@code out}, {@code err}, both or none); without it, from {@link
 * System#console}.
 */
final class Console {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean colour;
  private final boolean terminal;
  private final ResultStream results;

  /**
   * A console.
   *
   * @param out takes results
   * @param err takes messages
   * @param colour whether messages may be coloured
   * @param terminal whether messages go to a terminal, so that a progress bar makes sense
   */
  Console(
      final PrintWriter out, final PrintWriter err, final boolean colour, final boolean terminal) {
    this(out, err, colour, terminal, null);
  }

  private Console(
      final PrintWriter out,
      final PrintWriter err,
      final boolean colour,
      final boolean terminal,
      final ResultStream results) {
    this.results = results;
    this.out = out;
    this.err = err;
    this.colour = colour;
    this.terminal = terminal;
  }

  /** The console of this process. */
  static Console ofProcess(final Map<String, String> environment) {
    final Set<String> terminals = terminals();
    final boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || "dumb".equals(environment.get("TERM"));
    final ResultStream results = new ResultStream(new FileOutputStream(FileDescriptor.out));
    return new Console(
        writer(results),
        writer(new FileOutputStream(FileDescriptor.err)),
        terminals.contains("err") && !plain,
        terminals.contains("err"),
        results);
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  boolean terminal() {
    return terminal;
  }

  boolean colour() {
    return colour;
  }

  /** The text in red where messages may be coloured. */
  String red(final String text) {
    return colour ? "\u001b[31m" + text + "\u001b[0m" : text;
  }

  /**
   * Writes what is still kept back.
   *
   * @return whether all results could be written; true for a reader that went away
   */
  boolean flush() {
    out.flush();
    err.flush();
    return results == null || results.whole();
  }

  private static Set<String> terminals() {
    final String told = System.getProperty("inferchip.terminal");
    if (told != null) {
      return Set.of(told.split(","));
    }
    return isTerminal(System.console()) ? Set.of("out", "err") : Set.of();
  }

  /** From JDK 22 on a console exists without a terminal, and only its isTerminal method tells. */
  private static boolean isTerminal(final java.io.Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (final NoSuchMethodException e) {
      return true;
    } catch (final ReflectiveOperationException e) {
      return false;
    }
  }

  private static PrintWriter writer(final OutputStream stream) {
    return new PrintWriter(stream, false, StandardCharsets.UTF_8);
  }
}
