package org.inferchip.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.inferchip.report.Json;
import org.inferchip.report.ResultFolder;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problems;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

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
  private static final String RESULT_FILE = "result.json";

  /** Options that do not change the result, with whether a value follows. */
  private static final Map<String, Boolean> ASIDE =
      Map.of("--out", true, "--threads", true, "--json", false, "-q", false, "--quiet", false);

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  private Console console;
  private ResultFolder folder;

  /**
   * Checks options against each other and adds what is wrong, before any work.
   *
   * @param problems takes every problem
   */
  protected void check(final Problems problems) {}

  /** Changes what help says of options that all commands share. */
  protected void describe(final CommandSpec own) {}

  /**
   * Does the work.
   *
   * @return {@link ExitCode#DONE} or {@link ExitCode#CHECK_FAILED}
   * @throws Exception if something fails that is not bad input
   */
  protected abstract int run() throws Exception;

  /**
   * Runs the command.
   *
   * @param misread what the parser could not read; options that it names hold nothing
   */
  final int execute(final Console where, final Problems misread) throws Exception {
    console = where;
    final Problems problems = new Problems();
    common.check(problems);
    problems.read(
        () -> {
          check(problems);
          return true;
        });
    final Set<String> known = new HashSet<>();
    misread.list().forEach(problem -> known.add(problem.keyPath()));
    problems.list().stream().filter(p -> !known.contains(p.keyPath())).forEach(misread::add);
    misread.throwIfAny();
    final Optional<Path> target = folder();
    if (target.isEmpty()) {
      return run();
    }
    try (ResultFolder made = ResultFolder.at(target.get())) {
      folder = made;
      final int code = run();
      made.publish();
      message("wrote " + target.get());
      return code;
    }
  }

  /** Where files are written, if anywhere: the folder of {@code --out}. */
  protected Optional<Path> folder() {
    return common.out();
  }

  protected final CommonOptions common() {
    return common;
  }

  /** What was typed, without what does not change the result; quoted for a shell. */
  protected final String commandLine() {
    final StringBuilder line = new StringBuilder("inferchip");
    boolean skip = false;
    for (final String word : spec.root().commandLine().getParseResult().originalArgs()) {
      if (!skip && !ASIDE.containsKey(word.split("=", 2)[0])) {
        final boolean plain = word.matches("[\\w./:=,+-]+");
        line.append(' ').append(plain ? word : "'" + word.replace("'", "'\\''") + "'");
      }
      skip = !skip && ASIDE.getOrDefault(word, false);
    }
    return line.toString();
  }

  /**
   * Prints the result: under {@code --json} the JSON alone, else the texts. Under {@code --out} the
   * JSON is also written as {@code result.json}, unless the command wrote that file itself.
   *
   * @param json a record or map; becomes one JSON object
   * @param texts tables and sentences, printed with an empty line between them
   */
  protected final void result(final Object json, final Object... texts) {
    if (folder != null && !folder.has(RESULT_FILE)) {
      folder.write(RESULT_FILE, Json.text(json));
    }
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
   * Does work that may write files. The folder appears when the command is done, and stands ready
   * before it starts, so that one that cannot be written is refused before any work.
   *
   * @param work does the work and writes files; gets null without {@code --out}
   */
  protected final void withFolder(final Consumer<ResultFolder> work) {
    work.accept(folder);
  }
}
