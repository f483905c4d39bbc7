package org.inferchip.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.Leaves;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.units.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arch diff}: what two descriptions of a kind differ in. */
@Command(
    name = "diff",
    description = "Shows the values in which two composed descriptions differ.",
    footer = "  inferchip arch diff h100-sxm h200-sxm")
final class ArchDiffCommand extends BaseCommand {
  @Parameters(index = "0", paramLabel = "A", description = "Name or path of a description.")
  private String a;

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private String b;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "chip, system or stack, where a name is more than one of them.")
  private String kind;

  /**
   * A value that differs.
   *
   * @param keyPath of it
   * @param a in the first, null if it is not there
   * @param b in the second, null if it is not there
   */
  record Difference(String keyPath, String a, String b) {}

  private ArchKinds.Read readA;
  private ArchKinds.Read readB;

  @Override
  protected void check(final Problems problems) {
    problems.read(() -> read(a)).ifPresent(one -> readA = one);
    problems.read(() -> read(b)).ifPresent(one -> readB = one);
    if (readA != null && readB != null && readA.kind() != readB.kind()) {
      problems.add(
          Checks.at(
              "B",
              "is of another kind than " + a,
              "a " + readB.kind().name(),
              "a " + readA.kind().name() + ", or --kind where a name is of several"));
    }
  }

  @Override
  protected int run() {
    final Map<String, String> first = Leaves.of(readA.described().tree());
    final Map<String, String> second = Leaves.of(readB.described().tree());
    final Set<String> paths = new LinkedHashSet<>(first.keySet());
    paths.addAll(second.keySet());
    final List<Difference> differences = new ArrayList<>();
    for (final String path : paths) {
      final String one = first.get(path);
      final String two = second.get(path);
      if (one == null || !one.equals(two)) {
        differences.add(new Difference(path, one, two));
      }
    }
    final Table table = new Table().left("key").left(a).left(b);
    differences.forEach(d -> table.row(d.keyPath(), d.a(), d.b()));
    final Map<String, Object> json = new LinkedHashMap<>();
    json.put("a", a);
    json.put("b", b);
    json.put("differences", differences);
    result(json, differences.isEmpty() ? "They are the same." : table);
    return ExitCode.DONE;
  }

  private ArchKinds.Read read(final String name) {
    return ArchKinds.read(Descriptions.here(), name, Optional.ofNullable(kind), Overrides.none());
  }
}
