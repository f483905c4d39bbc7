package org.inferchip.cli;

import picocli.CommandLine.Command;

/** {@code trace}: request traces. */
@Command(
    name = "trace",
    description = "Measures, converts and synthesises request traces.",
    subcommands = {TraceStatsCommand.class, TraceConvertCommand.class, TraceSynthCommand.class},
    footer = "  inferchip trace stats chat-azure-like")
final class TraceCommand extends CommandGroup {}
