package org.inferchip.cli;

import picocli.CommandLine.Command;

/** {@code arch}: descriptions of chips, stacks and systems. */
@Command(
    name = "arch",
    description = "Lists, shows and checks descriptions of chips, stacks and systems.",
    footer = "  inferchip arch show h100-sxm",
    subcommands = {
      ArchListCommand.class,
      ArchShowCommand.class,
      ArchLintCommand.class,
      ArchSchemaCommand.class,
      ArchDiagramCommand.class,
      ArchMemoryCommand.class,
      ArchNetworkCommand.class,
      ArchNocCommand.class,
      ArchDiffCommand.class,
      ArchCostCommand.class
    })
final class ArchCommand extends CommandGroup {}
