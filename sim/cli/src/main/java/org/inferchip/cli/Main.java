package org.inferchip.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.inferchip.serving.Policy;
import org.inferchip.serving.RouterPolicy;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problems;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParseResult;

/** The {@code inferchip} program. */
public final class Main {
  private static final int HELP_WIDTH = 100;

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args the command line
   */
  public static void main(final String[] args) {
    Locale.setDefault(Locale.ROOT);
    final Console console = Console.ofProcess(System.getenv());
    System.exit(execute(console, commands(), args));
  }

  /** Every command, in the order that help lists them. Groups hold their own commands. */
  static List<Object> commands() {
    return List.of(
        new CompareCommand(),
        new RunCommand(),
        new StepCommand(),
        new OpCommand(),
        new ExplainCommand(),
        new VerifyCommand(),
        new GenerateCommand(),
        new SweepCommand(),
        new ValidateCommand(),
        new ReportCommand(),
        new CapacityCommand(),
        new ClaimsCommand(),
        new CalibrateCommand(),
        new SystolicCommand(),
        new CrossbarCommand(),
        new ArchCommand(),
        new ModelCommand(),
        new TraceCommand());
  }

  /** The parser of the whole command line. */
  static CommandLine parser(final List<Object> commands) {
    final CommandLine root = new CommandLine(new Root());
    for (final Object command : commands) {
      final CommandLine one = new CommandLine(command);
      if (command instanceof final BaseCommand base) {
        base.describe(one.getCommandSpec());
      }
      root.addSubcommand(one);
    }
    root.setExpandAtFiles(false);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setUsageHelpWidth(HELP_WIDTH);
    root.registerConverter(Double.class, Main::finite);
    root.registerConverter(double.class, Main::finite);
    root.registerConverter(Policy.class, text -> Policy.valueOf(constant(text)));
    root.registerConverter(RouterPolicy.class, text -> RouterPolicy.valueOf(constant(text)));
    configure(root);
    return root;
  }

  /** Runs one command on a console and gives the exit code. */
  static int execute(final Console console, final List<Object> commands, final String... args) {
    final boolean json = Arrays.asList(args).contains("--json");
    final boolean debug = System.getenv("INFERCHIP_DEBUG") != null;
    int code;
    try {
      code = dispatch(console, parser(commands), args);
    } catch (final Throwable failure) { // the last line of defence: nothing may escape as a trace
      code = new Failures(console, json, debug).report(failure, args);
    }
    if (console.flush()) {
      return code;
    }
    console.err().print(console.red("error: ") + "standard output cannot be written\n");
    console.flush();
    return ExitCode.BAD_INPUT;
  }

  private static int dispatch(final Console console, final CommandLine root, final String... args)
      throws Exception {
    root.setColorScheme(Help.defaultColorScheme(Help.Ansi.valueOf(console.colour())));
    final ParseResult parsed = root.parseArgs(args);
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    final CommandLine command = last.commandSpec().commandLine();
    if (command.isUsageHelpRequested()) {
      command.usage(console.out());
      return ExitCode.DONE;
    }
    if (root.isVersionHelpRequested()) {
      console.out().print(BuildInfo.text() + "\n");
      return ExitCode.DONE;
    }
    final List<Exception> errors = errors(parsed);
    final Problems problems = CommandLineProblems.of(errors);
    if (!errors.stream().allMatch(CommandLineProblems::ofOneValue)) {
      problems.throwIfAny();
    }
    if (!(last.commandSpec().userObject() instanceof BaseCommand runnable)) {
      throw new InvalidInputException(CommandLineProblems.noCommand(command));
    }
    return runnable.execute(console, problems);
  }

  private static List<Exception> errors(final ParseResult parsed) {
    final List<Exception> errors = new ArrayList<>();
    for (ParseResult at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
      errors.addAll(at.errors());
    }
    return errors.stream().distinct().toList();
  }

  private static void configure(final CommandLine command) {
    command.getCommandSpec().parser().collectErrors(true);
    command.getCommandSpec().usageMessage().footerHeading("%nExample:%n");
    command.getCommandSpec().usageMessage().sortOptions(false);
    command.getSubcommands().values().forEach(Main::configure);
  }

  /** An enum's constant by its spelling in files and on the command line. */
  private static String constant(final String text) {
    return text.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static double finite(final String text) {
    final double value = Double.parseDouble(text);
    if (!Double.isFinite(value) || !text.matches("[-+0-9.eE]+")) {
      throw new NumberFormatException(text);
    }
    return value;
  }
}
