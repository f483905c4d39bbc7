package org.inferchip.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program itself, which holds the commands. */
@Command(
    name = "inferchip",
    description = "Simulates transformer inference on accelerators, and checks its own arithmetic.",
    synopsisSubcommandLabel = "COMMAND",
    footer =
        "  inferchip compare h100-sxm groq-lpu-pod --model llama-3.1-8b --trace chat-azure-like")
final class Root extends CommandGroup {
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and stop.")
  private boolean version;
}
