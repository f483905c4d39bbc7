package org.inferchip.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.Chip;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.lint.ChipLint;
import org.inferchip.arch.lint.Finding;
import org.inferchip.arch.lint.SourceLint;
import org.inferchip.arch.lint.SystemLint;
import org.inferchip.arch.yaml.Catalog;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Kind;
import org.inferchip.units.InvalidInputException;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arch lint}: whether the numbers of descriptions fit each other and have sources. */
@Command(
    name = "lint",
    description = {
      "Checks that the numbers of descriptions fit each other and have sources.",
      "Warnings, with both numbers; without a name, everything that can be named."
    },
    footer = "  inferchip arch lint h100-sxm")
final class ArchLintCommand extends BaseCommand {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Names or paths of chips, systems and stacks.")
  private List<String> names = List.of();

  @Option(names = "--strict", description = "Exit with 1 if there is a warning.")
  private boolean strict;

  @Mixin private OverrideOptions set;

  /**
   * A warning.
   *
   * @param name of the description
   * @param keyPath of the number
   * @param message with both numbers
   */
  record Warning(String name, String keyPath, String message) {}

  @Override
  protected int run() {
    final Problems problems = new Problems();
    final List<Warning> warnings = new ArrayList<>();
    final List<Runnable> work = work(problems, warnings);
    work.forEach(Runnable::run);
    problems.throwIfAny();
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("checked", work.size());
    json.put("warnings", warnings);
    final String summary = work.size() + " checked, " + warnings.size() + " warnings.";
    if (warnings.isEmpty()) {
      result(json, summary);
    } else {
      result(json, table(warnings), summary);
    }
    return strict && !warnings.isEmpty() ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }

  private List<Runnable> work(final Problems problems, final List<Warning> warnings) {
    final Descriptions descriptions = Descriptions.here();
    final List<Runnable> work = new ArrayList<>();
    for (final String name : names) {
      work.add(() -> check(descriptions, name, Optional.empty(), problems, warnings));
    }
    if (names.isEmpty()) {
      for (final Kind<?> kind : ArchKinds.ALL) {
        for (final String name : descriptions.catalog().names(kind.folder(), Catalog.YAML)) {
          work.add(() -> check(descriptions, name, Optional.of(kind.name()), problems, warnings));
        }
      }
    }
    return work;
  }

  private void check(
      final Descriptions descriptions,
      final String name,
      final Optional<String> kind,
      final Problems problems,
      final List<Warning> warnings) {
    try {
      final Described<?> described =
          ArchKinds.read(descriptions, name, kind, set.overrides()).described();
      for (final Finding finding : findings(described)) {
        warnings.add(new Warning(name, finding.keyPath(), finding.message()));
      }
    } catch (final InvalidInputException e) {
      e.problems().forEach(problems::add);
    }
  }

  private static List<Finding> findings(final Described<?> described) {
    final List<Finding> findings = new ArrayList<>();
    if (described.value() instanceof Chip chip) {
      findings.addAll(ChipLint.check(chip));
    } else if (described.value() instanceof SystemDescription system) {
      findings.addAll(SystemLint.check(system));
    }
    findings.addAll(SourceLint.check(described.sources()));
    return findings;
  }

  private static Table table(final List<Warning> warnings) {
    final Table table = new Table().left("description").left("key").left("warning");
    warnings.forEach(w -> table.row(w.name(), w.keyPath(), w.message()));
    return table;
  }
}
