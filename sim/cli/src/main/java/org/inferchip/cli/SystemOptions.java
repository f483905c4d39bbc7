package org.inferchip.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.engine.Detail;
import org.inferchip.explore.Scenario;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that simulate a system: what of its description is replaced. */
final class SystemOptions {
  @Option(
      names = "--stack",
      paramLabel = "NAME",
      order = 50,
      description = "Another software stack, by name or path.")
  private String stack;

  @Mixin private OverrideOptions set;

  @Option(
      names = "--detail",
      paramLabel = "D",
      defaultValue = "folded",
      order = 52,
      description = "folded: equal streams are simulated once; full: all (default: folded).")
  private Detail detail;

  @Option(
      names = "--map",
      paramLabel = "OPERATOR=MAPPING",
      order = 53,
      description = "Pin a mapping, such as o_proj='128x128x64 split 2 stages 4'.")
  private Map<String, String> mappings = new LinkedHashMap<>();

  void fillFrom(final Scenario scenario) {
    stack = stack == null ? scenario.stack().orElse(null) : stack;
    scenario.mappings().ifPresent(pinned -> pinned.forEach(mappings::putIfAbsent));
  }

  Described<SystemDescription> read(final String system) {
    return Descriptions.here().system(system, Optional.ofNullable(stack), set.overrides());
  }

  /** Reads a system with one more number replaced. */
  Described<SystemDescription> read(final String system, final String path, final String value) {
    return Descriptions.here()
        .system(system, Optional.ofNullable(stack), set.overrides().with(path, value));
  }

  Detail detail() {
    return detail;
  }

  /** Mappings as typed, by operator name. */
  Map<String, String> mappings() {
    return mappings;
  }
}
