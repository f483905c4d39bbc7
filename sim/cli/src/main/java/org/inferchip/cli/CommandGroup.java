package org.inferchip.cli;

import picocli.CommandLine.Option;

/** A command that only holds other commands. */
abstract class CommandGroup {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and stop.")
  private boolean help;
}
