package org.inferchip.cli;

import picocli.CommandLine.Command;

/** {@code model}: transformer descriptions. */
@Command(
    name = "model",
    description = "Lists, shows and imports models.",
    subcommands = {ModelListCommand.class, ModelShowCommand.class, ModelImportCommand.class},
    footer = "  inferchip model show llama-3.1-8b")
final class ModelCommand extends CommandGroup {}
