package org.inferchip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command whose every option holds nonsense says so of each of them at once. */
class MisreadOptionsTest {
  private static final String NONSENSE = "?";

  @TestFactory
  Stream<DynamicTest> shouldNameEveryOptionThatCannotBeRead() {
    final List<DynamicTest> tests = new ArrayList<>();
    collect(Main.parser(Main.commands()), List.of(), tests);
    return tests.stream();
  }

  private static void collect(
      final CommandLine command, final List<String> path, final List<DynamicTest> tests) {
    final CommandSpec spec = command.getCommandSpec();
    if (spec.userObject() instanceof BaseCommand) {
      tests.add(dynamicTest(path.toString(), () -> check(spec, path)));
    }
    command
        .getSubcommands()
        .forEach(
            (name, child) -> {
              final List<String> longer = new ArrayList<>(path);
              longer.add(name);
              collect(child, longer, tests);
            });
  }

  private static void check(final CommandSpec spec, final List<String> path) {
    final List<String> line = new ArrayList<>(path);
    final List<String> numbers = new ArrayList<>();
    for (final OptionSpec option : spec.options()) {
      if (option.arity().max() == 1 && !option.longestName().equals("--out")) {
        line.add(option.longestName() + "=" + NONSENSE);
        if (Number.class.isAssignableFrom(option.type())) {
          numbers.add(option.longestName());
        }
      }
    }
    spec.positionalParameters().forEach(argument -> line.add(NONSENSE));

    final Cli.Outcome outcome = Cli.run(line.toArray(String[]::new));

    assertEquals(ExitCode.BAD_INPUT, outcome.exit(), outcome.err());
    for (final String option : numbers) {
      assertTrue(outcome.err().contains(option + ": "), option + " in\n" + outcome.err());
    }
  }
}
