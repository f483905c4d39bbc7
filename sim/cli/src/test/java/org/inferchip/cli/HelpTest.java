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
import picocli.CommandLine.ParseResult;

/** Every command of the program has a description and an example that its own parser accepts. */
class HelpTest {
  @TestFactory
  Stream<DynamicTest> shouldShowAnExampleThatParses() {
    return commandPaths().map(path -> dynamicTest(path.toString(), () -> checkExample(path)));
  }

  @TestFactory
  Stream<DynamicTest> shouldDescribeItself() {
    return commandPaths().map(path -> dynamicTest(path.toString(), () -> checkDescription(path)));
  }

  private static void checkExample(final List<String> path) {
    final List<String> line = new ArrayList<>(path);
    line.add("-h");
    final Cli.Outcome outcome = Cli.run(line.toArray(String[]::new));

    assertEquals(0, outcome.exit());
    final String start = String.join(" ", concat("inferchip", path));
    final List<String> examples =
        outcome.out().lines().map(String::strip).filter(l -> l.startsWith(start + " ")).toList();
    assertTrue(!examples.isEmpty(), "no example in:\n" + outcome.out());
    for (final String example : examples) {
      final CommandLine parser = Main.parser(Main.commands());
      final String[] words = example.substring("inferchip ".length()).trim().split("\\s+");
      assertEquals(List.of(), errors(parser.parseArgs(words)), example);
    }
  }

  private static void checkDescription(final List<String> path) {
    CommandLine command = Main.parser(Main.commands());
    for (final String name : path) {
      command = command.getSubcommands().get(name);
    }
    assertTrue(command.getCommandSpec().usageMessage().description().length > 0);
  }

  private static Stream<List<String>> commandPaths() {
    final List<List<String>> paths = new ArrayList<>();
    collect(Main.parser(Main.commands()), List.of(), paths);
    return paths.stream();
  }

  private static void collect(
      final CommandLine command, final List<String> path, final List<List<String>> paths) {
    if (!path.isEmpty()) {
      paths.add(path);
    }
    command.getSubcommands().forEach((name, child) -> collect(child, concatEnd(path, name), paths));
  }

  private static List<Exception> errors(final ParseResult parsed) {
    final List<Exception> errors = new ArrayList<>(parsed.errors());
    if (parsed.hasSubcommand()) {
      errors.addAll(errors(parsed.subcommand()));
    }
    return errors;
  }

  private static List<String> concat(final String first, final List<String> rest) {
    final List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  private static List<String> concatEnd(final List<String> start, final String last) {
    final List<String> all = new ArrayList<>(start);
    all.add(last);
    return all;
  }
}
