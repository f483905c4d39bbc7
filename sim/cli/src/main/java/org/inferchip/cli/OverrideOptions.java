package org.inferchip.cli;

import java.util.List;
import org.inferchip.arch.yaml.Overrides;
import picocli.CommandLine.Option;

/** {@code --set}, for commands that read a description. */
final class OverrideOptions {
  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      order = 55,
      description =
          "Set a value of the description by key path, such as memory.bandwidth=\"4 TB/s\" or"
              + " cores[0].count=144. May be given more than once.")
  private List<String> assignments = List.of();

  /** What is set, in order. */
  Overrides overrides() {
    return Overrides.parse(assignments);
  }
}
