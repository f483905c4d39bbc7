package org.inferchip.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.inferchip.engine.LawViolation;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A small command that shows, for the tests, all that a command can do. */
@Command(
    name = "sample",
    description = "Shows what a command can do.",
    footer = "  inferchip sample --colour red")
final class SampleCommand extends BaseCommand {
  enum Colour {
    RED,
    GREEN
  }

  @Option(names = "--colour", required = true)
  private Colour colour;

  @Option(names = "--weight")
  private double weight = 1;

  @Option(names = "--read")
  private Path read;

  @Option(names = "--fail")
  private boolean fail;

  @Option(names = "--break-law")
  private boolean breakLaw;

  @Override
  protected void check(final Problems problems) {
    if (weight < 0) {
      problems.add(
          new Problem(
              "command line", 0, 0, "--weight", "is negative", "" + weight, "at least 0", ""));
    }
  }

  @Override
  protected int run() throws Exception {
    if (fail) {
      throw new IllegalStateException("a wheel came off");
    }
    if (breakLaw) {
      throw new CompletionException(new LawViolation("a wheel turned faster than light"));
    }
    if (read != null) {
      Files.readString(read);
    }
    withFolder(
        folder -> {
          if (folder != null) {
            folder.write("result.json", "{}\n");
          }
          message("working");
          final Map<String, Object> json = Map.of("weight", weight);
          result(json, new Table().left("colour").right("weight", "kg").row(colour, weight));
        });
    return colour == Colour.GREEN ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }
}
