package org.inferchip.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.inferchip.units.Nearest;
import org.inferchip.units.Problem;
import org.inferchip.units.Problems;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what the parser found wrong with a command line into problems, nearest names included. */
final class CommandLineProblems {
  /** What stands for the file in a problem of the command line. */
  static final String PLACE = "command line";

  /** In order, each once: the parser reports some errors again and again. */
  private final Set<Problem> problems = new LinkedHashSet<>();

  /** The problems of everything that the parser refused. */
  static Problems of(final List<Exception> errors) {
    final CommandLineProblems found = new CommandLineProblems();
    for (final Exception error : errors) {
      if (error instanceof UnmatchedArgumentException unmatched) {
        found.unmatched(unmatched);
      } else if (error instanceof MissingParameterException missing) {
        found.missing(missing);
      } else if (error instanceof ParameterException parameter) {
        found.value(parameter);
      } else {
        throw new IllegalStateException("the parser failed", error);
      }
    }
    final Problems problems = new Problems();
    found.problems.forEach(problems::add);
    return problems;
  }

  /** Whether the parser refused the value of one option or argument, and read all others. */
  static boolean ofOneValue(final Exception error) {
    return error.getClass() == ParameterException.class
        && ((ParameterException) error).getArgSpec() != null;
  }

  /** The problem of a group of commands that was called without one. */
  static Problem noCommand(final CommandLine group) {
    final String names = String.join(", ", names(group));
    return new Problem(PLACE, 0, 0, "", "no command is named", "", "one of " + names, "");
  }

  private void unmatched(final UnmatchedArgumentException error) {
    final CommandLine command = error.getCommandLine();
    boolean afterOption = false;
    for (final String argument : error.getUnmatched()) {
      if (argument.startsWith("-") && argument.length() > 1) {
        final String name = argument.split("=", 2)[0];
        final String nearest = Nearest.of(name, options(command));
        add("", "unknown option of " + path(command), name, "", nearest);
        afterOption = !argument.contains("=");
      } else if (afterOption) {
        afterOption = false; // most likely the value of the unknown option
      } else if (command.getCommandSpec().userObject() instanceof CommandGroup) {
        final Set<String> names = names(command);
        final String nearest = Nearest.of(argument, names);
        add("", "unknown command", argument, "one of " + String.join(", ", names), nearest);
        return; // what follows belongs to the command that is not known
      } else {
        add("", path(command) + " takes no further argument", argument, "", "");
      }
    }
  }

  private void missing(final MissingParameterException error) {
    if (error.getMissing().isEmpty()) {
      add("", plain(error), "", "", "");
    }
    for (final ArgSpec argument : error.getMissing()) {
      final String[] described = argument.description();
      final String what = described.length == 0 ? "" : ": " + described[0].replaceAll("\\.$", "");
      add(name(argument), "is missing", "", argument.paramLabel() + what, "");
    }
  }

  private void value(final ParameterException error) {
    final ArgSpec argument = error.getArgSpec();
    if (error instanceof OverwrittenOptionException twice) {
      add(name(twice.getOverwritten()), "is given more than once", "", "", "");
    } else if (argument == null) {
      add("", plain(error), "", "", "");
    } else if (error.getValue() == null) {
      add(name(argument), plain(error), "", "", "");
    } else {
      final String found = error.getValue().isEmpty() ? "\"\"" : error.getValue();
      add(name(argument), "not a valid value", found, expected(argument), nearest(error));
    }
  }

  private void add(
      final String key,
      final String message,
      final String found,
      final String expected,
      final String nearest) {
    problems.add(new Problem(PLACE, 0, 0, key, message, found, expected, nearest));
  }

  private static String expected(final ArgSpec argument) {
    final Class<?> type = argument.auxiliaryTypes()[0];
    if (type.isEnum()) {
      return "one of " + String.join(", ", constants(argument));
    }
    if (type == int.class || type == Integer.class) {
      return "a whole number below 2^31";
    }
    if (type == long.class || type == Long.class) {
      return "a whole number below 2^63";
    }
    if (type == double.class || type == Double.class) {
      return "a finite number";
    }
    return argument.paramLabel();
  }

  private static String nearest(final ParameterException error) {
    return error.getArgSpec().auxiliaryTypes()[0].isEnum()
        ? Nearest.of(error.getValue(), constants(error.getArgSpec()))
        : "";
  }

  private static List<String> constants(final ArgSpec argument) {
    return Arrays.stream(argument.auxiliaryTypes()[0].getEnumConstants())
        .map(constant -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }

  private static String plain(final ParameterException error) {
    final String message = error.getMessage();
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private static String name(final ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String path(final CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }

  private static Set<String> names(final CommandLine group) {
    final Set<String> names = new LinkedHashSet<>(group.getSubcommands().keySet());
    return names;
  }

  private static List<String> options(final CommandLine command) {
    final List<String> names = new ArrayList<>();
    for (final OptionSpec option : command.getCommandSpec().options()) {
      names.addAll(Arrays.asList(option.names()));
    }
    return names;
  }
}
