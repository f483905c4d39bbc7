package org.inferchip.calibrate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inferchip.arch.SystemDescription;
import org.inferchip.arch.yaml.Described;
import org.inferchip.arch.yaml.Descriptions;
import org.inferchip.arch.yaml.InputFile;
import org.inferchip.arch.yaml.Overrides;
import org.inferchip.engine.Detail;
import org.inferchip.model.Model;
import org.inferchip.model.Models;
import org.inferchip.numerics.Format;
import org.inferchip.simulation.OperatorSimulator;
import org.inferchip.units.InvalidInputException;

/** Finds descriptions for measured devices. */
final class Targets {
  private final Descriptions descriptions;
  private final Aliases aliases;
  private final Models models;
  private final Map<String, String> namedByChip = new LinkedHashMap<>();
  private final boolean onlyNamed;
  private final Map<String, Target> targets = new HashMap<>();
  private final Map<String, InputFile> files = new LinkedHashMap<>();

  /**
   * A finder.
   *
   * @param named systems (or chips) to which rows are confined; empty: every device with an alias.
   *     A row goes to the one whose chip has the name that the row's device stands for
   */
  Targets(final Descriptions descriptions, final List<String> named) {
    this.descriptions = descriptions;
    this.aliases = Aliases.read(descriptions);
    this.models = new Models(descriptions);
    this.onlyNamed = !named.isEmpty();
    for (final String system : named) {
      namedByChip.put(read(system, Optional.empty(), 1).chip().name(), system);
    }
  }

  Aliases aliases() {
    return aliases;
  }

  /** Files that were read. */
  List<InputFile> files() {
    return new ArrayList<>(files.values());
  }

  /** The system to describe a device with; empty, with the reason noted, where there is none. */
  Optional<String> system(final String device, final Skips skips) {
    final Optional<String> chip = aliases.chip(device);
    if (chip.isEmpty()) {
      skips.add("device " + device + " has no description");
      return Optional.empty();
    }
    if (onlyNamed && !namedByChip.containsKey(chip.get())) {
      skips.add("device " + device + " is not among the systems asked for");
      return Optional.empty();
    }
    return Optional.of(namedByChip.getOrDefault(chip.get(), chip.get()));
  }

  /**
   * The format of a data type on a target; empty, with the reason noted, where it is not known or
   * the target's matrix unit lacks it.
   */
  Optional<Format> format(final String dataType, final Target target, final Skips skips) {
    final Optional<Format> format = aliases.format(dataType);
    if (format.isEmpty()) {
      skips.add("number format " + dataType + " is not known");
    } else if (!target.has(format.get())) {
      skips.add("the matrix unit of " + target.chip().name() + " lacks " + format.get().key());
    }
    return format.filter(target::has);
  }

  /** A model by the table's name; empty, with the reason noted, where there is none. */
  Optional<Model> model(final String name, final Skips skips) {
    try {
      return Optional.of(models.read(aliases.model(name)).model());
    } catch (final InvalidInputException e) {
      skips.add("model " + name + " has no description");
      return Optional.empty();
    }
  }

  /** A system of at least so many chips, with the software of a framework. */
  SystemDescription read(final String system, final Optional<String> stack, final int leastChips) {
    final Described<SystemDescription> one = descriptions.system(system, stack, Overrides.none());
    one.files().forEach(file -> files.put(file.file(), file));
    if (one.value().count() >= leastChips) {
      return one.value();
    }
    return descriptions
        .system(system, stack, Overrides.none().with("count", Integer.toString(leastChips)))
        .value();
  }

  /** Chip, software and simulator for a framework on a system. */
  Target target(final String system, final String framework, final String device) {
    final Optional<String> stack = aliases.stack(framework, device);
    return targets.computeIfAbsent(
        system + "\n" + stack.orElse(""),
        key -> {
          final SystemDescription read = read(system, stack, 1);
          return new Target(
              read.chip(),
              read.stack(),
              new OperatorSimulator(read.chip(), read.stack(), Detail.FOLDED, Map.of()));
        });
  }
}
