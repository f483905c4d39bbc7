package org.inferchip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inferchip.engine.LawViolation;
import org.inferchip.report.Json;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problem;

/**
 * Tells a person, and under {@code --json} a script, why a command did not finish. A stack trace is
 * shown for no input, however bad; for a defect it goes to a file, and to standard error where the
 * environment has {@code INFERCHIP_DEBUG}.
 */
final class Failures {
  private final Console console;
  private final boolean json;
  private final boolean debug;

  Failures(final Console console, final boolean json, final boolean debug) {
    this.console = console;
    this.json = json;
    this.debug = debug;
  }

  /** Reports a failure of any kind and gives the exit code. */
  int report(final Throwable failure, final String[] arguments) {
    if (failure instanceof InvalidInputException input) {
      return badInput(input.problems());
    }
    final Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    if (cause instanceof FileSystemException file && file.getFile() != null) {
      return badInput(List.of(Problem.ofFile(file.getFile(), explained(file))));
    }
    return ours(failure, lawOf(failure), arguments);
  }

  /** The broken law behind a failure, from whichever thread it came, or null. */
  private static LawViolation lawOf(final Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof LawViolation law) {
        return law;
      }
    }
    return null;
  }

  private int badInput(final List<Problem> problems) {
    for (final Problem problem : problems) {
      console.err().print(console.red("error: ") + problem + "\n");
    }
    if (json) {
      final Map<String, Object> object = new LinkedHashMap<>();
      object.put("error", "bad input");
      object.put("problems", problems);
      console.out().print(Json.text(object));
    }
    return ExitCode.BAD_INPUT;
  }

  /**
   * What a user cannot mend: a simulation that broke a law is a failed check, all else a defect.
   */
  private int ours(final Throwable failure, final LawViolation law, final String[] arguments) {
    final String kind = law == null ? "internal error" : "law violated";
    final String what = law == null ? failure.toString() : law.getMessage();
    final String report =
        BuildInfo.text() + "\narguments: " + String.join(" ", arguments) + "\n" + trace(failure);
    console.err().print(console.red(kind + ": ") + what + "\n");
    console.err().print(law == null ? "" : "The check failed, so there is no result to rely on. ");
    console.err().print("This is a defect of inferchip. Please report it with " + kept(report));
    if (debug) {
      console.err().print(report);
    }
    if (json) {
      final Map<String, Object> object = new LinkedHashMap<>();
      object.put("error", kind);
      object.put("problems", List.of());
      object.put("cause", what);
      console.out().print(Json.text(object));
    }
    return law == null ? ExitCode.DEFECT : ExitCode.CHECK_FAILED;
  }

  private static String kept(final String report) {
    try {
      final Path file = Files.createTempFile("inferchip-defect-", ".txt");
      Files.writeString(file, report, StandardCharsets.UTF_8);
      return "the file " + file + " and the inputs of the command.\n";
    } catch (final IOException e) {
      return "the inputs of the command and its output under INFERCHIP_DEBUG=1.\n";
    }
  }

  private static String explained(final FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    final String reason = failure.getReason();
    return "cannot be used ("
        + (reason == null ? failure.getClass().getSimpleName() : reason)
        + ")";
  }

  private static String trace(final Throwable failure) {
    final StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
