package org.inferchip.cli;

import java.util.function.Consumer;
import org.inferchip.report.Json;
import org.inferchip.report.ResultFolder;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problems;
import picocli.CommandLine.Mixin;

/**
 * A command with the options and conventions that all share. A subclass carries
 * {@code @CommandLine.Command} with a name, a description and, as its footer, one example line that
 * starts with {@code inferchip}; it has options and parameters as fields, and is listed in {@link
 * Main#commands}.
 *
 * <p>A subclass prints through {@link #result} only, once. Bad input is an {@link
 * InvalidInputException}, from {@link #check} or {@link #run}.
 */
abstract class BaseCommand {
  @Mixin private CommonOptions common;

  private Console console;

  /**
   * Checks options against each other and adds what is wrong, before any work.
   *
   * @param problems takes every problem
   */
  protected void check(final Problems problems) {}

  /**
   * Does the work.
   *
   * @return {@link ExitCode#DONE} or {@link ExitCode#CHECK_FAILED}
   * @throws Exception if something fails that is not bad input
   */
  protected abstract int run() throws Exception;

  final int execute(final Console where) throws Exception {
    console = where;
    final Problems problems = new Problems();
    common.check(problems);
    check(problems);
    problems.throwIfAny();
    return run();
  }

  protected final CommonOptions common() {
    return common;
  }

  /**
   * Prints the result: under {@code --json} the JSON alone, else the texts.
   *
   * @param json a record or map; becomes one JSON object
   * @param texts tables and sentences, printed with an empty line between them
   */
  protected final void result(final Object json, final Object... texts) {
    if (common.json()) {
      console.out().print(Json.text(json));
      return;
    }
    String between = "";
    for (final Object text : texts) {
      console.out().print(between + text.toString().stripTrailing() + "\n");
      between = "\n";
    }
  }

  /** Tells the person something that is no part of the result; {@code -q} silences it. */
  protected final void message(final String text) {
    if (!common.quiet()) {
      console.err().print(text + "\n");
      console.err().flush();
    }
  }

  /**
   * A progress bar of work in equal steps; invisible in a pipe and under {@code -q}.
   *
   * @param label what is being done
   * @param steps how many steps there are
   */
  protected final Progress progress(final String label, final long steps) {
    return console.terminal() && !common.quiet() ? Progress.shown(label, steps) : Progress.hidden();
  }

  /**
   * Writes files to the folder of {@code --out}, if one was given. Call it around the work, so that
   * a folder that cannot be written is refused at the start.
   *
   * @param work does the work and writes files; gets null without {@code --out}
   */
  protected final void withFolder(final Consumer<ResultFolder> work) {
    if (common.out().isEmpty()) {
      work.accept(null);
      return;
    }
    try (ResultFolder folder = ResultFolder.at(common.out().get())) {
      work.accept(folder);
      folder.publish();
      message("wrote " + common.out().get());
    }
  }
}
